/** Times in this folder are milliseconds since 1970, UTC. */
export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

/** A stretch of time in which the clocks of a zone keep one distance to UTC, in milliseconds. */
export type Stretch = { from: number; to: number; offset: number }

/** Asking for a distance is slow, and clocks are turned twice a year. */
const known = new Map<string, readonly Stretch[]>()

/** The stretches that a zone has in a year of UTC, without a gap. @param timeZone IANA */
export function stretchesOf(timeZone: string, year: number): readonly Stretch[] {
  const name = `${timeZone}/${year}`
  const held = known.get(name)
  if (held) return held
  const found = readYear(timeZone, year)
  known.set(name, found)
  return found
}

function readYear(timeZone: string, year: number): Stretch[] {
  const offsetAt = offsetsOf(timeZone)
  const [start, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const stretches: Stretch[] = []
  let [from, offset] = [start, offsetAt(start)]
  for (let day = start; day < end; day += DAY_MS) {
    const next = offsetAt(day + DAY_MS)
    if (next === offset) continue
    const turned = turningIn(offsetAt, day, day + DAY_MS)
    stretches.push({ from, to: turned, offset })
    from = turned
    offset = next
  }
  stretches.push({ from, to: end, offset })
  return stretches.filter((stretch) => stretch.from < Math.min(stretch.to, end))
}

/** The first second at which the clocks stand as they do at `late`. */
function turningIn(offsetAt: (at: number) => number, early: number, late: number): number {
  const turned = offsetAt(late)
  let [before, after] = [early, late]
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2_000) * 1_000
    if (offsetAt(middle) === turned) after = middle
    else before = middle
  }
  return after
}

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/

function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  return (at) => {
    const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(format.format(at)) ?? []
    const size = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000
    return sign === '-' ? -size : size
  }
}
