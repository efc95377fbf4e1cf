import type { TicketPriority, TicketStatus, TicketSummary, TicketView } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { formatNumber, waitingSince } from '../tickets/index.ts'

type SummaryRow = {
  id: string
  number: number
  subject: string
  status: TicketStatus
  priority: TicketPriority
  queueAt: Date
  lastMessageAt: Date
  customerId: string
  customerName: string
  customerEmail: string
  assigneeId: string | null
  assigneeName: string | null
}

const OPEN = Prisma.sql`t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null`

/** What each view holds, word for word as its partial index says. */
const held: Record<TicketView, (me: string | null) => Prisma.Sql> = {
  mine: (me) => Prisma.sql`${OPEN} and t.assignee_id = ${me}::uuid`,
  unassigned: () => Prisma.sql`${OPEN} and t.assignee_id is null`,
  open: () => OPEN,
  solved: () => Prisma.sql`t.status = 'solved' and t.void_reason is null`,
  closed: () => Prisma.sql`t.status = 'closed' and t.void_reason is null`,
  void: () => Prisma.sql`t.void_reason is not null`,
}

/** Open work: longest waiting first. Finished work: newest first. */
const isWork = (view: TicketView) => view === 'mine' || view === 'unassigned' || view === 'open'

type Page = { view: TicketView; me: string | null; cursor?: string | undefined; limit: number }

/** One page of a view; every view has its index, so the page costs the same at any size. */
export async function listView(
  ctx: Pick<Ctx, 'signer'>,
  tx: Tx,
  { view, me, cursor, limit }: Page,
): Promise<{ items: TicketSummary[]; next: string | null }> {
  const list = `queues/${tx.workspaceId}/${view}/${view === 'mine' ? me : ''}`
  const rows = await tx.$queryRaw<SummaryRow[]>(
    pageOf(tx.workspaceId, view, me, readCursor(ctx.signer, list, cursor), limit + 1),
  )
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  const place = last && [(isWork(view) ? last.queueAt : last.lastMessageAt).toISOString(), last.id]
  return { items: items.map(present), next: place ? packCursor(ctx.signer, list, place) : null }
}

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function pageOf(
  workspaceId: string,
  view: TicketView,
  me: string | null,
  after: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = after ?? []
  const order = isWork(view) ? Prisma.sql`t.queue_at, t.id` : Prisma.sql`t.last_message_at desc, t.id desc`
  const beyond = isWork(view)
    ? Prisma.sql`and (t.queue_at, t.id) > (${at}::timestamptz, ${id}::uuid)`
    : Prisma.sql`and (t.last_message_at, t.id) < (${at}::timestamptz, ${id}::uuid)`
  return Prisma.sql`
    select t.id::text, t.number, t.subject, t.status, t.priority, t.queue_at as "queueAt", t.last_message_at as "lastMessageAt",
      c.id::text as "customerId", c.name as "customerName", c.email as "customerEmail", s.id::text as "assigneeId", s.name as "assigneeName"
    from (
      select t.* from desk.ticket t
      where t.workspace_id = ${workspaceId}::uuid and ${held[view](me)} ${after ? beyond : Prisma.empty}
      order by ${order} limit ${limit}) t
    join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    left join desk.staff s on s.workspace_id = t.workspace_id and s.id = t.assignee_id
    order by ${order}`
}

/** How many are in the three work views, each counted up to `limit` + 1, in one statement. */
export async function countViews(
  tx: Tx,
  me: string | null,
  limit: number,
): Promise<{ mine: number; unassigned: number; open: number }> {
  const [counts] = await tx.$queryRaw<{ mine: number; unassigned: number; open: number }[]>(
    countsOf(tx.workspaceId, me, limit),
  )
  if (!counts) throw new Error('Counting gave no row')
  return counts
}

/** Open tickets of one person, snoozed ones too, up to `limit` + 1. */
export async function countOpenOf(tx: Tx, staffId: string, limit: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int from (select from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and ${OPEN}
      and t.assignee_id = ${staffId}::uuid limit ${limit + 1}) counted`
  return row?.count ?? 0
}

export function countsOf(workspaceId: string, me: string | null, limit: number): Prisma.Sql {
  const count = (view: TicketView) => Prisma.sql`(select count(*)::int from (
    select from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and ${held[view](me)} limit ${limit + 1}) counted)`
  return Prisma.sql`select ${count('mine')} as mine, ${count('unassigned')} as unassigned, ${count('open')} as open`
}

const present = (row: SummaryRow): TicketSummary => ({
  id: row.id,
  number: formatNumber(row.number),
  subject: row.subject,
  status: row.status,
  priority: row.priority,
  assignee: row.assigneeId && row.assigneeName !== null ? { id: row.assigneeId, name: row.assigneeName } : null,
  customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
  lastMessageAt: row.lastMessageAt.toISOString(),
  waitingSince: waitingSince(row.queueAt),
})
