/// <reference path="./jstat.d.ts" />
import jstat from 'jstat'
import { believed } from './correlating.ts'

/** How often something came in the last stretch, and in equal stretches before it, oldest first. `fewer`: that there is less of it is news, too. */
export type Series = { key: string; before: readonly number[]; now: number; fewer?: boolean }

/** Something came much more, or much less, often than it used to; `usual` is per stretch. */
export type Surprise = { key: string; now: number; usual: number; p: number }

/** Fewer stretches than these tell no usual. */
export const LEAST_BEFORE = 4
/** A surprise of so few is not worth anybody's morning. */
const LEAST_APART = 5

/**
 * What came more often than before, or less often where that is asked, beyond chance: the tails of a negative binomial, because real desks
 * vary more than dice do; of many looked at only what Holm believes.
 */
export function surprises(all: readonly Series[]): Surprise[] {
  const told = all
    .filter(({ before }) => before.length >= LEAST_BEFORE)
    .map(({ key, before, now, fewer = false }) => ({ key, now, usual: mean(before), p: chanceOf(now, before, fewer) }))
  const real = believed(told.map(({ p }) => p))
  return told.filter(({ now, usual }, n) => real[n] && Math.abs(now - usual) >= LEAST_APART).sort((a, b) => a.p - b.p)
}

const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length

/** How likely so many or more are, or so few or fewer, when the stretch is one like those before it. */
function chanceOf(now: number, before: readonly number[], fewer: boolean): number {
  // Half a ticket more than was seen: what never came before is a surprise, and not an impossibility.
  const usual = (before.reduce((sum, count) => sum + count, 0) + 0.5) / before.length
  const variance = before.reduce((sum, count) => sum + (count - usual) ** 2, 0) / (before.length - 1)
  if (now <= usual && !fewer) return 1
  const oneSided = now > usual ? 1 - upTo(now - 1, usual, variance) : upTo(now, usual, variance)
  return fewer ? Math.min(1, 2 * oneSided) : oneSided // who looks at both sides sees chance twice as often
}

/** How likely so many or fewer are. */
function upTo(most: number, usual: number, variance: number): number {
  if (variance <= usual) return 1 - jstat.lowRegGamma(most + 1, usual) // the sum of a Poisson's; counting it up ends in NaN above some hundred
  const size = (usual * usual) / (variance - usual)
  return jstat.ibeta(size / (size + usual), size, most + 1)
}
