import type { RuleCondition, RuleDefinition, RuleWhen } from '../../../../shared/rules.ts'
import { wordsIn } from '../../../platform/words.ts'
import type { Facts } from './facts.ts'

const HOUR_MS = 3_600_000

/**
 * Whether a ticket is as a rule wants it.
 * @returns the conditions that made it so, for the report of a dry run; null when it is not
 */
export function whyHolds({ all, any }: Pick<RuleDefinition, 'all' | 'any'>, facts: Facts, now: Date) {
  if (!all.every((condition) => holds(condition, facts, now))) return null
  const one = any.find((condition) => holds(condition, facts, now))
  if (any.length > 0 && !one) return null
  return one ? [...all, one] : all
}

/** A rule that waits for time counts only while the ticket still stands there. */
export const stillStands = (when: RuleWhen, { status, waitsSince, snoozed }: Facts): boolean => {
  if (when.on === 'in_status') return status === when.status
  if (when.on === 'waiting') return waitsSince !== null
  if (when.on === 'before_due') return !snoozed
  return true
}

export function holds(condition: RuleCondition, facts: Facts, now: Date): boolean {
  if (condition.about === 'no_category') return facts.category === null
  if (condition.about === 'owner') return (facts.assigneeId === null) === (condition.is === 'nobody')
  if (condition.about === 'snoozed') return facts.snoozed === condition.is
  if (condition.about === 'open_now') return facts.openNow === condition.is
  if (condition.about === 'waited')
    return facts.waitsSince !== null && now.getTime() - facts.waitsSince.getTime() >= condition.hours * HOUR_MS
  if (condition.about === 'subject' || condition.about === 'message')
    return hasAny(facts[condition.about], condition.words) === (condition.is === 'has')
  const values: readonly string[] = condition.values
  return held(condition.about, facts).some((value) => values.includes(value)) === (condition.is === 'one_of')
}

type Listed = Extract<RuleCondition, { values: string[] }>['about']

/** What is compared with the values of a condition; nothing is none of them. */
function held(about: Listed, facts: Facts): string[] {
  const one = (value: string | null) => (value === null ? [] : [value])
  if (about === 'tags') return facts.tags
  if (about === 'language') return one(facts.tags.find((tag) => tag.startsWith('lang:'))?.slice(5) ?? facts.language)
  if (about === 'category') return one(facts.category?.trim().toLowerCase() ?? null)
  if (about === 'mailbox') return one(facts.mailboxId)
  if (about === 'owner_among') return one(facts.assigneeId)
  return one(facts[about])
}

/** Whether one of the phrases is in a text: all its words, whole, one after another. */
export function hasAny(text: string, phrases: readonly string[]): boolean {
  const spoken = ` ${wordsIn(text).join(' ')} `
  return phrases.some((phrase) => {
    const words = wordsIn(phrase).join(' ')
    return words !== '' && spoken.includes(` ${words} `)
  })
}
