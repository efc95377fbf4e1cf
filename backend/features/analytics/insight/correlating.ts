/// <reference path="./jstat.d.ts" />
import jstat from 'jstat'

/** How two things go together: rank correlation from -1 to 1, and how likely chance alone would show as much. */
export type Correlation = { rho: number; p: number; pairs: number }

/** With fewer pairs a correlation says more of chance than of the desk. */
export const LEAST_PAIRS = 30

/**
 * Spearman's rank correlation: lengths of time are skewed, and ranks do not care. Its p value is of Student's t with n - 2 degrees.
 * @returns null with fewer than `LEAST_PAIRS` pairs, or when one side never varies
 */
export function correlate(pairs: readonly (readonly [number, number])[]): Correlation | null {
  if (pairs.length < LEAST_PAIRS) return null
  const rho = pearson(ranks(pairs.map(([one]) => one)), ranks(pairs.map(([, other]) => other)))
  if (rho === null) return null
  const degrees = pairs.length - 2
  const t = Math.abs(rho) * Math.sqrt(degrees / Math.max(1 - rho * rho, Number.EPSILON))
  return { rho, p: Math.min(1, 2 * (1 - jstat.studentt.cdf(t, degrees))), pairs: pairs.length }
}

/** Equal values share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, n) => ({ value, n })).sort((a, b) => a.value - b.value)
  const result = new Array<number>(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && order[to]?.value === order[from]?.value) to++
    for (const { n } of order.slice(from, to)) result[n] = (from + to - 1) / 2
    from = to
  }
  return result
}

function pearson(one: readonly number[], other: readonly number[]): number | null {
  const value = jstat.corrcoeff([...one], [...other])
  return Number.isFinite(value) ? value : null
}

/** Below this a finding is told as one: chance alone shows as much in one of twenty looks. */
const BELIEVED = 0.05

/**
 * Which of several findings to believe, by Holm: who looks at many things sees chance in one of them.
 * @param ps p values
 * @returns in the same order
 */
export function believed(ps: readonly number[]): boolean[] {
  const order = ps.map((p, n) => ({ p, n })).sort((a, b) => a.p - b.p)
  const result = ps.map(() => false)
  for (const [place, { p, n }] of order.entries()) {
    if (p > BELIEVED / (ps.length - place)) break
    result[n] = true
  }
  return result
}
