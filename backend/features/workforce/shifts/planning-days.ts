import type { Hours, Shift } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { isDay } from '../wall-times.ts'
import { cancelShifts } from './cancelling.ts'
import { dayProblemOf } from './checking-hours.ts'
import { laterBy } from './days.ts'
import { draftDays } from './drafting-days.ts'
import { dayPlanned } from './events.ts'
import { planNow } from './jobs.ts'
import { wallClock } from './laying-out.ts'
import { heldPerson, lockPlan } from './locking.ts'
import { presentShift, type ShiftRow, shiftsBetween } from './reading.ts'
import { saveDays } from './saving-days.ts'

/** A plan is corrected so many days back, and made so many days ahead. */
export const DAYS_BACK = 62
export const DAYS_ON = 366

type Whose = { staffId: string; day: string }

/**
 * Plans a day of somebody by hand; no hours are a day off.
 * @throws DeskError not_found, or invalid_request that names what the hours lie over
 */
export const planDay = (ctx: Ctx, { staffId, day }: Whose, hours: readonly Hours[], by: StaffActor): Promise<Shift[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const person = await heldPerson(tx, staffId)
    const zone = await zoneOf(tx)
    const problem = dayProblem(zone, day, tx.now) ?? dayProblemOf(hours)
    if (problem) throw new DeskError('invalid_request', problem)
    const drafts = await draftDays(tx, wallClock(zone), zone, [{ person, day, hours }])
    const refused = drafts.find((draft) => draft.problem !== null)?.problem
    if (refused) throw new DeskError('invalid_request', refused)
    await saveDays(tx, drafts, 'exception', by)
    return (await shiftsOfDay(tx, zone, { staffId, day })).map(presentShift)
  })

/** Why a day is not planned; null when it may be. */
export function dayProblem(zone: string, day: string, now: Date): string | null {
  const today = dayIn(zone, now)
  if (!isDay(day)) return 'This is no day of the calendar. Write one like 2026-11-23.'
  if (day < laterBy(today, -DAYS_BACK)) return `A plan is corrected ${DAYS_BACK} days back at most.`
  return day > laterBy(today, DAYS_ON) ? 'A plan is made a year ahead at most.' : null
}

/** Gives a day of somebody back to their template. What has begun stays. @throws DeskError not_found, invalid_request */
export const planByTemplate = (ctx: Ctx, { staffId, day }: Whose, by: StaffActor): Promise<Shift[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    await heldPerson(tx, staffId)
    const zone = await zoneOf(tx)
    const problem = dayProblem(zone, day, tx.now)
    if (problem) throw new DeskError('invalid_request', problem)
    const marked = await tx.$executeRaw`
      delete from desk.shift_exception where workspace_id = ${tx.workspaceId}::uuid and staff_id = ${staffId}::uuid and day = ${day}::date`
    if (marked > 0) {
      const before = await shiftsOfDay(tx, zone, { staffId, day })
      const ahead = before.filter(({ startsAt, source }) => startsAt > tx.now && source !== 'template')
      await cancelShifts(
        tx,
        ahead.map(({ id }) => id),
        'exception',
      )
      await planNow(tx, [staffId])
    }
    const shifts = await shiftsOfDay(tx, zone, { staffId, day })
    if (marked > 0) await record(tx, [dayPlanned({ staffId, day, source: 'template', shifts: shifts.length, by })])
    return shifts.map(presentShift)
  })

/** Shifts of somebody that belong to a day. */
export async function shiftsOfDay(tx: Tx, zone: string, { staffId, day }: Whose): Promise<ShiftRow[]> {
  const clock = wallClock(zone)
  return shiftsBetween(tx, clock(day, 0), clock(laterBy(day, 1), 0), staffId)
}
