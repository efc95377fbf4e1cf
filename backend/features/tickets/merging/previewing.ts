import type { MergePreview, TicketToMerge } from '../../../../shared/merging.ts'
import type { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../numbers.ts'
import { waitingSince } from '../viewing.ts'
import { type Candidate, whyNotMerged } from './refusing.ts'
import { combined, type Merged } from './standing.ts'

type Row = Candidate & {
  subject: string
  priority: TicketPriority
  category: string | null
  tags: string[]
  assigneeId: string | null
  queueAt: Date
  messages: number
  orders: number
  customerName: string
  customerEmail: string
}

/** What a merge would do, without doing it. @throws DeskError not_found */
export async function previewOf(tx: Tx, survivorId: string, ticketIds: readonly string[]): Promise<MergePreview> {
  const wanted = [survivorId, ...new Set(ticketIds)]
  const rows = await rowsOf(tx, wanted)
  const [survivor, ...merged] = wanted.map((id) => foundIn(rows, id))
  if (!survivor) throw new Error('A merge has a survivor')
  const after = merged.reduce<Merged>((standing, ticket) => combined(standing, ticket), survivor)
  const strange = merged.filter(({ customerId }) => customerId !== survivor.customerId)
  return {
    survivor: present(survivor),
    merged: merged.map(present),
    status: after.status,
    waitingSince: waitingSince(after.queueAt),
    otherCustomers: [...new Set(strange.map(({ customerName, customerEmail }) => customerName || customerEmail))],
    refusal: whyNotMerged(survivor, merged),
  }
}

function foundIn(rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id)
  if (!row) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  return row
}

const rowsOf = (tx: Tx, ids: readonly string[]) => tx.$queryRaw<Row[]>`
  select t.id::text, t.number, t.subject, t.status, t.priority, t.category, t.tags, t.assignee_id::text as "assigneeId",
    t.void_reason as "voidReason", t.merged_into_id::text as "mergedIntoId", t.customer_id::text as "customerId", t.queue_at as "queueAt",
    t.message_count as messages, c.name as "customerName", c.email as "customerEmail",
    (select count(*)::int from desk.ticket_order o where o.workspace_id = t.workspace_id and o.ticket_id = t.id and o.undone_at is null) as orders
  from desk.ticket t join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
  where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${ids}::uuid[])`

const present = (row: Row): TicketToMerge => ({
  id: row.id,
  number: formatNumber(row.number),
  subject: row.subject,
  status: row.status,
  customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
  messages: row.messages,
  orders: row.orders,
  tags: row.tags,
  waitingSince: waitingSince(row.queueAt),
})

/** Other open tickets of the same customer, which are merged most often; the newest first. */
export const candidatesFor = (tx: Tx, ticketId: string): Promise<Suggestion[]> =>
  tx.$queryRaw<Suggestion[]>(candidatesOf(tx.workspaceId, ticketId))

export const candidatesOf = (workspaceId: string, ticketId: string): Prisma.Sql => Prisma.sql`
    select o.id::text, o.number, o.subject, o.status, o.last_message_at as "lastMessageAt" from desk.ticket t
    join desk.ticket o on o.workspace_id = t.workspace_id and o.customer_id = t.customer_id and o.id <> t.id
    where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid and o.void_reason is null and o.status <> 'closed'
    order by o.last_message_at desc limit ${SUGGESTED}`

const SUGGESTED = 8

export type Suggestion = { id: string; number: number; subject: string; status: TicketStatus; lastMessageAt: Date }
