import { COVERAGE } from './forecasting.ts'

/** How far a forecast was off on a known day, so many days after the last one that it knew (0: the next), as a difference of square roots. */
export type Off = { ahead: number; off: number }

/** Days that share one width: more of them and the sixth week has the bounds of the first, fewer and chance sets them. */
const GROUP = 14
/** Fewer known days say nothing of how far off four of five are. */
export const LEAST_OFFS = 7

/**
 * How wide bounds have to be to hold `COVERAGE` of days, by how far ahead a day lies: as wide as forecasts were off on known days, whatever
 * the model thinks of itself. What lies further ahead is never surer than what lies nearer.
 * @returns half a width, of square roots; null with fewer than `LEAST_OFFS` known days
 */
export function widthsOf(offs: readonly Off[]): ((ahead: number) => number) | null {
  if (offs.length < LEAST_OFFS) return null
  const groups: number[] = []
  for (let from = 0; from <= Math.max(...offs.map(({ ahead }) => ahead)); from += GROUP) {
    const own = offs.filter(({ ahead }) => from <= ahead && ahead < from + GROUP).map(({ off }) => Math.abs(off))
    groups.push(Math.max(groups.at(-1) ?? 0, own.length < LEAST_OFFS ? 0 : quantile(own)))
  }
  return (ahead) => groups[Math.min(Math.trunc(ahead / GROUP), groups.length - 1)] ?? 0
}

/** The smallest that holds the share also of a day that is not among them: a rank further than their own quantile. */
function quantile(sizes: readonly number[]): number {
  const order = [...sizes].sort((one, other) => one - other)
  return order[Math.min(order.length, Math.ceil((order.length + 1) * COVERAGE)) - 1] ?? 0
}

/** Bounds around what is expected on a day. */
export const boundsAround = (root: number, width: number): { lower: number; upper: number } => ({
  lower: Math.max(0, root - width) ** 2,
  upper: (root + width) ** 2,
})
