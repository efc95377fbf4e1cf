import type { CustomerOrder, CustomerTicket } from '../../../../shared/customers.ts'
import type { Compensation } from '../../../../shared/orders.ts'
import type { PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, clockTime, fact, present, remark, section } from '../../../platform/panel.ts'
import { STATUS_WORDS, VOID_WORDS } from '../../tickets/index.ts'
import type { CustomerOrders } from '../orders.ts'
import type { Page } from '../paging.ts'
import { backButtons, type Place, way } from './presses.ts'

/** What happened with a customer so far. @param orders null on later pages of the tickets */
export const historyCard = (
  name: string,
  { tickets, orders }: { tickets: Page<CustomerTicket>; orders: CustomerOrders | null },
  place: Place,
): PanelCard => ({
  title: 'History',
  subtitle: name,
  sections: present(
    orders && section('Got back in twelve months', ...givenFacts(orders.compensation)),
    orders && ordersSection(orders, place),
    section(
      'Tickets',
      ...(tickets.items.length > 0 ? tickets.items.map(ticketFact) : [remark('No ticket yet.')]),
      olderButton('Older tickets', tickets.next && way(place, 'history/card', tickets.next)),
    ),
    backButtons(place).length > 0 ? section(null, buttons(...backButtons(place))) : null,
  ),
  say: null,
})

/** Only where there is more. */
const olderButton = (label: string, press: PanelPress | '' | null): PanelWidget | null =>
  press ? buttons(button(label, press)) : null

const ticketFact = ({
  id,
  number,
  subject,
  status,
  voidReason,
  assignee,
  lastMessageAt,
}: CustomerTicket): PanelWidget =>
  fact(
    [number, voidReason === null ? STATUS_WORDS[status] : VOID_WORDS[voidReason]].join(' · '),
    subject || '(no subject)',
    [clockTime(new Date(lastMessageAt)), assignee].filter(Boolean).join(' · '),
    { kind: 'open', ticketId: id },
  )

function ordersSection({ items, next }: CustomerOrders, place: Place): PanelSection | null {
  if (items.length === 0) return null
  return section('Orders', ...items.map(orderFact), olderButton('All orders', next && way(place, 'orders/card')))
}

export const orderFact = ({ number, placedAt, cancelledAt, financial, fulfilment, total, adminUrl }: CustomerOrder) =>
  fact(
    [number, clockTime(new Date(placedAt))].join(' · '),
    cancelledAt ? 'Cancelled' : [inWords(financial), inWords(fulfilment)].filter(Boolean).join(' · '),
    total,
    { kind: 'link', url: adminUrl },
  )

const inWords = (code: string): string => {
  const text = code.toLowerCase().replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A line for each currency that something was given back in. */
function givenFacts(sums: readonly Compensation[] | null): PanelWidget[] {
  return (sums ?? []).flatMap((sum) => {
    const parts = [
      sum.refundCount > 0 && `${sum.refunds.text} refunds (${sum.refundCount})`,
      sum.giftCardCount > 0 && `${sum.giftCards.text} gift cards (${sum.giftCardCount})`,
      sum.reshipCount > 0 && `${sum.reships.text} sent again (${sum.reshipCount})`,
      sum.discountCount > 0 && `${sum.discounts.text} discounts (${sum.discountCount})`,
    ].filter((part) => part !== false)
    return parts.length === 0 ? [] : [fact(sum.total.text, parts.join(' · '))]
  })
}

/** All orders, page by page. */
export const ordersCard = (name: string, { items, next }: CustomerOrders, place: Place): PanelCard => ({
  title: 'Orders',
  subtitle: name,
  sections: present(
    section(
      null,
      ...(items.length > 0 ? items.map(orderFact) : [remark('No order that we know of.')]),
      olderButton('Older orders', next && way(place, 'orders/card', next)),
    ),
    backButtons(place).length > 0 ? section(null, buttons(...backButtons(place))) : null,
  ),
  say: null,
})
