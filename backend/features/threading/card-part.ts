import type { PanelSection } from '../../../shared/panel.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import { button, buttons, plain, present, section } from '../../platform/panel.ts'
import { type CardTicket, cardPart, changeOf, type Envelope, formatNumber, whyNot } from '../tickets/index.ts'

type Row = {
  id: string
  cause: 'same_subject' | 'named_both' | 'new_subject'
  other: { id: string; number: number; subject: string } | null
  message: { id: string; envelope: string } | null
}

/** A card has room for so many. */
const MOST = 3

/** One JSON value about the row `t`: what is supposed of it and waits for a person, from both ends. */
export const suggestionsSql = (): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(s order by s.at desc), '[]') from (
    select g.id, g.cause, g.at, case when o.id is not null then json_build_object('id', o.id, 'number', o.number, 'subject', o.subject) end as other,
      case when m.id is not null then json_build_object('id', m.id, 'envelope', encode(m.envelope, 'base64')) end as message
    from (
      select id, cause, at, other_id, message_id from desk.ticket_suggestion
      where workspace_id = t.workspace_id and ticket_id = t.id and state = 'open'
      union all
      select id, cause, at, ticket_id, null from desk.ticket_suggestion
      where workspace_id = t.workspace_id and other_id = t.id and state = 'open') g
    left join desk.ticket o on o.workspace_id = t.workspace_id and o.id = g.other_id and o.void_reason is null
    left join desk.message m on m.workspace_id = t.workspace_id and m.id = g.message_id and m.ticket_id = t.id
    where o.id is not null or m.id is not null
    order by g.at desc limit ${MOST}) s)`

/** «Maybe belongs to …»: one press joins, one dismisses. Nothing supposed, no section. */
export const threadingPart = cardPart<Row[]>({
  name: 'threading',
  sql: suggestionsSql,
  present: (_ctx, { box }, rows, ticket) =>
    ticket.voidReason
      ? []
      : present(...rows.map((row) => (row.other ? joinOf(row, row.other, ticket) : splitOf(row, ticket, box)))),
})

function joinOf({ id, cause }: Row, other: NonNullable<Row['other']>, ticket: CardTicket): PanelSection | null {
  const number = formatNumber(other.number)
  const why = cause === 'same_subject' ? 'the same customer wrote under the same subject' : 'a mail answers both'
  return section(
    null,
    plain(`Maybe belongs to ${number} «${other.subject}»: ${why}.`),
    buttons(
      press(ticket, id, 'Join', 'taking', `Joined with ${number}`),
      button(`Open ${number}`, { kind: 'open', ticketId: other.id }),
      press(ticket, id, 'Not so', 'dismissal', 'Not suggested again'),
    ),
  )
}

function splitOf({ id, message }: Row, ticket: CardTicket, box: Box): PanelSection | null {
  if (!message) return null
  const sealed = Buffer.from(message.envelope, 'base64')
  const { subject }: Envelope = JSON.parse(box.openText('message.envelope', message.id, sealed))
  return section(
    null,
    plain(`The customer went on under another subject: «${subject}». Is it about something else?`),
    buttons(
      press(ticket, id, 'Split it out', 'taking', 'A ticket of its own now'),
      press(ticket, id, 'Same topic', 'dismissal', 'It stays here'),
    ),
  )
}

const press = (ticket: CardTicket, id: string, word: string, act: 'taking' | 'dismissal', say: string) =>
  button(word, changeOf(ticket, { method: 'POST', path: `suggestions/${id}/${act}`, body: {}, takes: [], say }), {
    off: whyNot(ticket),
  })
