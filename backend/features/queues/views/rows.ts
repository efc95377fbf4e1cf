import type { QueueTicket } from '../../../../shared/queues.ts'
import type { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { formatNumber, NOBODY_WAITS, waitingSince } from '../../tickets/index.ts'

/** One line of a list. Instants are dates, or text where the row came inside JSON. */
export type TicketRow = {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: TicketPriority
  queueAt: Date | string
  dueAt: Date | string
  snoozedUntil: Date | string | null
  thanksAt: Date | string | null
  solvedAt: Date | string
  createdAt: Date | string
  lastMessageAt: Date | string
  customerId: string
  customerName: string
  customerEmail: string
  assigneeId: string | null
  assigneeName: string | null
  claim: { staffId: string; name: string; since: string } | null
}

/** What a line needs of the ticket `t`, its customer `c` and its assignee `s`. */
export const rowColumns = (claim: Prisma.Sql): Prisma.Sql => Prisma.sql`
  t.id::text, t.number, t.subject, t.status, t.priority, t.queue_at as "queueAt", t.due_at as "dueAt", t.snoozed_until as "snoozedUntil",
  t.thanks_at as "thanksAt", t.solved_at as "solvedAt", t.created_at as "createdAt", t.last_message_at as "lastMessageAt", c.id::text as "customerId", c.name as "customerName",
  c.email as "customerEmail", s.id::text as "assigneeId", s.name as "assigneeName", ${claim} as claim`

/** A person and a customer are looked up for the rows of the page alone. */
export const rowJoins = Prisma.sql`
  join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
  left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id`

export const presentRow = (row: TicketRow): QueueTicket => ({
  id: row.id,
  number: formatNumber(row.number),
  subject: row.subject,
  status: row.status,
  priority: row.priority,
  assignee: row.assigneeId && row.assigneeName !== null ? { id: row.assigneeId, name: row.assigneeName } : null,
  customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
  lastMessageAt: new Date(row.lastMessageAt).toISOString(),
  waitingSince: waitingSince(new Date(row.queueAt)),
  dueAt: dueAt(new Date(row.dueAt)),
  snoozedUntil: row.snoozedUntil && new Date(row.snoozedUntil).toISOString(),
  solvedAt: row.status === 'solved' ? new Date(row.solvedAt).toISOString() : null,
  claim: row.claim && { id: row.claim.staffId, name: row.claim.name, since: new Date(row.claim.since).toISOString() },
})

/** Nothing is due in the year 9999. */
const dueAt = (at: Date): string | null => (at.getTime() === NOBODY_WAITS.getTime() ? null : at.toISOString())
