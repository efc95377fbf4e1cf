import type { MergePreview, TicketToMerge } from '../../../../../shared/merging.ts'
import type { PanelCard, PanelSection, PanelWidget } from '../../../../../shared/panel.ts'
import {
  button,
  buttons,
  clockTime,
  fact,
  pick,
  plain,
  present,
  section,
  toTicket,
  warning,
  yesNo,
} from '../../../../platform/panel.ts'
import { STATUS_WORDS } from '../../card/words.ts'
import { sent, turned } from './presses.ts'

/** @property ticketId the ticket whose card the form stands on @property across what was chosen about other customers */
type Review = { ticketId: string; preview: MergePreview; across: string; problem: string | null }

/** What a merge would do: who goes on, what moves, since when the customer waits, and whose answers would go astray. */
export function mergeReview({ ticketId, preview, across, problem }: Review): PanelCard {
  const { survivor, merged, refusal } = preview
  const at = `/v1/tickets/${ticketId}/merge-card`
  const chosen = `chosen=${[survivor, ...merged].map(({ id }) => id).join(',')}`
  const all = [survivor, ...merged].toSorted((one, other) => one.number.localeCompare(other.number))
  const why = problem ?? refusal
  return {
    title: 'Review the merge',
    subtitle: `${merged.map(({ number }) => number).join(', ')} into ${survivor.number}`,
    sections: present(
      why === null ? null : section(null, warning(why)),
      section(
        null,
        pick(
          'survivor',
          'Ticket that stays',
          all.map(({ id, number, subject }) => ({ value: id, label: `${number} · ${subject}` })),
          survivor.id,
          sent(`${at}/review?${chosen}`),
        ),
      ),
      movesSection(preview),
      acrossSection(preview, across),
      section(
        null,
        buttons(
          button('Merge', sent(`${at}?${chosen}`), { filled: refusal === null, off: refusal }),
          button('Choose others', turned(at)),
          toTicket(ticketId),
        ),
      ),
    ),
    say: null,
  }
}

const movesSection = ({ survivor, merged, status, waitingSince }: MergePreview): PanelSection | null =>
  section(
    'What moves',
    ...merged.map(movesOf),
    fact(
      `${survivor.number} afterwards`,
      STATUS_WORDS[status],
      waitingSince ? `The customer waits since ${clockTime(new Date(waitingSince))}` : 'Nobody waits',
    ),
    fact('Customer', survivor.customer.name || survivor.customer.email, 'Answers go there'),
  )

const movesOf = ({ number, subject, messages, orders, tags, waitingSince }: TicketToMerge): PanelWidget =>
  fact(
    number,
    subject,
    [
      messages === 1 ? '1 message' : `${messages} messages`,
      orders > 0 && (orders === 1 ? '1 order' : `${orders} orders`),
      tags.length > 0 && tags.join(', '),
      waitingSince && `waits since ${clockTime(new Date(waitingSince))}`,
    ]
      .filter(Boolean)
      .join(' · '),
  )

function acrossSection({ otherCustomers, survivor }: MergePreview, across: string): PanelSection | null {
  if (otherCustomers.length === 0) return null
  return section(
    'Different customers',
    warning(
      `${otherCustomers.join(', ')} will get no answer from this ticket: answers go to ${survivor.customer.email} only.`,
    ),
    yesNo('across', 'Merge all the same', across),
  )
}

/** The merge is done; each merged ticket has its own way back. */
export const mergedCard = (survivor: TicketToMerge, undos: readonly { id: string; number: string }[]): PanelCard => ({
  title: 'Merged',
  subtitle: `${survivor.number} · ${survivor.subject}`,
  sections: present(
    section(
      null,
      plain(
        `${undos.map(({ number }) => number).join(', ')}: all of it is in ${survivor.number} now, and answers to it go there.`,
      ),
      buttons(
        toTicket(survivor.id, `Open ${survivor.number}`),
        ...undos
          .slice(0, 5)
          .map(({ id, number }) =>
            button(
              undos.length === 1 ? 'Undo' : `Undo ${number}`,
              sent(`/v1/tickets/${survivor.id}/regroupings/${id}/undoing`),
            ),
          ),
      ),
    ),
  ),
  say: `Merged into ${survivor.number}`,
})
