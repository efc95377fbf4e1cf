import { type HandleTime, LONGEST_CONTACT, LONGEST_HANDLING } from '../../../../shared/contacts.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { lockTicket } from '../locking.ts'
import { handleTimeSet } from './events.ts'

const MINUTE = 60
const MOST_AT_ONCE = LONGEST_CONTACT * MINUTE
const MOST = LONGEST_HANDLING * MINUTE

export type Handled = { ticketId: string; staffId: string; seconds: number }

/**
 * Adds to the time that people worked on tickets: a talk, or claims that came to their end.
 * @param handled less than no seconds count as none, and no more than four hours at once: nobody sits so long over one thing
 */
export async function addHandleTime(tx: Tx, handled: readonly Handled[]): Promise<void> {
  const counted = handled
    .map((one) => ({ ...one, seconds: Math.min(Math.max(Math.round(one.seconds), 0), MOST_AT_ONCE) }))
    .filter(({ seconds }) => seconds > 0)
  if (counted.length === 0) return
  await tx.$executeRaw`
    insert into desk.handle_time as mine (workspace_id, ticket_id, staff_id, seconds, changed_at)
    select ${tx.workspaceId}::uuid, ticket_id, staff_id, sum(seconds), ${tx.now}
    from unnest(${counted.map(({ ticketId }) => ticketId)}::uuid[], ${counted.map(({ staffId }) => staffId)}::uuid[],
      ${counted.map(({ seconds }) => seconds)}::int[]) as one (ticket_id, staff_id, seconds)
    group by ticket_id, staff_id order by ticket_id, staff_id
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
  const people = (await workOn(tx, ticketId)).map(({ changedAt: _, ...person }) => person)
  return { people, seconds: people.reduce((sum, { seconds }) => sum + seconds, 0) }
}

type Worked = HandleTime['people'][number] & { changedAt: Date }

/** The same, and when each of them worked on it last. */
export const workOn = (tx: Tx, ticketId: string): Promise<Worked[]> =>
  tx.$queryRaw<Worked[]>(timesOf(tx.workspaceId, ticketId))

export const timesOf = (workspaceId: string, ticketId: string): Prisma.Sql => Prisma.sql`
    with recursive whole (id) as (
      select ${ticketId}::uuid union
      select t.id from whole join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.merged_into_id = whole.id)
    select s.id::text, s.name, sum(h.seconds)::int as seconds, max(h.changed_at) as "changedAt" from whole t
    join desk.handle_time h on h.workspace_id = ${workspaceId}::uuid and h.ticket_id = t.id
    join desk.staff s on s.workspace_id = ${workspaceId}::uuid and s.id = h.staff_id
    group by s.id, s.name order by seconds desc, s.name limit 100`

/** The own minutes on this ticket alone, which is what can be corrected. */
export async function ownMinutes(tx: Tx, ticketId: string, staffId: string | null): Promise<number> {
  if (staffId === null) return 0
  const where = { workspaceId_ticketId_staffId: { workspaceId: tx.workspaceId, ticketId, staffId } }
  const known = await tx.handleTime.findUnique({ where, select: { seconds: true } })
  return Math.round((known?.seconds ?? 0) / MINUTE)
}
