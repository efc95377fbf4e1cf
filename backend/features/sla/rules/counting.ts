import { SlaRules } from '../../../../shared/sla.ts'
import type { TicketPriority } from '../../../../shared/tickets.ts'
import { type Clock, judge } from '../clock/judging.ts'
import { openedMark, type StoredMark } from '../clock/marks.ts'
import { allTime, type Measure, openTime } from '../clock/measure.ts'
import { type Opening, openYear } from '../clock/openings.ts'
import { DEFAULT_POLICY, defaultRules, hasHours } from './defaults.ts'
import { termsOf } from './loading.ts'

/** How a workspace counts, for whoever tells its past: the same clock, without the transaction that judges. */
export type Counting = {
  /** Open time; every minute counts until somebody says when the desk is open. */
  open: Measure
  /** Every clock that a ticket has had. @param policyId of the policy that took it; one that was removed is followed by the last one */
  clocks(marks: readonly StoredMark[], ticket: { policyId: string; priority: TicketPriority }): Clock[]
  /** When it is open in a year of UTC; nothing until somebody has said so. */
  openings(year: number): readonly Opening[]
}

/** @param kept as the rows hold them: rules are null while nothing was edited */
export function countingBy(kept: { rules: unknown; timeZone: string }): Counting {
  const rules = kept.rules === null ? defaultRules(kept.timeZone) : SlaRules.parse(kept.rules)
  const measure = openTime(rules.hours)
  const policies = new Map(rules.policies.map((policy) => [policy.id, policy]))
  const last = rules.policies.at(-1) ?? DEFAULT_POLICY
  const open = hasHours(rules.hours)
  return {
    open: open ? measure : allTime,
    clocks: (marks, { policyId, priority }) =>
      judge(marks.map(openedMark), termsOf(policies.get(policyId) ?? last, priority, measure)).clocks,
    openings: (year) => (open ? openYear(rules.hours, year).openings : []),
  }
}
