import type { Hours } from '../../../../shared/shifts.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { laterBy } from './days.ts'
import { layOut, overlap, type Stretch, type WallClock } from './laying-out.ts'
import { type Planned, startProblemOf } from './locking.ts'
import { hoursWords, shiftWords } from './words.ts'

/** Hours of somebody on a day, as somebody wants them; none are a day off. */
export type DayWish = { person: Planned; day: string; hours: readonly Hours[] }

type Known = Stretch & { id: string; staffId: string }

/** A wish against what is planned. */
export type DayDraft = DayWish & {
  before: Known[]
  /** As they will be. */
  after: Stretch[]
  /** Nothing is to be done. */
  unchanged: boolean
  /** Why it cannot be, in words that name both; null when it can. */
  problem: string | null
}

/** What is planned around some days of people. */
type Around = {
  /** By person and day. */
  shifts: ReadonlyMap<string, Known[]>
  byHand: ReadonlySet<string>
  leave: ReadonlyMap<string, { from: string; to: string }[]>
}

/** Holds wishes against the plan, all of them at once; each day of a person is wished for once. */
export async function draftDays(
  tx: Tx,
  clock: WallClock,
  zone: string,
  wishes: readonly DayWish[],
): Promise<DayDraft[]> {
  if (wishes.length === 0) return []
  const around = await aroundOf(tx, wishes)
  const laid = wishes.map((wish) => ({ ...wish, after: layOut(clock, [wish]) }))
  const wished = new Map(laid.map(({ person, day, after }) => [keyOf(person.id, day), after]))
  return laid.map((wish) => {
    const key = keyOf(wish.person.id, wish.day)
    const before = around.shifts.get(key) ?? []
    const isSame = before.length === wish.after.length && wish.after.every((each, n) => sameTimes(each, before[n]))
    const unchanged = isSame && (before.length > 0 || around.byHand.has(key))
    const others = DAYS_NEAR.flatMap((days) => {
      const near = keyOf(wish.person.id, laterBy(wish.day, days))
      return wished.get(near) ?? around.shifts.get(near) ?? []
    })
    return { ...wish, before, unchanged, problem: unchanged ? null : problemOf(wish, others, around, zone) }
  })
}

const keyOf = (staffId: string, day: string): string => `${staffId}/${day}`

/** No shift reaches further; another day for a plan that was made in another time zone. */
const DAYS_NEAR = [-2, -1, 1, 2]

const sameTimes = (one: Stretch, other: Stretch | undefined): boolean =>
  one.startsAt.getTime() === other?.startsAt.getTime() && one.endsAt.getTime() === other.endsAt.getTime()

function problemOf(
  { person, day, after }: DayWish & { after: readonly Stretch[] },
  others: readonly Stretch[],
  { leave }: Around,
  zone: string,
): string | null {
  const early = startProblemOf(person, day)
  if (early) return early
  const away = (leave.get(person.id) ?? []).some(({ from, to }) => from <= day && day <= to)
  if (away && after.length > 0)
    return `${person.name} has leave on this day. Take the leave back first, or choose another day.`
  for (const one of after) {
    const other = others.find((each) => overlap(one, each))
    if (other)
      return `${person.name}: ${hoursWords(zone, one)} on this day lies over ${shiftWords(zone, other)}. Move one of them.`
  }
  return null
}

async function aroundOf(tx: Tx, wishes: readonly DayWish[]): Promise<Around> {
  const ids = [...new Set(wishes.map(({ person }) => person.id))]
  const days = wishes.map(({ day }) => day).toSorted()
  const [from, to] = [laterBy(days[0] ?? '', -2), laterBy(days.at(-1) ?? '', 3)]
  const { workspaceId } = tx
  const shifts = await tx.$queryRaw<Known[]>`
    select h.id::text, h.staff_id::text as "staffId", h.day::text, h.starts_at as "startsAt", h.ends_at as "endsAt" from desk.shift h
    where h.workspace_id = ${workspaceId}::uuid and h.staff_id = any(${ids}::uuid[]) and h.cancelled is null
      and h.starts_at > ${from}::timestamptz and h.starts_at < ${to}::timestamptz order by h.starts_at`
  const byHand = await tx.$queryRaw<{ key: string }[]>`
    select e.staff_id::text || '/' || e.day::text as key from desk.shift_exception e
    where e.workspace_id = ${workspaceId}::uuid and e.staff_id = any(${ids}::uuid[]) and e.day between ${from}::date and ${to}::date`
  const leave = await tx.$queryRaw<{ staffId: string; from: string; to: string }[]>`
    select l.staff_id::text as "staffId", l.from_day::text as "from", l.to_day::text as "to" from desk.leave l
    where l.workspace_id = ${workspaceId}::uuid and l.staff_id = any(${ids}::uuid[]) and l.from_day <= ${to}::date and l.from_day > ${from}::date - 400
      and l.to_day >= ${from}::date`
  return {
    shifts: Map.groupBy(shifts, ({ staffId, day }) => keyOf(staffId, day)),
    byHand: new Set(byHand.map(({ key }) => key)),
    leave: Map.groupBy(leave, ({ staffId }) => staffId),
  }
}
