import type { CustomerTier } from '../../../../shared/sla.ts'
import type { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type Mark, openedMark, type StoredMark, storedMark } from '../clock/marks.ts'

/** The year 9999: never. */
export const NEVER = new Date('9999-12-31T00:00:00.000Z')

/** A ticket with its clocks, as far as they are judged by. */
export type KeptTicket = {
  id: string
  status: TicketStatus
  priority: TicketPriority
  category: string | null
  mailboxId: string | null
  customerId: string
  /** null while it has no clocks. */
  marks: Mark[] | null
  told: string[]
  rulesVersion: number
  timeZone: string
}

export type KeptRow = Omit<KeptTicket, 'marks'> & { marks: StoredMark[] | null }

/** What tickets `t` of a workspace `w` with clocks `k` and a setting `s` are judged by. */
export const FACTS = Prisma.sql`t.id::text, t.status, t.priority, t.category, t.mailbox_id::text as "mailboxId",
  t.customer_id::text as "customerId", k.marks, coalesce(k.told, '{}') as told, coalesce(s.version, 0) as "rulesVersion",
  w.time_zone as "timeZone"`

/** Tickets and the rules' version, in one statement. Whoever changes them has locked their rows. */
export async function readTickets(tx: Tx, ids: readonly string[]): Promise<KeptTicket[]> {
  const rows = await tx.ask<KeptRow>(ticketsSql(tx.workspaceId, ids))
  return rows.map(keptTicket)
}

/**
 * The clocks of each ticket are looked up by themselves: joined in any other way PostgreSQL may walk through all clocks of the workspace
 * to come to those of its newest tickets. Exported so that a test can ask for the plan.
 */
export const ticketsSql = (workspaceId: string, ids: readonly string[]): Prisma.Sql => Prisma.sql`
  with w as materialized (select workspace_id, time_zone from desk.workspace where workspace_id = ${workspaceId}::uuid)
  select ${FACTS}
  from w
  join desk.ticket t on t.workspace_id = w.workspace_id
  left join desk.sla_setting s on s.workspace_id = t.workspace_id
  left join lateral (
    select marks, told from desk.sla_clock where workspace_id = t.workspace_id and ticket_id = t.id limit 1) k on true
  where t.workspace_id = ${workspaceId}::uuid and t.id = any(${[...ids]}::uuid[])`

/** As the database gives it, as the clock takes it. */
export const keptTicket = (row: KeptRow): KeptTicket => ({ ...row, marks: row.marks?.map(openedMark) ?? null })

/** What is written about one ticket's clocks. */
export type ClockRow = {
  ticketId: string
  marks: readonly Mark[]
  rulesVersion: number
  policyId: string
  /** null where no policy asks who the customer is. */
  tier: CustomerTier | null
  state: 'running' | 'paused' | 'ended'
  firstDueAt: Date | null
  nextDueAt: Date | null
  resolutionDueAt: Date | null
  told: readonly string[]
  checkAt: Date
  /** The nearest of those that run. */
  dueAt: Date
}

/** Writes the clocks of tickets and when they are due, in one statement. A ticket whose due time stays is not touched. */
export async function writeClocks(tx: Tx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return
  const given = rows.map((row) => ({
    ticket_id: row.ticketId,
    marks: row.marks.map(storedMark),
    rules_version: row.rulesVersion,
    policy_id: row.policyId,
    tier: row.tier,
    state: row.state,
    first_due_at: row.firstDueAt,
    next_due_at: row.nextDueAt,
    resolution_due_at: row.resolutionDueAt,
    told: row.told,
    check_at: row.checkAt,
    due_at: row.dueAt,
  }))
  await tx.send(Prisma.sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (ticket_id uuid, marks jsonb, rules_version int, policy_id text,
        tier text, state text, first_due_at timestamptz, next_due_at timestamptz, resolution_due_at timestamptz, told text[], check_at timestamptz,
        due_at timestamptz)),
    kept as (
      insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, tier, state, first_due_at, next_due_at,
        resolution_due_at, told, check_at)
      select ${tx.workspaceId}::uuid, ticket_id, marks, rules_version, policy_id, tier, state, first_due_at, next_due_at, resolution_due_at, told,
        check_at
      from given
      on conflict (workspace_id, ticket_id) do update set marks = excluded.marks, rules_version = excluded.rules_version,
        policy_id = excluded.policy_id, tier = excluded.tier, state = excluded.state, first_due_at = excluded.first_due_at, next_due_at = excluded.next_due_at,
        resolution_due_at = excluded.resolution_due_at, told = excluded.told, check_at = excluded.check_at)
    update desk.ticket t set due_at = given.due_at from given
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = given.ticket_id and t.due_at <> given.due_at`)
}
