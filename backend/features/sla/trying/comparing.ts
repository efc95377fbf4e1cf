import type { SlaTarget } from '../../../../shared/sla.ts'
import { type Clock, judge } from '../clock/judging.ts'
import type { Mark } from '../clock/marks.ts'
import { type ReadyRules, termsFor } from '../rules/loading.ts'
import type { Matched } from '../rules/matching.ts'

/** One clock by the rules of today and by those that are tried; a clock without a target is not late. */
export type Compared = {
  target: SlaTarget
  wasLate: boolean
  willBeLate: boolean
  lateMs: { was: number; will: number }
}

/** A ticket as both see it: who is a VIP may differ, what happened does not. */
type Tried = { was: Matched; will: Matched; marks: readonly Mark[] }

/**
 * What other rules would have made of the clocks of a ticket. The marks are what happened, so that both are judged by the same facts.
 * @param until open clocks are looked at as they stand then, in milliseconds
 */
export function compare(today: ReadyRules, tried: ReadyRules, ticket: Tried, until: number): Compared[] {
  const was = clocksBy(today, ticket.was, ticket.marks, until)
  const will = clocksBy(tried, ticket.will, ticket.marks, until)
  return [...was.keys()].flatMap((key) => {
    const [before, after] = [was.get(key), will.get(key)]
    if (!before || !after || (before.limit === null && after.limit === null)) return []
    const lateMs = { was: before.lateMs, will: after.lateMs }
    return [{ target: before.target, wasLate: lateMs.was > 0, willBeLate: lateMs.will > 0, lateMs }]
  })
}

type Judged = { target: SlaTarget; limit: number | null; lateMs: number }

/** By what they measure and when they began: which clocks there are follows from the marks alone. */
function clocksBy(rules: ReadyRules, ticket: Matched, marks: readonly Mark[], until: number): Map<string, Judged> {
  const { terms } = termsFor(rules, ticket)
  const { clocks } = judge(marks, terms)
  return new Map(
    clocks.map((clock) => [
      `${clock.target}/${clock.since}`,
      { target: clock.target, limit: clock.limit, lateMs: lateBy(clock, until) },
    ]),
  )
}

/** By the calendar, because that is how long the customer waited. */
const lateBy = ({ limit, dueAt, endedAt }: Clock, until: number): number =>
  limit === null || dueAt === null ? 0 : Math.max(0, (endedAt ?? until) - dueAt)
