import { type Customer, MOST_COUNTED } from '../../../../shared/customers.ts'
import type { PanelCard } from '../../../../shared/panel.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import { button, buttons, fact, present, section } from '../../../platform/panel.ts'
import { type Field, filledFacts } from '../../fields/index.ts'
import { backButtons, type Place, way } from './presses.ts'

const MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' })

const TIER_WORDS = { standard: null, plus: 'Plus', vip: 'VIP' } as const

/** Who a customer is, and the ways to all there is of them. */
export function customerCard(
  customer: Customer,
  fields: readonly Field[],
  place: Place,
  { mayWork, say }: { mayWork: boolean; say: string | null },
): PanelCard {
  const { name, email, addresses, phones, language, tier, since, openTasks } = customer
  const others = addresses.filter((address) => address !== email)
  const known = Object.entries(LANGUAGES).find(([code]) => code === language)
  return {
    title: name,
    subtitle: email || 'No mail address yet',
    sections: present(
      section(
        null,
        TIER_WORDS[tier] && fact('Tier', TIER_WORDS[tier]),
        others.length > 0 ? fact('Also writes from', others.join(', ')) : null,
        phones.length > 0 ? fact('Phone', phones.join(', ')) : null,
        language ? fact('Language', known?.[1] ?? language) : null,
        fact('Customer since', MONTH.format(new Date(since))),
        fact('Tickets', ticketWords(customer), null, way(place, 'history/card')),
        ...filledFacts(fields),
      ),
      section(
        null,
        buttons(
          button('History', way(place, 'history/card'), { filled: true }),
          button('Documents', way(place, 'documents/card')),
          button(openTasks > 0 ? `Tasks (${openTasks})` : 'Tasks', way(place, 'tasks/card')),
          ...(mayWork ? [button('Edit', way(place, 'form'))] : []),
          ...backButtons(place),
        ),
      ),
    ),
    say,
  }
}

const ticketWords = ({ tickets, openTickets }: Customer): string => {
  const all = tickets > MOST_COUNTED ? `${MOST_COUNTED}+` : String(tickets)
  return openTickets > 0 ? `${all}, of them ${openTickets} open` : all
}
