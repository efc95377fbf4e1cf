import type { AgentStanding, AssignmentMode, GivenHow, GivingProblem, Skills } from '../../../shared/assignment.ts'
import type { CategoryLabels } from '../tickets/index.ts'

export const MODE_WORDS: Record<AssignmentMode, string> = {
  off: 'Off: people take tickets themselves',
  round_robin: 'In turn (round robin)',
  least_loaded: 'Whoever has the fewest tickets',
  by_skill: 'Whoever has the most skills that fit, then the fewest tickets',
}

/** Ends «Given to you: …». */
export const HOW_WORDS: Record<GivenHow, string> = {
  round_robin: 'in turn',
  least_loaded: 'fewest tickets',
  by_skill: 'skills',
  returning: 'had this customer’s last ticket',
}

export const PROBLEM_WORDS: Record<GivingProblem, string> = {
  nobody_available: 'Nobody is available. It is given to the first who is.',
  no_skill: 'Nobody who is available takes such tickets.',
  all_full: 'Everybody who takes such tickets has as many as they take.',
}

/** What somebody takes, in a line. @param labels what categories are called */
export function skillWords({ categories, languages, tags }: Skills, labels: CategoryLabels): string {
  const parts = [
    categories.length > 0 ? categories.map((id) => labels.get(id) ?? id).join(', ') : null,
    languages.length > 0 ? `in ${languages.join(', ')}` : null,
    tags.length > 0 ? `tagged ${tags.join(', ')}` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'Everything' : parts.join(' · ')
}

/** Whether somebody is given tickets, in a word. */
export function standingWords({
  available,
  onBreak,
  offShift,
}: Pick<AgentStanding, 'available' | 'onBreak' | 'offShift'>): string {
  if (!available) return 'Away'
  if (onBreak) return 'On a break'
  return offShift ? 'Off shift' : 'Available'
}
