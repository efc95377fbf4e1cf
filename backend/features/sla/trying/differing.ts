import { isDeepStrictEqual } from 'node:util'
import { SLA_TARGETS, type SlaPolicy, type SlaRules } from '../../../../shared/sla.ts'
import { TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import { PRIORITY_WORDS } from '../../tickets/index.ts'
import { minutesInWords, TARGET_WORDS } from '../showing/words.ts'

/** A policy as it was tried, and as it stands today; null for one that is new, or was taken away since. */
export type TriedPolicy = { policy: SlaPolicy; today: SlaPolicy | null }

/** Policies that are otherwise in the rules that were tried than in those of today. */
export const triedPolicies = (tried: SlaRules, today: SlaRules): TriedPolicy[] =>
  tried.policies.flatMap((policy) => {
    const before = today.policies.find(({ id }) => id === policy.id) ?? null
    return isDeepStrictEqual(policy, before) ? [] : [{ policy, today: before }]
  })

/** Targets that are otherwise, in words: «Normal, first answer: 4 h instead of 24 h». */
export const targetDifferences = ({ policy, today }: TriedPolicy): string[] =>
  [...TICKET_PRIORITIES].reverse().flatMap((priority) =>
    SLA_TARGETS.flatMap((target) => {
      const [will, was] = [lengthIn(policy, priority, target), today && lengthIn(today, priority, target)]
      if (will === (was ?? NONE)) return []
      const name = `${PRIORITY_WORDS[priority]}, ${TARGET_WORDS[target].toLowerCase()}`
      return [today ? `${name}: ${will} instead of ${was}` : `${name}: ${will}`]
    }),
  )

const NONE = 'no target'

function lengthIn(
  { targets, unit }: SlaPolicy,
  priority: keyof SlaPolicy['targets'],
  target: keyof SlaPolicy['targets']['low'],
): string {
  const minutes = targets[priority][target]
  if (minutes === null) return NONE
  return unit === 'minutes' ? minutesInWords(minutes) : `${minutesInWords(minutes, unit)} of open hours`
}
