import type { Task } from '../../../shared/tasks.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import { formatNumber } from '../tickets/index.ts'

export type TaskRow = {
  id: string
  words: Uint8Array
  /** YYYY-MM-DD */
  dueOn: string
  assignee: { id: string; name: string } | null
  ticket: { id: string; number: number } | null
  customer: { id: string; name: string } | null
  doneAt: Date | null
  doneBy: string | null
  version: number
}

/** Columns of the task `k`, with who and what it names. */
export const taskColumns = Prisma.sql`
  k.id::text, k.words, k.due_on::text as "dueOn", k.done_at as "doneAt", d.name as "doneBy", k.version,
  case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as assignee,
  case when t.id is not null then json_build_object('id', t.id, 'number', t.number) end as ticket,
  case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as customer`

export const taskJoins = Prisma.sql`
  left join desk.staff s on s.workspace_id = k.workspace_id and s.id = k.assignee_id
  left join desk.staff d on d.workspace_id = k.workspace_id and d.id = k.done_by_id
  left join desk.ticket t on t.workspace_id = k.workspace_id and t.id = k.ticket_id
  left join desk.customer c on c.workspace_id = k.workspace_id and c.id = k.customer_id`

/** @param today by the calendar of the workspace, YYYY-MM-DD */
export const presentTask = (box: Box, today: string, { words, doneAt, ticket, ...row }: TaskRow): Task => ({
  ...row,
  words: openWords(box, row.id, words),
  overdue: doneAt === null && row.dueOn < today,
  ticket: ticket && { id: ticket.id, number: formatNumber(ticket.number) },
  doneAt: doneAt?.toISOString() ?? null,
})

export const openWords = (box: Box, id: string, sealed: Uint8Array): string => box.openText('task.words', id, sealed)
export const sealWords = (box: Box, id: string, words: string) => box.seal('task.words', id, words)
