import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type ClockRow, FACTS, type KeptRow, type KeptTicket, keptTicket } from './rows.ts'

/** A ticket, by which rules it was judged, and which state of its clocks was seen: they may have moved before the ticket was locked. */
export type StaleTicket = KeptTicket & { seen: string; judgedBy: number }

/** Where a round goes on: behind the last one that was looked at. Before it lie the traces of those that were judged, until a vacuum. */
export type StalePlace = { version: number; ticketId: string }

export const BEGINNING: StalePlace = { version: -1, ticketId: '00000000-0000-0000-0000-000000000000' }

/** Locks open tickets that an older version of the rules judged; those that somebody holds are left for another time. */
export async function lockStale(tx: Tx, from: StalePlace, limit: number): Promise<StaleTicket[]> {
  const [row] = await tx.$queryRaw<[{ stale: string }]>(staleSql(tx.workspaceId, from, limit))
  const rows: (KeptRow & Pick<StaleTicket, 'seen' | 'judgedBy'>)[] = JSON.parse(row.stale)
  return rows.map((row) => ({ ...keptTicket(row), seen: row.seen, judgedBy: row.judgedBy }))
}

/** Exported so that a test can ask PostgreSQL for its plan. */
export const staleSql = (workspaceId: string, from: StalePlace, limit: number): Prisma.Sql => Prisma.sql`
  select coalesce(json_agg(stale), '[]')::text as stale from (select ${FACTS}, k.seen, k.rules_version as "judgedBy"
  from (
    select workspace_id, ticket_id, marks, told, rules_version, xmin::text as seen from desk.sla_clock
    where workspace_id = ${workspaceId}::uuid and state <> 'ended'
      and (rules_version, ticket_id) > (${from.version}::int, ${from.ticketId}::uuid)
      and rules_version < (select version from desk.sla_setting where workspace_id = ${workspaceId}::uuid)
    order by rules_version, ticket_id limit ${limit}) k
  join desk.ticket t on t.workspace_id = k.workspace_id and t.id = k.ticket_id
  join desk.workspace w on w.workspace_id = ${workspaceId}::uuid
  join desk.sla_setting s on s.workspace_id = ${workspaceId}::uuid
  order by t.id for no key update of t skip locked) stale`

/** A clock as it is to be, and the version of it that was seen. */
export type JudgedRow = ClockRow & Pick<StaleTicket, 'seen'>

/** Behind all of these. */
export const placeBehind = (tickets: readonly StaleTicket[]): StalePlace => {
  const version = Math.max(...tickets.map(({ judgedBy }) => judgedBy))
  const ids = tickets.filter(({ judgedBy }) => judgedBy === version).map(({ id }) => id)
  return { version, ticketId: ids.toSorted().at(-1) ?? BEGINNING.ticketId }
}

/**
 * Writes what other rules make of clocks whose marks stay as they are: a fraction of what writing them whole costs. Clocks that moved
 * since they were seen were judged by whoever moved them, and stay. No event tells of it, so figures are told by a note.
 */
export async function writeJudged(tx: Tx, rows: readonly JudgedRow[]): Promise<void> {
  if (rows.length === 0) return
  const column = <T>(read: (row: JudgedRow) => T) => rows.map(read)
  const [version] = column(({ rulesVersion }) => rulesVersion)
  await tx.$executeRaw`
    with given as materialized (
      select * from unnest(${column(({ ticketId }) => ticketId)}::uuid[], ${column(({ seen }) => seen)}::text[],
        ${column(({ policyId }) => policyId)}::text[], ${column(({ tier }) => tier)}::text[], ${column(({ state }) => state)}::text[],
        ${column(({ firstDueAt }) => seconds(firstDueAt))}::float8[], ${column(({ nextDueAt }) => seconds(nextDueAt))}::float8[],
        ${column(({ resolutionDueAt }) => seconds(resolutionDueAt))}::float8[], ${column(({ checkAt }) => seconds(checkAt))}::float8[],
        ${column(({ dueAt }) => seconds(dueAt))}::float8[])
        as g (ticket_id, seen, policy_id, tier, state, first_due, next_due, resolution_due, check_at, due)),
    kept as (
      update desk.sla_clock k set rules_version = ${version}, policy_id = g.policy_id, tier = g.tier, state = g.state,
        first_due_at = to_timestamp(g.first_due), next_due_at = to_timestamp(g.next_due),
        resolution_due_at = to_timestamp(g.resolution_due), check_at = to_timestamp(g.check_at)
      from given g where k.workspace_id = ${tx.workspaceId}::uuid and k.ticket_id = g.ticket_id and k.xmin = g.seen::xid
      returning k.ticket_id, to_timestamp(g.due) as due_at),
    noted as (
      insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
      select ${tx.workspaceId}::uuid, pg_current_xact_id()::text::bigint, 'ticket', ticket_id::text, statement_timestamp() from kept
      on conflict do nothing)
    update desk.ticket t set due_at = kept.due_at from kept
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = kept.ticket_id and t.due_at <> kept.due_at`
}

/** Since 1970, as PostgreSQL reads them fastest; exact to the millisecond. */
const seconds = (at: Date | null): number | null => at && at.getTime() / 1_000
