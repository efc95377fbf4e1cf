import { Prisma } from '../../../generated/prisma/client.ts'
import { button, buttons, plain, present, section, warning } from '../../../platform/panel.ts'
import { type CardPart, type CardTicket, cardPart, changeOf, whyNoWork } from '../../tickets/index.ts'

type Row = { shadow: boolean; unanswered: boolean }

/** Says on a ticket that the desk is in shadow mode, and opens a conversation that the past left unanswered. */
export const cutOverPart: CardPart = cardPart<Row>({
  name: 'cut-over',
  sql: () => Prisma.sql`
    select json_build_object(
      'shadow', exists (select from desk.shadow_period s where s.workspace_id = t.workspace_id and s.ended_at is null
        and (s.mailbox_id is null or s.mailbox_id = t.mailbox_id)),
      'unanswered', exists (select from desk.unanswered_thread u where u.workspace_id = t.workspace_id and u.ticket_id = t.id))`,
  present: (_ctx, _scene, { shadow, unanswered }, ticket) =>
    present(
      shadow
        ? section(
            null,
            warning(
              'Shadow mode: Sidedesk reads everything and writes nothing outside. Answers, drafts and actions are refused.',
            ),
          )
        : null,
      unanswered ? section(null, plain('Unanswered when the desk took over.'), buttons(beginButton(ticket))) : null,
    ),
})

const beginButton = (ticket: CardTicket) =>
  button(
    'Open as ticket',
    changeOf(ticket, { method: 'POST', path: 'beginning', body: {}, takes: [], say: 'It is a ticket now' }),
    { filled: true, off: whyNoWork(ticket) },
  )
