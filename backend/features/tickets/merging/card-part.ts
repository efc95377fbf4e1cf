import type { PanelButton, PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import type { TicketStatus } from '../../../../shared/tickets.ts'
import { button, buttons, clockTime, fact, present, section, warning } from '../../../platform/panel.ts'
import { STATUS_WORDS } from '../card/words.ts'
import { type CardTicket, changeOf, whyNoWork } from '../card/writing.ts'
import { type CardPart, cardPart } from '../card-part.ts'
import { formatNumber } from '../numbers.ts'
import { regroupedLabel } from './card-words.ts'
import { opened } from './cards/presses.ts'
import { type MergingRow, mergingSql, type RegroupedRow, type RelatedRow } from './history.ts'

/** Where a merged ticket goes on, what came from elsewhere, and what it has to do with. Nothing of it, no section. */
export const mergingPart: CardPart = cardPart<MergingRow>({
  name: 'merging',
  sql: mergingSql,
  present: (_ctx, _scene, row, ticket) => present(wentInto(row, ticket), besides(row, ticket)),
  more: (_ctx, _scene, _row, ticket) => regroupButtons(ticket),
})

function wentInto({ into, regrouped }: MergingRow, ticket: CardTicket): PanelSection | null {
  if (!into) return null
  const number = formatNumber(into.number)
  const merge = regrouped.find(({ kind, came, other }) => kind === 'merge' && !came && other.id === into.id)
  return section(
    null,
    warning(`Merged into ${number}. Its mail is there, and answers to it go there.`),
    buttons(
      button(`Open ${number}`, { kind: 'open', ticketId: into.id }, { filled: true }),
      ...(merge ? [undoButton(merge, ticket)] : []),
    ),
  )
}

const undoButton = ({ id }: RegroupedRow, ticket: CardTicket): PanelButton =>
  button(
    'Undo merge',
    changeOf(ticket, {
      method: 'DELETE',
      path: `regroupings/${id}`,
      body: {},
      takes: [],
      say: `${ticket.number} is a ticket of its own again`,
    }),
    { off: whyNoWork(ticket) },
  )

function besides({ into, regrouped, related }: MergingRow, ticket: CardTicket): PanelSection | null {
  const shown = regrouped.filter(({ other }) => other.id !== into?.id)
  return section(null, ...shown.map((row) => regroupedFact(row, ticket)), ...related.map((row) => relatedFact(row)))
}

const regroupedFact = (row: RegroupedRow, { id }: CardTicket): PanelWidget =>
  fact(
    regroupedLabel(row),
    formatNumber(row.other.number),
    `${clockTime(new Date(row.at))} · open to undo`,
    opened(`/v1/tickets/${id}/regroupings/${row.id}/card`),
  )

const relatedFact = ({ id, number, subject, status }: RelatedRow): PanelWidget =>
  fact('Related', `${formatNumber(number)} · ${STATUS_WORDS[status as TicketStatus]}`, subject, {
    kind: 'open',
    ticketId: id,
  })

const regroupButtons = (ticket: CardTicket): PanelButton[] =>
  ticket.voidReason
    ? []
    : [button('Merge, split, link', opened(`/v1/tickets/${ticket.id}/regroup-card`), { off: whyNoWork(ticket) })]
