import { travellingClock } from '../../../backend/platform/clock.ts'
import { DAY } from '../../scenarios/busy-day/people.ts'

const MINUTE = 60_000
const DAY_MS = 1440 * MINUTE

/** What clocks in London show at a moment, as if it were UTC. */
function onLondonsWall(moment: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).formatToParts(moment)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** The next morning of a working day at which the shop's desk opens, in milliseconds since 1970. */
export function nextMorning(now: number): number {
  const today = Math.floor(now / DAY_MS) * DAY_MS
  for (let day = today; ; day += DAY_MS) {
    const guess = day + DAY.from * MINUTE
    const morning = guess - (onLondonsWall(guess) - guess)
    const weekday = new Date(morning).getUTCDay()
    if (morning > now && weekday !== 0 && weekday !== 6) return morning
  }
}

/** The clock of the busy day: it stands at the morning when the workbench starts, and is moved on from there. */
export function clockOfTheDay() {
  const real = Date.now()
  const morning = nextMorning(real)
  return { clock: travellingClock(morning - real), morning: new Date(morning) }
}
