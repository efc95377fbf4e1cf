import type { PanelButton, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import { button, fact, present, remark, section } from '../../platform/panel.ts'
import { type CardTicket, cardPart } from '../tickets/index.ts'
import { ownerPath } from './cards.ts'
import { openWords } from './rows.ts'
import { dueWords } from './words.ts'

/** Tasks that a card shows; the others are behind them. */
const ON_CARD = 2

type Row = {
  today: string
  tasks: { id: string; words: string; dueOn: string; who: string | null; ofCustomer: boolean }[]
}

/** What is to be done for this ticket and its customer, the nearest day first. Nothing to be done, no section. */
export const tasksPart = cardPart<Row>({
  name: 'tasks',
  sql: ({ now }) => Prisma.sql`
    select json_build_object(
      'today', (select (${now}::timestamptz at time zone w.time_zone)::date::text from desk.workspace w where w.workspace_id = t.workspace_id),
      'tasks', (select coalesce(json_agg(json_build_object('id', k.id, 'words', encode(k.words, 'base64'), 'dueOn', k.due_on, 'who', s.name,
          'ofCustomer', k.customer_id is not null) order by k.due_on, k.id), '[]')
        from (
          (select * from desk.task a where a.workspace_id = t.workspace_id and a.ticket_id = t.id and a.done_at is null
            order by a.due_on, a.id limit ${ON_CARD + 1})
          union all
          (select * from desk.task b where b.workspace_id = t.workspace_id and b.customer_id = t.customer_id and b.done_at is null
            order by b.due_on, b.id limit ${ON_CARD + 1})) k
        left join desk.staff s on s.workspace_id = k.workspace_id and s.id = k.assignee_id))`,
  present: (_ctx, { box }, row, ticket) => present(tasksSection(box, row, ticket)),
  more: (_ctx, _scene, _row, ticket) => [tasksButton(ticket)],
})

function tasksSection(box: Box, { tasks, today }: Row, ticket: CardTicket): PanelSection | null {
  const shown = tasks.slice(0, ON_CARD).map(({ id, words, dueOn, who, ofCustomer }): PanelWidget => {
    const owner = ofCustomer
      ? ({ kind: 'customer', id: ticket.customer.id } as const)
      : ({ kind: 'ticket', id: ticket.id } as const)
    const press = {
      kind: 'call' as const,
      method: 'GET' as const,
      path: ownerPath(owner, ticket.id) as `/v1/${string}`,
      key: null,
      lay: 'push' as const,
    }
    const label = `Task · ${dueWords(dueOn, today)}`
    return fact(label, openWords(box, id, Buffer.from(words, 'base64')), who ?? 'whoever comes first', press)
  })
  return section(null, ...shown, tasks.length > ON_CARD ? remark('and more behind «Tasks»') : null)
}

const tasksButton = ({ id }: CardTicket): PanelButton =>
  button('Tasks', {
    kind: 'call',
    method: 'GET',
    path: ownerPath({ kind: 'ticket', id }) as `/v1/${string}`,
    key: null,
    lay: 'push',
  })
