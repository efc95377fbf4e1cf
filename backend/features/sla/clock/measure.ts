import type { BusinessHours } from '../../../../shared/sla.ts'
import { type Opening, type OpenYear, openYear } from './openings.ts'

/** How time is counted for a target; instants and lengths in milliseconds. */
export type Measure = {
  /** What counts between two instants; 0 when the second is not later. */
  between(from: number, to: number): number
  /** The first instant at which so much has counted since `from`; null when that never comes. */
  after(from: number, length: number): number | null
}

/** Every minute counts. */
export const allTime: Measure = {
  between: (from, to) => Math.max(0, to - from),
  after: (from, length) => from + Math.max(0, length),
}

/** Further ahead nobody waits; hours that never come again end here. */
const YEARS_AHEAD = 20

/** Only open time counts. Years are laid out when they are first asked about, and kept. */
export function openTime(hours: BusinessHours): Measure {
  const years = new Map<number, OpenYear>()
  const open = (year: number): OpenYear => {
    const known = years.get(year) ?? openYear(hours, year)
    years.set(year, known)
    return known
  }
  const sinceNewYear = (at: number) => openBefore(open(yearOf(at)), at)

  return {
    between(from, to) {
      if (to <= from) return 0
      const last = yearOf(to)
      let whole = 0
      for (let year = yearOf(from); year < last; year++) whole += open(year).total
      return whole + sinceNewYear(to) - sinceNewYear(from)
    },
    after(from, length) {
      if (length <= 0) return from
      const first = yearOf(from)
      let wanted = length + sinceNewYear(from)
      for (let year = first; year <= first + YEARS_AHEAD; year++) {
        const { openings, total } = open(year)
        if (wanted <= total) return reached(openings, wanted)
        wanted -= total
      }
      return null
    },
  }
}

const yearOf = (at: number) => new Date(at).getUTCFullYear()

function openBefore({ openings }: OpenYear, at: number): number {
  const opening = openings[lastWhere(openings, ({ from }) => from < at)]
  return opening ? opening.before + Math.min(at, opening.to) - opening.from : 0
}

/** @param wanted more than 0 and not more than all of the year */
function reached(openings: readonly Opening[], wanted: number): number {
  const { from, before } = openings[lastWhere(openings, (opening) => opening.before < wanted)] as Opening
  return from + wanted - before
}

/** The place of the last one that still holds, in a list where those that hold come first; -1 for none. */
function lastWhere<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(list[middle] as T)) low = middle + 1
    else high = middle
  }
  return low - 1
}
