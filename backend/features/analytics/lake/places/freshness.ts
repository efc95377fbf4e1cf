import type { Freshness } from '../../../../../shared/analytics.ts'
import type { Pulse, Root } from './layout.ts'

/** So many pulls may be late before figures are called old; a large pull takes longer than the pause between two. */
const LATE_PULLS = 5
const LATE_MS = 20_000

/** `machine` is what a clock on the wall says: the desk's own goes faster in a story, and jumps in a test. */
type Seen = { root: Root | null; pulse: Pulse | null; now: Date; machine: Date; everyMs: number }

/** How old figures are, and why, from what the writer left. */
export function freshnessOf({ root, pulse, now, machine, everyMs }: Seen): Freshness {
  if (!root) {
    const words =
      pulse?.state === 'failing'
        ? `There are no figures yet: ${pulse.words}`
        : 'The figures are made for the first time.'
    return { state: 'missing', asOf: null, words }
  }
  const follows = pulse?.state === 'following' && pulse.commit === root.commit
  const asOf = follows && pulse.at > root.asOf ? pulse.at : root.asOf
  const late = pulse?.told ? machine.getTime() - Date.parse(pulse.told) : now.getTime() - Date.parse(asOf)
  const isLate = late > LATE_MS + LATE_PULLS * everyMs
  if (pulse?.state === 'rebuilding' && pulse.told && isLate)
    return {
      state: 'behind',
      asOf,
      words:
        'They were being made anew, and nothing was heard of that for a while: the process that keeps the figures may not be running.',
    }
  if (pulse?.state === 'rebuilding')
    return {
      state: 'rebuilding',
      asOf,
      words: `The figures are made anew and are older meanwhile. ${pulse.words}`.trim(),
    }
  if (pulse?.state === 'failing') return { state: 'behind', asOf, words: pulse.words }
  if (isLate)
    return {
      state: 'behind',
      asOf,
      words: 'Nothing has come in for a while: the process that keeps the figures may not be running.',
    }
  return { state: 'fresh', asOf, words: 'Everything that happened until then is in.' }
}
