import type { AssignmentSettings } from '../../../shared/assignment.ts'
import { PEOPLE_AT_WORK } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { ticketAssigned } from '../tickets/index.ts'
import { offShiftSql } from '../workforce/index.ts'
import { type Candidate, choose, type Given, type Wanted } from './choosing.ts'
import { fitsSql, MATCHES } from './fitting.ts'
import { LOAD } from './loads.ts'
import { assignmentSettingsIn } from './settings.ts'
import { beingWorkedOn, MAY_BE_GIVEN } from './waiting.ts'

const AT_ONCE = 50

/** Gives what waits to whom it fits, a few in each transaction, until nobody has room or nothing is left. */
export async function giveTickets(ctx: Ctx, workspaceId: string): Promise<void> {
  for (let given = AT_ONCE; given > 0; ) given = await inWorkspace(ctx, workspaceId, giveSome)
}

/** @returns how many */
async function giveSome(tx: Tx): Promise<number> {
  await waitForTurn(tx)
  const settings = await assignmentSettingsIn(tx)
  if (settings.mode === 'off') return 0
  await dropSettled(tx)
  const candidates = await candidatesIn(tx, settings)
  const free = candidates.filter(({ load, capacity }) => load < capacity)
  const wanted =
    free.length === 0
      ? []
      : await tx.$queryRaw<Wanted[]>(
          wantedOf(
            tx,
            free.map(({ staffId }) => staffId),
            AT_ONCE,
          ),
        )
  const given = choose(settings, wanted, free)
  if (given.length > 0) await write(tx, given)
  else
    await sayWhyNot(
      tx,
      candidates.map(({ staffId }) => staffId),
    )
  return given.length
}

/** One gives at a time in a workspace, also beside the tick: loads are counted by a statement that begins after the one before has ended. */
const waitForTurn = (tx: Tx) => tx.$executeRaw`
  select from desk.assignment_setting where workspace_id = ${tx.workspaceId}::uuid for update`

/** Tickets that somebody took, answered or voided meanwhile wait no longer. */
const dropSettled = (tx: Tx) => tx.$executeRaw`
  delete from desk.ticket_giving g using desk.ticket t
  where g.workspace_id = ${tx.workspaceId}::uuid and g.state = 'waiting' and t.workspace_id = g.workspace_id and t.id = g.ticket_id
    and not (${MAY_BE_GIVEN})`

/** Who is available. Their rows are held, so that nobody is given a ticket after they went, or left. */
const candidatesIn = (tx: Tx, { capacity }: AssignmentSettings) => tx.$queryRaw<Candidate[]>`
  select s.id::text as "staffId", coalesce(p.capacity, ${capacity}::int)::int as capacity, p.last_given_at as "lastGivenAt", ${LOAD} as load
  from desk.agent_profile p join desk.staff s on s.workspace_id = p.workspace_id and s.id = p.staff_id
  where p.workspace_id = ${tx.workspaceId}::uuid and p.available and not p.on_break and not ${offShiftSql(tx.now)} and s.state <> 'deactivated' and s.role = any(${[...PEOPLE_AT_WORK]}::text[])
  order by s.id for update of p for share of s`

/** What waits and fits at least one of them, the nearest deadline first. Whatever somebody works on right now is left for later. */
export const wantedOf = (
  tx: Pick<Tx, 'workspaceId' | 'now'>,
  staffIds: readonly string[],
  limit: number,
): Prisma.Sql => Prisma.sql`
  with waiting as (
    select t.workspace_id, t.id, t.customer_id, t.category, t.language, t.tags, t.due_at, t.queue_at from desk.ticket_giving g
    join desk.ticket t on t.workspace_id = g.workspace_id and t.id = g.ticket_id
    where g.workspace_id = ${tx.workspaceId}::uuid and g.state = 'waiting' and ${MAY_BE_GIVEN} and not ${beingWorkedOn(tx.now)}
      and exists (select from desk.agent_profile p where p.workspace_id = g.workspace_id and p.staff_id = any(${staffIds}::uuid[]) and ${fitsSql(tx.workspaceId)})
    order by t.due_at, t.queue_at, t.id limit ${limit} for update of t skip locked)
  select t.id::text as "ticketId",
    (select b.assignee_id::text from desk.ticket b where b.workspace_id = t.workspace_id and b.customer_id = t.customer_id and b.id <> t.id
      and b.assignee_id is not null and b.last_message_at > ${new Date(tx.now.getTime() - KNOWN_MS)} order by b.last_message_at desc limit 1) as before,
    (select json_agg(json_build_object('staffId', p.staff_id, 'matches', ${MATCHES})) from desk.agent_profile p
      where p.workspace_id = t.workspace_id and p.staff_id = any(${staffIds}::uuid[]) and ${fitsSql(tx.workspaceId)}) as fits
  from waiting t order by t.due_at, t.queue_at, t.id`

/** A customer is remembered for so long. */
const KNOWN_MS = 30 * 86_400_000

async function write(tx: Tx, given: readonly Given[]): Promise<void> {
  const { workspaceId, now } = tx
  const rows = Prisma.sql`unnest(${given.map(({ ticketId }) => ticketId)}::uuid[], ${given.map(({ staffId }) => staffId)}::uuid[],
    ${given.map(({ how }) => how)}::text[]) with ordinality as chosen (ticket_id, staff_id, how, place)`
  await tx.$executeRaw`
    update desk.ticket t set assignee_id = chosen.staff_id, version = t.version + 1 from ${rows}
    where t.workspace_id = ${workspaceId}::uuid and t.id = chosen.ticket_id`
  await tx.$executeRaw`
    update desk.ticket_giving g set state = 'given', at = ${now}, staff_id = chosen.staff_id, how = chosen.how, problem = null from ${rows}
    where g.workspace_id = ${workspaceId}::uuid and g.ticket_id = chosen.ticket_id`
  await tx.$executeRaw`
    update desk.agent_profile p set last_given_at = ${now}::timestamptz + make_interval(secs => turn.place / 1000.0)
    from (select staff_id, max(place) as place from ${rows} group by staff_id) turn
    where p.workspace_id = ${workspaceId}::uuid and p.staff_id = turn.staff_id`
  const by = systemOf(workspaceId)
  await record(
    tx,
    given.map(({ ticketId, staffId }) => ticketAssigned({ ticketId, assigneeId: staffId, before: null, by })),
  )
}

/** Why the rest waits, for its card. */
const sayWhyNot = (tx: Tx, available: readonly string[]) => tx.$executeRaw`
  update desk.ticket_giving g set problem = why.problem
  from (
    select t.workspace_id, t.id, case
      when ${available.length === 0} then 'nobody_available'
      when exists (select from desk.agent_profile p where p.workspace_id = t.workspace_id and p.staff_id = any(${available}::uuid[]) and ${fitsSql(tx.workspaceId)})
        then 'all_full' else 'no_skill' end as problem
    from desk.ticket_giving w join desk.ticket t on t.workspace_id = w.workspace_id and t.id = w.ticket_id
    where w.workspace_id = ${tx.workspaceId}::uuid and w.state = 'waiting' and not ${beingWorkedOn(tx.now)}) why
  where g.workspace_id = why.workspace_id and g.ticket_id = why.id and g.state = 'waiting' and g.problem is distinct from why.problem`
