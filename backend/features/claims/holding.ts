import type { Claim } from '../../../shared/claims.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { goingOnOf } from '../tickets/index.ts'

/** A claim that lives, as a statement gives it; times are text of JSON. */
export type ClaimRow = {
  id: string
  staffId: string
  name: string
  since: string
  until: string
  /** Who answered in it although somebody was on it; null while nobody did, or nobody knows who. */
  answeredBy: string | null
  doubled: boolean
}

/**
 * Who is on the ticket of row `t`, as one JSON value by index; null while nobody is. For cards and lists. The end is compared in a way
 * that no index knows: statistics never know of ends in the future, so a list would read all running claims for each of its rows.
 */
export const claimSql = (now: Date): Prisma.Sql => Prisma.sql`
  select json_build_object('id', k.id, 'staffId', k.staff_id, 'name', ks.name, 'since', k.since, 'until', k.until, 'answeredBy', kd.name,
    'doubled', k.doubled_at is not null)
  from desk.ticket_claim k
  join desk.staff ks on ks.workspace_id = k.workspace_id and ks.id = k.staff_id
  left join desk.staff kd on kd.workspace_id = k.workspace_id and kd.id = k.doubled_by_id
  where k.workspace_id = t.workspace_id and k.ticket_id = t.id and k.ended_at is null and k.until - ${now}::timestamptz > interval '0'`

export const presentClaim = ({ id, staffId, name, since, until }: ClaimRow): Claim => ({
  id,
  staff: { id: staffId, name },
  since: new Date(since).toISOString(),
  until: new Date(until).toISOString(),
})

export type OpenClaim = { id: string; staffId: string; name: string; since: Date; until: Date }

/** The claim of a ticket that has not ended; it may have run out. */
export async function openClaimOf(tx: Tx, ticketId: string): Promise<OpenClaim | null> {
  const [row] = await tx.$queryRaw<OpenClaim[]>`
    select k.id::text, k.staff_id::text as "staffId", s.name, k.since, k.until from desk.ticket_claim k
    join desk.staff s on s.workspace_id = k.workspace_id and s.id = k.staff_id
    where k.workspace_id = ${tx.workspaceId}::uuid and k.ticket_id = ${ticketId}::uuid and k.ended_at is null`
  return row ?? null
}

/** Who was on a ticket, or on one that was merged into it since, at an instant: whose an answer is that nothing else names. */
export async function claimantAt(tx: Tx, ticketId: string, at: Date): Promise<string | null> {
  const [staffId = null] = await claimantsAt(tx, [{ ticketId: await goingOnOf(tx, ticketId), at }])
  return staffId
}

/** The same of many tickets that go on, in their order. */
export async function claimantsAt(
  tx: Tx,
  asked: readonly { ticketId: string; at: Date }[],
): Promise<(string | null)[]> {
  if (asked.length === 0) return []
  const rows = await tx.ask<{ n: number; staffId: string }>(claimantsSql(tx.workspaceId, asked))
  const claimants = new Map(rows.map(({ n, staffId }) => [n, staffId]))
  return asked.map((_, n) => claimants.get(n) ?? null)
}

/**
 * Ticket by ticket: PostgreSQL takes what is merged into a few of them for many, and would read every merge and every claim there ever
 * was. Exported so that a test can look at its plan.
 */
export function claimantsSql(workspaceId: string, asked: readonly { ticketId: string; at: Date }[]): Prisma.Sql {
  const times = asked.map(({ at }) => at.toISOString())
  return Prisma.sql`
    with recursive whole as (
      select * from unnest(${asked.map((_, n) => n)}::int[], ${asked.map(({ ticketId }) => ticketId)}::uuid[], ${times}::timestamptz[]) as g (n, id, at)
      union
      select whole.n, merged.id, whole.at from whole cross join lateral (
        select t.id from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and t.merged_into_id = whole.id offset 0) merged)
    select distinct on (whole.n) whole.n, c."staffId" from whole cross join lateral (
      select c.staff_id::text as "staffId", c.since from desk.ticket_claim c
      where c.workspace_id = ${workspaceId}::uuid and c.ticket_id = whole.id and c.since <= whole.at and coalesce(c.ended_at, c.until) > whole.at
      order by c.since desc limit 1) c
    order by whole.n, c.since desc`
}
