const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** After the first attempt, the second …: about three days in all, nearly as https://www.standardwebhooks.com advises. */
const PAUSES = [
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

/** However long a receiver wants to be left alone. */
const LONGEST_WISH = HOUR

/**
 * How long to wait after a failure, in milliseconds; null when it was the last attempt.
 * @param attempt counts from 1
 * @param wished seconds that the receiver asked for
 */
export function pauseAfter(attempt: number, wished: number | null): number | null {
  const pause = PAUSES[attempt - 1]
  if (pause === undefined) return null
  return Math.max(pause, Math.min((wished ?? 0) * 1_000, LONGEST_WISH))
}

/** An address where nobody answers is left alone for so long, whatever else waits for it. */
export const QUIET_MS = MINUTE

/** Nothing came through for so long: nobody is there. */
export const DEAD_MS = 72 * HOUR
