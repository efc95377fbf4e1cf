import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** How many new tickets each list took, by `priority/urgent` or `category/order`. `capped`: older ones of the time were not counted. */
export type Shares = { tickets: number; byList: ReadonlyMap<string, number>; capped: boolean }

export const SHARE_DAYS = 30
const DAY_MS = 86_400_000

/** Newest tickets that are counted at most. */
const MOST = 50_000

/** A list that takes more of all tickets than this says no longer what is urgent. */
export const TOO_MANY = 0.2

/** What the keywords decided in the last 30 days, whatever people made of it since; void tickets and old mail count in none. */
export async function sharesIn(tx: Tx): Promise<Shares> {
  const rows = await tx.$queryRaw<{ name: string; tickets: number }[]>(sharesSql(tx.workspaceId, tx.now))
  const counts = new Map(rows.map(({ name, tickets }) => [name, tickets]))
  const tickets = counts.get(ALL) ?? 0
  return { tickets, byList: counts, capped: tickets >= MOST }
}

const ALL = 'all'

/** Ids begin with the time at which the ticket was made, so the newest are the end of the primary key. Exported so that a test can look at its plan. */
export const sharesSql = (workspaceId: string, now: Date): Prisma.Sql => {
  const since = new Date(now.getTime() - SHARE_DAYS * DAY_MS)
  return Prisma.sql`
    select decided.name, count(*)::int as tickets from (
      select t.triage from desk.ticket t
      where t.workspace_id = ${workspaceId}::uuid and t.id >= ${firstIdAt(since)}::uuid and t.created_at >= ${since} and t.void_reason is null
      order by t.id desc limit ${Prisma.raw(String(MOST))}) newest
    cross join lateral (values (${ALL}),
      (case when triage ->> 'priorityWord' is not null then 'priority/' || (triage ->> 'priority') end),
      (case when triage ->> 'categoryWord' is not null then 'category/' || (triage ->> 'category') end)) decided (name)
    where decided.name is not null group by decided.name`
}

/** The least UUIDv7 of an instant. */
function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
