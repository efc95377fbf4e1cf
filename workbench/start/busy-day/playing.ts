import { setTimeout as pause } from 'node:timers/promises'
import type { TravellingClock } from '../../../backend/platform/clock.ts'
import type { Day } from '../../scenarios/busy-day/day.ts'
import { drawFrom } from '../../scenarios/busy-day/drawing.ts'
import { DAY, WORKERS } from '../../scenarios/busy-day/people.ts'
import { callAs } from '../desk-api.ts'
import type { Workbench } from '../workbench.ts'
import { type Act, work } from './acts.ts'
import { arrive, type Delivered } from './arriving.ts'
import type { Conversations } from './conversation.ts'
import { openHours } from './hours.ts'
import { everythingRead } from './reading.ts'
import { sayHowSoon } from './rules.ts'
import { atDesk, pick } from './shifts.ts'
import type { Desk, Person } from './working.ts'

const STEP_MINUTES = 5

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
}

/** The day itself: in steps of five minutes mails come, are read, and are worked on by whoever is at the desk. */
export async function playDay(workbench: Workbench, options: PlayOptions): Promise<Played> {
  const { day, clock, morning, lasts, told = () => {}, signal } = options
  const { google, backend, workspaceId } = workbench
  const hours = await openHours(clock, workbench.database.jobsUrl)
  const draw = drawFrom(options.seed + 1)
  const begun = performance.now()
  const played: Played = { delivered: [], acts: new Map(WORKERS.map(({ agent }) => [agent.email, []])) }
  const all: Conversations = []
  const momentOf = (minute: number) => new Date(morning.getTime() + (minute - DAY.from) * 60_000)
  try {
    const desk = await deskOf(workbench, clock)
    const people = WORKERS.map((worker, place) => ({ ...worker, draw: drawFrom(options.seed + 2 + place) }))
    const scene = { google, draw, all, now: () => clock.now() }
    for (let minute: number = DAY.from; minute < DAY.to; minute += STEP_MINUTES) {
      for (const arrival of day.arrivals.filter((one) => one.minute >= minute && one.minute < minute + STEP_MINUTES)) {
        signal?.throwIfAborted()
        clock.travel(Math.max(0, momentOf(arrival.minute).getTime() - clock.now().getTime()))
        played.delivered.push(await arrive(scene, arrival))
      }
      await everythingRead(google, backend, workspaceId)
      await workFor(desk, people, minute, all, played)
      await hours.passUntil(momentOf(minute + STEP_MINUTES))
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

/** Agents work side by side; each on one mail after the other. */
async function workFor(
  desk: Desk,
  people: Person[],
  minute: number,
  all: Conversations,
  played: Played,
): Promise<void> {
  await Promise.all(
    people
      .filter((worker) => atDesk(worker, minute))
      .map(async (worker) => {
        if (!worker.draw.chance((worker.pace * STEP_MINUTES) / 60)) return
        const one = pick(worker, all)
        if (one) played.acts.get(worker.agent.email)?.push(await work(desk, worker, one))
      }),
  )
}

const clockWords = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

async function slowDown(begun: number, due: number, signal?: AbortSignal): Promise<void> {
  const early = begun + due - performance.now()
  if (early > 0) await pause(early, undefined, signal ? { signal } : {})
  signal?.throwIfAborted()
}
