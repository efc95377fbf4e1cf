import { type HandleTime, LONGEST_CONTACT, LONGEST_HANDLING } from '../../../../shared/contacts.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { lockTicket } from '../locking.ts'
import { handleTimeSet } from './events.ts'

const MINUTE = 60
const MOST_AT_ONCE = LONGEST_CONTACT * MINUTE
const MOST = LONGEST_HANDLING * MINUTE

/**
 * Adds to the time that one person worked on a ticket: a talk, or a claim that came to its end.
 * @param seconds less than none counts as none, and no more than four hours at once: nobody sits so long over one thing
 */
export async function addHandleTime(tx: Tx, ticketId: string, staffId: string, seconds: number): Promise<void> {
  const counted = Math.min(Math.max(Math.round(seconds), 0), MOST_AT_ONCE)
  if (counted === 0) return
  await tx.$executeRaw`
    insert into desk.handle_time as mine (workspace_id, ticket_id, staff_id, seconds, changed_at)
    values (${tx.workspaceId}::uuid, ${ticketId}::uuid, ${staffId}::uuid, ${counted}, ${tx.now})
    on conflict (workspace_id, ticket_id, staff_id) do update
      set seconds = least(mine.seconds + excluded.seconds, ${MOST}), changed_at = excluded.changed_at`
}

/** Corrects the own time. */
export const setOwnTime = (ctx: Ctx, ticketId: string, minutes: number, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (by.id === null) throw new DeskError('forbidden', 'Only a person has a time to correct.')
    await lockTicket(tx, ticketId)
    const { workspaceId, now: changedAt } = tx
    const key = { workspaceId, ticketId, staffId: by.id }
    const where = { workspaceId_ticketId_staffId: key }
    const known = await tx.handleTime.findUnique({ where, select: { seconds: true } })
    const [seconds, before] = [minutes * MINUTE, known?.seconds ?? 0]
    if (seconds === before) return
    await tx.handleTime.upsert({
      where,
      create: { ...key, seconds, changedAt },
      update: { seconds, changedAt },
      select: { seconds: true },
    })
    await record(tx, [handleTimeSet({ ticketId, seconds, before, by })])
  })

/** How long each person worked on a ticket and on what was merged into it; who worked longest first. @throws DeskError not_found */
export async function handleTimeOf(tx: Tx, ticketId: string): Promise<HandleTime> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } }
  if (!(await tx.ticket.findUnique({ where, select: { id: true } })))
    throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const people = await tx.$queryRaw<HandleTime['people']>`
    select s.id::text, s.name, sum(h.seconds)::int as seconds from (
      select ${ticketId}::uuid as id union all
      select id from desk.ticket where workspace_id = ${tx.workspaceId}::uuid and merged_into_id = ${ticketId}::uuid) t
    join desk.handle_time h on h.workspace_id = ${tx.workspaceId}::uuid and h.ticket_id = t.id
    join desk.staff s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = h.staff_id
    group by s.id, s.name order by seconds desc, s.name limit 100`
  return { people, seconds: people.reduce((sum, { seconds }) => sum + seconds, 0) }
}

/** The own minutes on this ticket alone, which is what can be corrected. */
export async function ownMinutes(tx: Tx, ticketId: string, staffId: string | null): Promise<number> {
  if (staffId === null) return 0
  const where = { workspaceId_ticketId_staffId: { workspaceId: tx.workspaceId, ticketId, staffId } }
  const known = await tx.handleTime.findUnique({ where, select: { seconds: true } })
  return Math.round((known?.seconds ?? 0) / MINUTE)
}
