/// <reference path="./jstat.d.ts" />
import jstat from 'jstat'
import { believed } from './correlating.ts'

/** How often something came in the last stretch, and in equal stretches before it, oldest first. */
export type Series = { key: string; before: readonly number[]; now: number }

/** Something came much more often than it used to; `usual` is per stretch. */
export type Surprise = { key: string; now: number; usual: number; p: number }

/** Fewer stretches than these tell no usual. */
export const LEAST_BEFORE = 4
/** A surprise of so few is not worth anybody's morning. */
const LEAST_MORE = 5

/**
 * What came more often than before, beyond chance: the tail of a negative binomial, because real desks vary more than dice do; of many
 * looked at only what Holm believes.
 */
export function surprises(all: readonly Series[]): Surprise[] {
  const told = all
    .filter(({ before }) => before.length >= LEAST_BEFORE)
    .map(({ key, before, now }) => ({ key, now, usual: mean(before), p: chanceOf(now, before) }))
  const real = believed(told.map(({ p }) => p))
  return told.filter(({ now, usual }, n) => real[n] && now - usual >= LEAST_MORE).sort((a, b) => a.p - b.p)
}

const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length

/** How likely so many or more are, when the stretch is one like those before it. */
function chanceOf(now: number, before: readonly number[]): number {
  // Half a ticket more than was seen: what never came before is a surprise, and not an impossibility.
  const usual = (before.reduce((sum, count) => sum + count, 0) + 0.5) / before.length
  const variance = before.reduce((sum, count) => sum + (count - usual) ** 2, 0) / (before.length - 1)
  if (now <= usual) return 1
  if (variance <= usual) return jstat.lowRegGamma(now, usual) // the sum of a Poisson's tail; counting it up ends in NaN above some hundred
  const size = (usual * usual) / (variance - usual)
  return 1 - jstat.ibeta(size / (size + usual), size, now)
}
