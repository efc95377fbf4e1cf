import type { Slot } from '../../../../shared/shifts.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { addShifts, forgetShifts } from './cancelling.ts'
import { daysOf, laterBy, weekdayOf } from './days.ts'
import { layOut, overlap, type Stretch, type WallClock, wallClock } from './laying-out.ts'
import { heldPeople, type Planned } from './locking.ts'

/** Templates are written out so many days ahead. */
export const DAYS_AHEAD = 56

/** What a plan of somebody follows from; days are YYYY-MM-DD. */
type Basis = {
  staffId: string
  uses: { from: string; to: string | null; slots: Slot[] }[]
  /** Planned by hand. */
  byHand: string[]
  leave: { from: string; to: string }[]
  /** That take place and are not over, by their begin. */
  shifts: { id: string; day: string; startsAt: string; endsAt: string; source: string }[]
}

/** Templates of people become shifts: what has begun stays, days by hand and leave are left alone. The plan is locked by whoever calls. */
export async function writeOut(tx: Tx, staffIds: readonly string[]): Promise<void> {
  const people = await heldPeople(tx, staffIds)
  const zone = await zoneOf(tx)
  const today = dayIn(zone, tx.now)
  const days = daysOf(today, laterBy(today, DAYS_AHEAD))
  const bases = await tx.$queryRaw<Basis[]>(basesSql(tx, { staffIds, today }))
  const clock = wallClock(zone)
  const plans = bases.map((basis) => {
    const person = people.find(({ id }) => id === basis.staffId)
    return { ...changesOf(basis, person ? wantedOf(clock, person, basis, days) : [], tx.now), staffId: basis.staffId }
  })
  await forgetShifts(
    tx,
    plans.flatMap(({ stale }) => stale),
  )
  const missing = plans.flatMap(({ staffId, missing: all }) =>
    all.map((stretch) => ({ ...stretch, staffId, id: newId(tx.now) })),
  )
  await addShifts(tx, missing, 'template')
}

/** Exported so that a test can look at its plan. */
export const basesSql = (
  { workspaceId, now }: Pick<Tx, 'workspaceId' | 'now'>,
  { staffIds, today }: { staffIds: readonly string[]; today: string },
): Prisma.Sql => Prisma.sql`
  select s.id::text as "staffId",
    (select coalesce(json_agg(json_build_object('from', u.from_day, 'to', u.to_day, 'slots', t.slots)), '[]')
      from desk.shift_template_use u join desk.shift_template t on t.workspace_id = u.workspace_id and t.id = u.template_id
      where u.workspace_id = s.workspace_id and u.staff_id = s.id and coalesce(u.to_day, 'infinity') >= ${today}::date) as uses,
    (select coalesce(json_agg(e.day), '[]') from desk.shift_exception e
      where e.workspace_id = s.workspace_id and e.staff_id = s.id and e.day >= ${today}::date) as "byHand",
    (select coalesce(json_agg(json_build_object('from', l.from_day, 'to', l.to_day)), '[]') from desk.leave l
      where l.workspace_id = s.workspace_id and l.staff_id = s.id and l.from_day > ${today}::date - 400 and l.to_day >= ${today}::date) as leave,
    (select coalesce(json_agg(json_build_object('id', h.id, 'day', h.day, 'startsAt', h.starts_at, 'endsAt', h.ends_at, 'source', h.source)), '[]')
      from desk.shift h where h.workspace_id = s.workspace_id and h.staff_id = s.id and h.cancelled is null
        and h.starts_at > ${now}::timestamptz - interval '25 hours' and h.ends_at > ${now}) as shifts
  from desk.staff s where s.workspace_id = ${workspaceId}::uuid and s.id = any(${[...staffIds]}::uuid[])`

function wantedOf(
  clock: WallClock,
  { startedOn }: Planned,
  { uses, byHand, leave }: Basis,
  days: readonly string[],
): Stretch[] {
  const hand = new Set(byHand)
  const free = days.filter(
    (day) =>
      !hand.has(day) &&
      (startedOn === null || day >= startedOn) &&
      !leave.some(({ from, to }) => from <= day && day <= to),
  )
  const planned = free.map((day) => {
    const use = uses.find(({ from, to }) => from <= day && (to === null || day <= to))
    return { day, hours: (use?.slots ?? []).filter(({ weekday }) => weekday === weekdayOf(day)) }
  })
  return layOut(clock, planned)
}

/** What is planned otherwise, and what is missing. What somebody planned by hand, and what has begun, goes before a template. */
function changesOf(
  { shifts, byHand }: Basis,
  wanted: readonly Stretch[],
  now: Date,
): { stale: string[]; missing: Stretch[] } {
  const known = shifts.map(({ id, day, source, ...times }) => ({
    id,
    startsAt: new Date(times.startsAt),
    endsAt: new Date(times.endsAt),
    changeable: source === 'template' && !byHand.includes(day) && new Date(times.startsAt) > now,
  }))
  const fixed = known.filter(({ changeable }) => !changeable)
  const right = wanted.filter((stretch) => stretch.startsAt > now && !fixed.some((other) => overlap(stretch, other)))
  const keyOf = ({ startsAt, endsAt }: Omit<Stretch, 'day'>) => `${startsAt.getTime()}/${endsAt.getTime()}`
  const [rightKeys, knownKeys] = [new Set(right.map(keyOf)), new Set(known.map(keyOf))]
  return {
    stale: known.filter((each) => each.changeable && !rightKeys.has(keyOf(each))).map(({ id }) => id),
    missing: right.filter((stretch) => !knownKeys.has(keyOf(stretch))),
  }
}
