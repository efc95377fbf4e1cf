import { judge, type Terms } from './judging.ts'
import { inOrder, type Mark } from './marks.ts'

/** When a ticket was due, from one of its marks to the next: milliseconds; `until` is null for the stretch that goes on. */
export type DueTime = { from: number; until: number | null; dueAt: number }

/** A ticket is written to thousands of times only by machines. */
const MOST_STRETCHES = 500

/**
 * When a ticket was due in its past, as its clocks foresaw it then: the nearest target that ran. What was due is counted by these terms,
 * whatever the rules were then.
 * @param since stretches that ended before are left out, in milliseconds
 */
export function dueTimes(marks: readonly Mark[], terms: Terms, since: number): DueTime[] {
  const ordered = inOrder(marks)
  const ends = ordered.map((_, n) => ordered[n + 1]?.at ?? null)
  const stretches = ordered.flatMap(({ at }, n) => {
    const until = ends[n] ?? null
    return until === at || (until !== null && until < since) ? [] : [{ from: at, until, told: n + 1 }]
  })
  return stretches.slice(-MOST_STRETCHES).flatMap(({ from, until, told }) => {
    const running = judge(ordered.slice(0, told), terms).clocks.filter(({ state }) => state === 'running')
    const dues = running.flatMap(({ dueAt }) => dueAt ?? [])
    return dues.length === 0 ? [] : [{ from, until, dueAt: Math.ceil(Math.min(...dues)) }]
  })
}
