import type { openHoursIn } from '../../sla/index.ts'

/** Somebody needs so long to keep a promise, and half of what is left where that is less. */
const WORK_MS = 3_600_000

/**
 * When to remind of a promise: at its time. One that is due while the desk is closed is kept before it closes, or not at all.
 * @param dueAt later than now
 * @param open when the desk is open; null where nobody said so
 */
export function remindingAt(dueAt: Date, now: Date, open: Awaited<ReturnType<typeof openHoursIn>>): Date {
  const [from, due] = [now.getTime(), dueAt.getTime()]
  const left = open?.between(from, due) ?? 0
  const closes = left > 0 ? open?.after(from, left) : null
  if (!open || !closes || closes >= due) return dueAt
  return new Date(open.after(from, left - Math.min(WORK_MS, left / 2)) ?? due)
}
