import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { offShiftSql } from '../workforce/index.ts'

/** A ticket that may be given: somebody waits for an answer, and nobody has it. */
export const MAY_BE_GIVEN = Prisma.sql`t.status in ('new', 'open') and t.void_reason is null and t.assignee_id is null`

/** Somebody is on the ticket right now, and will take it or let it go. */
export const beingWorkedOn = (now: Date): Prisma.Sql => Prisma.sql`exists (
  select from desk.ticket_claim k where k.workspace_id = t.workspace_id and k.ticket_id = t.id and k.ended_at is null and k.until > ${now})`

/**
 * Puts tickets on the list of what is to be given, where a workspace gives by itself.
 * @param ticketIds null for all that nobody has
 * @returns how many
 */
export const wantOwners = (tx: Tx, ticketIds: readonly string[] | null): Promise<number> =>
  tx.send(Prisma.sql`
  insert into desk.ticket_giving (workspace_id, ticket_id, state, at)
  select t.workspace_id, t.id, 'waiting', ${tx.now}::timestamptz
  from desk.assignment_setting s join desk.ticket t on t.workspace_id = s.workspace_id
  where s.workspace_id = ${tx.workspaceId}::uuid and s.mode <> 'off' and ${MAY_BE_GIVEN}
    ${ticketIds === null ? Prisma.empty : Prisma.sql`and t.id = any(${[...ticketIds]}::uuid[])`}
  on conflict (workspace_id, ticket_id) do update set state = 'waiting', at = excluded.at, staff_id = null, how = null, problem = null`)

type Left = { ticketId: string; before: string }

/** Tickets that somebody left who is away, on a break, off shift or gone are given anew; what is put back by somebody at work stays with nobody. */
export const wantOwnersAfter = (tx: Tx, left: readonly Left[]): Promise<number> => tx.$executeRaw`
  insert into desk.ticket_giving (workspace_id, ticket_id, state, at)
  select t.workspace_id, t.id, 'waiting', ${tx.now}
  from unnest(${left.map(({ ticketId }) => ticketId)}::uuid[], ${left.map(({ before }) => before)}::uuid[]) as was (ticket_id, staff_id)
  join desk.assignment_setting a on a.workspace_id = ${tx.workspaceId}::uuid and a.mode <> 'off'
  join desk.ticket t on t.workspace_id = a.workspace_id and t.id = was.ticket_id
  join desk.staff s on s.workspace_id = a.workspace_id and s.id = was.staff_id
  left join desk.agent_profile p on p.workspace_id = s.workspace_id and p.staff_id = s.id
  where ${MAY_BE_GIVEN} and (s.state = 'deactivated' or p.available is not true or p.on_break or ${offShiftSql(tx.now)})
  on conflict (workspace_id, ticket_id) do update set state = 'waiting', at = excluded.at, staff_id = null, how = null, problem = null`

/** What was said of a ticket's giving is true no longer once somebody else has it, or nobody. */
export const forgetGiving = (tx: Tx, now: readonly { ticketId: string; staffId: string | null }[]) => tx.$executeRaw`
  delete from desk.ticket_giving g
  using unnest(${now.map(({ ticketId }) => ticketId)}::uuid[], ${now.map(({ staffId }) => staffId)}::uuid[]) as has (ticket_id, staff_id)
  where g.workspace_id = ${tx.workspaceId}::uuid and g.ticket_id = has.ticket_id and g.staff_id is distinct from has.staff_id`

export const forgetWaiting = (tx: Tx) => tx.$executeRaw`
  delete from desk.ticket_giving where workspace_id = ${tx.workspaceId}::uuid and state = 'waiting'`
