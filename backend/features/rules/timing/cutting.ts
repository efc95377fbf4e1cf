import type { RuleWhen } from '../../../../shared/rules.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openHoursIn } from '../../sla/index.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Further back nobody looks for hours that were open. */
const YEAR_MS = 366 * 24 * HOUR_MS

type Timed = Exclude<RuleWhen, { on: 'event' }>
type Hours = NonNullable<Awaited<ReturnType<typeof openHoursIn>>>

/** What got somewhere by then has been there for long enough now. Without opening hours every hour counts. */
export async function longEnoughSince(tx: Tx, { hours, unit }: Timed): Promise<Date> {
  const open = unit === 'business_hours' ? await openHoursIn(tx) : null
  return new Date(before(open, tx.now.getTime(), hours))
}

/** So many hours before an instant, of those in which the desk was open; without opening hours every hour counts. Milliseconds. */
export const before = (open: Hours | null, at: number, hours: number): number =>
  open === null ? at - hours * HOUR_MS : openBefore(open, at, hours * HOUR_MS)

/** The last minute from which on so much has been open by now: found by halving, because more is open since an earlier one. */
function openBefore(open: Hours, now: number, length: number): number {
  let [early, late] = [now - YEAR_MS, now]
  while (late - early > MINUTE_MS) {
    const middle = (early + late) / 2
    if (open.between(middle, now) >= length) early = middle
    else late = middle
  }
  return early
}

/** What is due until then is near enough now. */
export async function nearEnoughUntil(tx: Tx, { hours, unit }: Timed): Promise<Date> {
  const open = unit === 'business_hours' ? await openHoursIn(tx) : null
  const now = tx.now.getTime()
  return new Date(open === null ? now + hours * HOUR_MS : (open.after(now, hours * HOUR_MS) ?? now))
}

/** From where on the record is read for a rule that is switched on now; null for what is not read from there. */
export const sweepFrom = async (tx: Tx, when: RuleWhen): Promise<Date | null> =>
  when.on === 'in_status' || when.on === 'waiting' ? longEnoughSince(tx, when) : null
