import { setTimeout as pause } from 'node:timers/promises'
import type { TravellingClock } from '../../../backend/platform/clock.ts'
import type { Day } from '../../scenarios/busy-day/day.ts'
import { drawFrom } from '../../scenarios/busy-day/drawing.ts'
import { DAY, WORKERS } from '../../scenarios/busy-day/people.ts'
import { callAs, Refused } from '../desk-api.ts'
import type { Workbench } from '../workbench.ts'
import { type Act, work } from './acts.ts'
import { arrive, type Delivered } from './arriving.ts'
import { answerLeftovers } from './backlog.ts'
import type { Conversations } from './conversation.ts'
import { openHours } from './hours.ts'
import { everythingRead } from './reading.ts'
import { sayHowSoon } from './rules.ts'
import { atDesk, pick } from './shifts.ts'
import type { Desk, Person } from './working.ts'

/** Minutes of the day that go by at once. */
const STEP = 5
const QUICK_STEP = 30

export interface PlayOptions {
  day: Day
  seed: number
  clock: TravellingClock
  /** Eight in the morning in the shop's own time. */
  morning: Date
  /** How long it takes at least, in milliseconds; 0 is as fast as it goes. */
  lasts: number
  told?: (line: string) => void
  signal?: AbortSignal
}

export interface Played {
  delivered: Delivered[]
  /** Acts of each agent, by address. */
  acts: Map<string, Act[]>
  /** What the desk refused, in its words; the mail is left to somebody else. */
  refused: string[]
}

/** The day itself: in steps of five minutes mails come, are read, and are worked on by whoever is at the desk. */
export async function playDay(workbench: Workbench, options: PlayOptions): Promise<Played> {
  const { day, clock, morning, lasts, told = () => {}, signal } = options
  const { google, backend, workspaceId } = workbench
  const hours = await openHours(clock, workbench.database.jobsUrl)
  const draw = drawFrom(options.seed + 1)
  const step = lasts > 0 ? STEP : QUICK_STEP
  const begun = performance.now()
  const played: Played = { delivered: [], acts: new Map(WORKERS.map(({ agent }) => [agent.email, []])), refused: [] }
  const all: Conversations = []
  const momentOf = (minute: number) => new Date(morning.getTime() + (minute - DAY.from) * 60_000)
  try {
    const desk = await deskOf(workbench, clock)
    const people = WORKERS.map((worker, place) => ({ ...worker, draw: drawFrom(options.seed + 2 + place) }))
    const scene = { google, draw, all, now: () => clock.now() }
    for (let minute: number = DAY.from; minute < DAY.to; minute += step) {
      for (const arrival of day.arrivals.filter((one) => one.minute >= minute && one.minute < minute + step)) {
        signal?.throwIfAborted()
        clock.travel(Math.max(0, momentOf(arrival.minute).getTime() - clock.now().getTime()))
        played.delivered.push(await arrive(scene, arrival))
      }
      await everythingRead(google, backend, workspaceId)
      await answerLeftovers(desk, minute, minute + step)
      const here = people.filter((person) => atDesk(person, minute))
      await workFor(desk, here, step, all, played)
      await hours.passUntil(momentOf(minute + step))
      told(`${clockWords(minute)}, ${played.delivered.length} of ${day.arrivals.length} mails`)
      await slowDown(begun, (lasts * (minute - DAY.from)) / (DAY.to - DAY.from), signal)
    }
    await everythingRead(google, backend, workspaceId)
    return played
  } finally {
    await hours.close()
  }
}

async function deskOf({ google, backend }: Workbench, clock: TravellingClock): Promise<Desk> {
  const { url } = backend
  await sayHowSoon(google, url)
  const { items } = (await callAs(google, WORKERS[0]?.agent.email ?? '', `${url}/v1/staff`, 'GET')) as {
    items: { id: string; email: string }[]
  }
  return { google, url, now: () => clock.now(), staffIds: new Map(items.map(({ id, email }) => [email, id])) }
}

/** Agents work side by side, each on one mail after the other; who did least begins. */
async function workFor(
  desk: Desk,
  people: Person[],
  minutes: number,
  all: Conversations,
  { acts, refused }: Played,
): Promise<void> {
  const done = ({ agent }: Person) => acts.get(agent.email) ?? []
  const inOrder = people
    .map((person) => ({ person, mails: mailsIn(person, minutes) }))
    .sort((one, other) => done(one.person).length - done(other.person).length)
  for (let round = 0; inOrder.some(({ mails }) => mails > round); round++) {
    const now = inOrder.filter(({ mails }) => mails > round)
    await Promise.all(
      now.map(async ({ person }) => {
        const one = pick(person, all)
        if (!one) return
        try {
          done(person).push(await work(desk, person, one))
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          refused.push(error.message)
        }
      }),
    )
  }
}

/** A pace of six in an hour is one in ten minutes; of what is left over, sometimes one more. */
const mailsIn = ({ pace, draw }: Person, minutes: number) => {
  const due = (pace * minutes) / 60
  return Math.floor(due) + (draw.chance(due % 1) ? 1 : 0)
}

const clockWords = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

async function slowDown(begun: number, due: number, signal?: AbortSignal): Promise<void> {
  const early = begun + due - performance.now()
  if (early > 0) await pause(early, undefined, signal ? { signal } : {})
  signal?.throwIfAborted()
}
