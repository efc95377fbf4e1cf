import type { PanelCard, PanelSection, PanelWidget } from '../../../../../shared/panel.ts'
import type { TicketCardView } from '../../../../../shared/tickets.ts'
import { button, buttons, clockTime, fact, present, remark, section, toTicket } from '../../../../platform/panel.ts'
import { STATUS_WORDS } from '../../card/words.ts'
import { changeOf, whyNot, whyNoWork } from '../../card/writing.ts'
import { formatNumber } from '../../numbers.ts'
import { regroupedLabel } from '../card-words.ts'
import type { MergingRow, RegroupedRow, RelatedRow } from '../history.ts'
import type { Suggestion } from '../previewing.ts'
import { opened, sentOnTop } from './presses.ts'

/** More are under Merge. */
const MOST_OTHERS = 3

/** What can be done with a ticket as a whole, and what of it can be taken back. */
export const regroupCard = (
  ticket: TicketCardView,
  { regrouped, related }: MergingRow,
  others: readonly Suggestion[],
): PanelCard => ({
  title: 'Merge, split, link',
  subtitle: `${ticket.number} · ${ticket.subject}`,
  sections: present(
    waysOn(ticket),
    othersOf(ticket, others),
    linksOf(ticket, related),
    historyOf(ticket, regrouped),
    backSection(ticket),
  ),
  say: null,
})

function waysOn(ticket: TicketCardView): PanelSection | null {
  const off = whyNot(ticket)
  const at = `/v1/tickets/${ticket.id}`
  return section(
    null,
    buttons(
      button('Merge', opened(`${at}/merge-card`), { off }),
      button('Split a mail out', opened(`${at}/split-card`), { off }),
      button('Link', opened(`${at}/related-card`), { off: whyNoWork(ticket) }),
    ),
    remark('Each of it can be taken back at any time.'),
  )
}

/** Two mails about one thing are what is merged most often: from here it is one press to the review. */
function othersOf(ticket: TicketCardView, others: readonly Suggestion[]): PanelSection | null {
  if (whyNot(ticket)) return null
  const at = `/v1/tickets/${ticket.id}/merge-card/review`
  return section(
    `Merge with another of ${ticket.customer.name || ticket.customer.email}`,
    ...others
      .slice(0, MOST_OTHERS)
      .map(({ id, number, subject, status }) =>
        fact(
          `${formatNumber(number)} · ${STATUS_WORDS[status]}`,
          subject || '(no subject)',
          null,
          sentOnTop(`${at}?chosen=${ticket.id},${id}`),
        ),
      ),
  )
}

const linksOf = (ticket: TicketCardView, related: readonly RelatedRow[]): PanelSection | null =>
  section('Related', ...related.flatMap((row) => relatedWidgets(ticket, row)))

function relatedWidgets(ticket: TicketCardView, { id, number, subject }: RelatedRow): PanelWidget[] {
  const unlink = changeOf(ticket, {
    method: 'DELETE',
    path: `related/${id}`,
    body: {},
    takes: [],
    say: `${formatNumber(number)} is not linked any more`,
  })
  return [
    fact('Related', formatNumber(number), subject, { kind: 'open', ticketId: id }),
    buttons(button(`Unlink ${formatNumber(number)}`, unlink, { off: whyNoWork(ticket) })),
  ]
}

const historyOf = ({ id }: TicketCardView, regrouped: readonly RegroupedRow[]): PanelSection | null =>
  section(
    'Can be taken back',
    ...regrouped.map((row) =>
      fact(
        regroupedLabel(row),
        formatNumber(row.other.number),
        clockTime(new Date(row.at)),
        opened(`/v1/tickets/${id}/regroupings/${row.id}/card`),
      ),
    ),
  )

const backSection = ({ id }: TicketCardView): PanelSection | null => section(null, buttons(toTicket(id)))
