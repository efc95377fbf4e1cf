import type { TicketPriority, TicketStatus } from '../../../../shared/tickets.ts'
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

type Row = Omit<KeptTicket, 'marks'> & { marks: StoredMark[] | null }

/** Tickets and the rules' version, in one statement. Whoever changes them has locked their rows. */
export async function readTickets(tx: Tx, ids: readonly string[]): Promise<KeptTicket[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select t.id::text, t.status, t.priority, t.category, t.mailbox_id::text as "mailboxId", t.customer_id::text as "customerId",
      k.marks, coalesce(k.told, '{}') as told, coalesce(s.version, 0) as "rulesVersion", w.time_zone as "timeZone"
    from desk.ticket t
    join desk.workspace w on w.workspace_id = t.workspace_id
    left join desk.sla_setting s on s.workspace_id = t.workspace_id
    left join desk.sla_clock k on k.workspace_id = t.workspace_id and k.ticket_id = t.id
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${[...ids]}::uuid[])`
  return rows.map((row) => ({ ...row, marks: row.marks?.map(openedMark) ?? null }))
}

/** What is written about one ticket's clocks. */
export type ClockRow = {
  ticketId: string
  marks: readonly Mark[]
  rulesVersion: number
  policyId: string
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
    state: row.state,
    first_due_at: row.firstDueAt,
    next_due_at: row.nextDueAt,
    resolution_due_at: row.resolutionDueAt,
    told: row.told,
    check_at: row.checkAt,
    due_at: row.dueAt,
  }))
  await tx.$executeRaw`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (ticket_id uuid, marks jsonb, rules_version int, policy_id text,
        state text, first_due_at timestamptz, next_due_at timestamptz, resolution_due_at timestamptz, told text[], check_at timestamptz,
        due_at timestamptz)),
    kept as (
      insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, state, first_due_at, next_due_at,
        resolution_due_at, told, check_at)
      select ${tx.workspaceId}::uuid, ticket_id, marks, rules_version, policy_id, state, first_due_at, next_due_at, resolution_due_at, told,
        check_at
      from given
      on conflict (workspace_id, ticket_id) do update set marks = excluded.marks, rules_version = excluded.rules_version,
        policy_id = excluded.policy_id, state = excluded.state, first_due_at = excluded.first_due_at, next_due_at = excluded.next_due_at,
        resolution_due_at = excluded.resolution_due_at, told = excluded.told, check_at = excluded.check_at)
    update desk.ticket t set due_at = given.due_at from given
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = given.ticket_id and t.due_at <> given.due_at`
}

/** Writes what other rules make of clocks whose marks stay as they are: a fraction of what writing them whole costs. */
export async function writeJudged(tx: Tx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return
  const column = <T>(read: (row: ClockRow) => T) => rows.map(read)
  const [version] = column(({ rulesVersion }) => rulesVersion)
  await tx.$executeRaw`
    with given as materialized (
      select * from unnest(${column(({ ticketId }) => ticketId)}::uuid[], ${column(({ policyId }) => policyId)}::text[],
        ${column(({ state }) => state)}::text[], ${column(({ firstDueAt }) => iso(firstDueAt))}::timestamptz[],
        ${column(({ nextDueAt }) => iso(nextDueAt))}::timestamptz[], ${column(({ resolutionDueAt }) => iso(resolutionDueAt))}::timestamptz[],
        ${column(({ checkAt }) => iso(checkAt))}::timestamptz[], ${column(({ dueAt }) => iso(dueAt))}::timestamptz[])
        as g (ticket_id, policy_id, state, first_due_at, next_due_at, resolution_due_at, check_at, due_at)),
    kept as (
      update desk.sla_clock k set rules_version = ${version}, policy_id = g.policy_id, state = g.state, first_due_at = g.first_due_at,
        next_due_at = g.next_due_at, resolution_due_at = g.resolution_due_at, check_at = g.check_at
      from given g where k.workspace_id = ${tx.workspaceId}::uuid and k.ticket_id = g.ticket_id)
    update desk.ticket t set due_at = given.due_at from given
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = given.ticket_id and t.due_at <> given.due_at`
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
