/** Times of work as somebody says that they were. */
export type Times = { startedAt: Date; endedAt: Date | null; breaks: readonly BreakSpan[] }
export type BreakSpan = { startedAt: Date; endedAt: Date | null }

const DAY_MS = 86_400_000

/**
 * What is wrong with times, in words; null when nothing is.
 * @param now nothing ends, or begins, later
 */
export function problemOf({ startedAt, endedAt, breaks }: Times, now: Date): string | null {
  const end = endedAt ?? now
  if (startedAt > now || end > now) return 'These times are not over yet. Write what was, not what will be.'
  if (end < startedAt) return 'Work ends after it begins. Look at the two times again.'
  if (end.getTime() - startedAt.getTime() > DAY_MS)
    return 'Nobody works for more than 24 hours at once. Write two times.'
  return breakProblemOf({ startedAt, endedAt: end, breaks }, endedAt === null)
}

function breakProblemOf({ startedAt, endedAt, breaks }: Times & { endedAt: Date }, goesOn: boolean): string | null {
  const ordered = breaks.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
  for (const [at, one] of ordered.entries()) {
    if (one.endedAt === null && !goesOn) return 'A break of work that is over has an end. Write when it ended.'
    const [end, next] = [one.endedAt ?? endedAt, ordered[at + 1]]
    if (end < one.startedAt) return 'A break ends after it begins. Look at its two times again.'
    if (one.startedAt < startedAt || end > endedAt) return 'A break lies inside the time of work. Move one of the two.'
    if (next && next.startedAt < end) return 'Two breaks lie over each other. Move one of them.'
    if (next && one.endedAt === null) return 'Only the last break can go on. Write when the others ended.'
  }
  return null
}
