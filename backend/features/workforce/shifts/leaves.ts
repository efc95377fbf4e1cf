import { type Leave, type LeaveKind, type LeaveWish, MOST_LEAVE_DAYS } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { cancelShifts } from './cancelling.ts'
import { daysFrom } from './days.ts'
import { leaveAdded, leaveRemoved } from './events.ts'
import { planNow } from './jobs.ts'
import { heldPeople, heldPerson, lockPlan } from './locking.ts'
import { dayProblem } from './planning-days.ts'
import { dayWords } from './words.ts'

/** @throws DeskError not_found, or invalid_request that names the leave that is there already */
export const addLeave = (ctx: Ctx, { staffId, ...wish }: LeaveWish, by: StaffActor): Promise<Leave> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const person = await heldPerson(tx, staffId)
    const problem = await problemOf(tx, { staffId, ...wish }, person.name)
    if (problem) throw new DeskError('invalid_request', problem)
    const [id = ''] = await addLeaves(tx, [{ staffId, ...wish }], by)
    return { id, staff: { id: staffId, name: person.name }, ...wish }
  })

async function problemOf(tx: Tx, { staffId, from, to }: LeaveWish, name: string): Promise<string | null> {
  if (to < from) return 'The last day comes after the first.'
  if (daysFrom(from, to) >= MOST_LEAVE_DAYS) return `Leave has ${MOST_LEAVE_DAYS} days at most.`
  const [other] = await tx.$queryRaw<{ from: string; to: string }[]>`
    select l.from_day::text as "from", l.to_day::text as "to" from desk.leave l
    where l.workspace_id = ${tx.workspaceId}::uuid and l.staff_id = ${staffId}::uuid and l.from_day <= ${to}::date
      and l.from_day > ${from}::date - 400 and l.to_day >= ${from}::date order by l.from_day limit 1`
  if (other)
    return `${name} has leave from ${dayWords(other.from)} to ${dayWords(other.to)}. Take that back first, or choose other days.`
  return dayProblem(await zoneOf(tx), from, tx.now)
}

/** Adds leave that lies over no other, and cancels the shifts of its days, also those that are over. @returns the ids */
export async function addLeaves(tx: Tx, wishes: readonly LeaveWish[], by: StaffActor): Promise<string[]> {
  const { workspaceId, now } = tx
  const rows = wishes.map((wish) => ({ ...wish, id: newId(now) }))
  await tx.$executeRaw`
    insert into desk.leave (workspace_id, id, staff_id, from_day, to_day, kind, by_id, at)
    select ${workspaceId}::uuid, n.id, n.staff_id, n.from_day, n.to_day, n.kind, ${by.id}::uuid, ${now}::timestamptz from ${unnested(rows)}`
  const gone = await tx.$queryRaw<{ id: string }[]>`
    select h.id::text from ${unnested(rows)}
    join desk.shift h on h.workspace_id = ${workspaceId}::uuid and h.staff_id = n.staff_id and h.cancelled is null
      and h.starts_at > n.from_day - interval '1 day' and h.starts_at < n.to_day + interval '2 days' and h.day between n.from_day and n.to_day`
  await cancelShifts(
    tx,
    gone.map(({ id }) => id),
    'leave',
  )
  await record(
    tx,
    rows.map(({ id, staffId }) => leaveAdded({ leaveId: id, staffId, by })),
  )
  return rows.map(({ id }) => id)
}

const unnested = (rows: readonly (LeaveWish & { id: string })[]): Prisma.Sql => Prisma.sql`
  unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ staffId }) => staffId)}::uuid[], ${rows.map(({ from }) => from)}::date[],
    ${rows.map(({ to }) => to)}::date[], ${rows.map(({ kind }) => kind)}::text[]) as n (id, staff_id, from_day, to_day, kind)`

/** Takes leave back: the shifts of its days take place again, unless others were planned since. @throws DeskError not_found */
export const removeLeave = (ctx: Ctx, leaveId: string, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const { workspaceId } = tx
    const [leave] = await tx.$queryRaw<{ staffId: string; from: string; to: string }[]>`
      select l.staff_id::text as "staffId", l.from_day::text as "from", l.to_day::text as "to" from desk.leave l
      where l.workspace_id = ${workspaceId}::uuid and l.id = ${leaveId}::uuid`
    if (!leave) throw new DeskError('not_found', 'There is no such leave: it was taken back already, or never added.')
    const people = await heldPeople(tx, [leave.staffId])
    await tx.leave.delete({ where: { workspaceId_id: { workspaceId, id: leaveId } } })
    if (people.length > 0) await restore(tx, leave)
    await settle(tx, leave)
    await planNow(tx, [leave.staffId])
    await record(tx, [leaveRemoved({ leaveId, staffId: leave.staffId, by })])
  })

type LeaveOf = { staffId: string; from: string; to: string }

const restore = (tx: Tx, { staffId, from, to }: LeaveOf) => tx.$executeRaw`
  update desk.shift h set cancelled = null
  where h.workspace_id = ${tx.workspaceId}::uuid and h.staff_id = ${staffId}::uuid and h.cancelled = 'leave'
    and h.starts_at > ${from}::date - interval '1 day' and h.starts_at < ${to}::date + interval '2 days' and h.day between ${from}::date and ${to}::date
    and not exists (select from desk.shift o where o.workspace_id = h.workspace_id and o.staff_id = h.staff_id and o.cancelled is null
      and o.starts_at > h.starts_at - interval '25 hours' and o.starts_at < h.ends_at and o.ends_at > h.starts_at)`

/** What gave way to something else does not come back with the next leave that is taken back. */
const settle = (tx: Tx, { staffId, from, to }: LeaveOf) => tx.$executeRaw`
  update desk.shift h set cancelled = 'exception'
  where h.workspace_id = ${tx.workspaceId}::uuid and h.staff_id = ${staffId}::uuid and h.cancelled = 'leave'
    and h.starts_at > ${from}::date - interval '1 day' and h.starts_at < ${to}::date + interval '2 days' and h.day between ${from}::date and ${to}::date`

type Row = { id: string; staffId: string; name: string; from: string; to: string; kind: LeaveKind }
export type LeavePlace = { to: string; id: string }

/** Leave that is not over on a day, by its last day. Exported so that a test can look at its plan. */
export const leavesSql = (
  workspaceId: string,
  {
    from,
    staffId,
    after = null,
    limit,
  }: { from: string; staffId?: string | undefined; after?: LeavePlace | null; limit: number },
): Prisma.Sql => Prisma.sql`
  select l.id::text, l.staff_id::text as "staffId", s.name, l.from_day::text as "from", l.to_day::text as "to", l.kind
  from desk.leave l join desk.staff s on s.workspace_id = l.workspace_id and s.id = l.staff_id
  where l.workspace_id = ${workspaceId}::uuid and l.to_day >= ${from}::date
    ${staffId === undefined ? Prisma.empty : Prisma.sql`and l.staff_id = ${staffId}::uuid`}
    ${after === null ? Prisma.empty : Prisma.sql`and (l.to_day, l.id) > (${after.to}::date, ${after.id}::uuid)`}
  order by l.to_day, l.id limit ${limit}`

export const leavesIn = async (tx: Tx, wanted: Parameters<typeof leavesSql>[1]): Promise<Leave[]> =>
  (await tx.$queryRaw<Row[]>(leavesSql(tx.workspaceId, wanted))).map(({ staffId, name, ...leave }) => ({
    ...leave,
    staff: { id: staffId, name },
  }))
