import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { closeForgottenIn } from '../../backend/features/workforce/clocking/forgetting.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const LONGEST = 120
const GRACE = 10

type Stretch = { from: number; to: number | null }
type Known = Stretch & { breaks: Stretch[] }

/** What should be known of somebody's work, in minutes since the beginning; slow and plain. */
class Reference {
  readonly sessions: Known[] = []
  minute = 0

  get open(): Known | undefined {
    return this.sessions.find(({ to }) => to === null)
  }

  get onBreak(): Stretch | undefined {
    return this.open?.breaks.find(({ to }) => to === null)
  }

  end(at: number): void {
    if (this.onBreak) this.onBreak.to = at
    if (this.open) this.open.to = at
  }

  /** Whatever is pressed, what was forgotten by then is over. */
  forget(): void {
    const { open, minute } = this
    if (!open) return
    const pressed = open.breaks.flatMap(({ from, to }) => [from, to ?? from])
    const end = Math.max(open.from + LONGEST, ...pressed)
    if (end + GRACE <= minute) this.end(end)
  }

  act(what: Act): void {
    this.forget()
    const { open, onBreak, minute } = this
    if (what === 'in' && !open) this.sessions.push({ from: minute, to: null, breaks: [] })
    if (what === 'out' || what === 'sent home') this.end(minute)
    if (what === 'break' && open && !onBreak) open.breaks.push({ from: minute, to: null })
    if ((what === 'back' || what === 'called back') && onBreak) onBreak.to = minute
  }
}

const ACTS = ['in', 'out', 'break', 'back', 'tick', 'sent home', 'called back'] as const
type Act = (typeof ACTS)[number]

const DO: Record<Act, () => Promise<unknown>> = {
  in: () => work.in('nora'),
  out: () => work.out('nora'),
  break: () => work.pause('nora').catch(() => null),
  back: () => work.back('nora').catch(() => null),
  tick: () => work.tick(),
  'sent home': () => work.end('nora', 'work'),
  'called back': () => work.end('nora', 'break'),
}

const drawn = (random: Random): Act => ACTS[Math.floor(random() * ACTS.length)] ?? 'tick'

test('whatever somebody presses, every minute of work and break is where it belongs', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  await work.settings({ longestMinutes: LONGEST, graceMinutes: GRACE })
  const reference = new Reference()
  const beginning = desk.clock.now().getTime()
  for (let step = 0; step < 60; step++) {
    const minutes = 1 + Math.floor(random() * 50)
    await desk.travel(`${minutes} min`)
    reference.minute += minutes
    const act = drawn(random)
    await DO[act]()
    reference.act(act)
  }
  await work.tick()
  reference.forget()
  const minuteOf = (at: Date | null) => at && Math.round((at.getTime() - beginning) / 60_000)
  const stretch = ({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }) => ({
    from: minuteOf(startedAt),
    to: minuteOf(endedAt),
  })
  const kept = (await work.sessionsOf('nora')).map((session) => ({
    ...stretch(session),
    breaks: session.breaks.map(stretch),
  }))
  expect({ seed, kept }).toEqual({ seed, kept: reference.sessions })
})

/** Two days of shifts that lie on fives of minutes, so that no press or tick, on tens, is as early as one of them. */
function plannedFor(random: Random): { from: number; to: number }[] {
  const shifts: { from: number; to: number }[] = []
  for (let at = -60; at < 2_800; ) {
    const from = at + 5 + 10 * Math.floor(random() * 40)
    at = from + 10 * (3 + Math.floor(random() * 50))
    shifts.push({ from, to: at })
  }
  return shifts
}

test('whether the tick came every ten minutes or not for two days, forgotten work ended at the same minute', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  await work.settings({ longestMinutes: 300, graceMinutes: 30 })
  const beginning = desk.clock.now().getTime()
  for (const { from, to } of plannedFor(random))
    for (const name of ['nora', 'sam'] as const) await work.planned(name, from, to)
  const tickFor = (name: 'nora' | 'sam') =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => closeForgottenIn(tx, desk.staff[name].id))
  const PRESSES = ['in', 'in', 'pause', 'back', 'stay', 'out'] as const
  for (let minute = 10; minute <= 2_900; minute += 10) {
    await desk.travel('10 min')
    await tickFor('nora')
    if (random() > 0.025) continue
    const press = PRESSES[Math.floor(random() * PRESSES.length)] ?? 'in'
    for (const name of ['nora', 'sam'] as const) await work[press](name).catch(() => null)
  }
  await desk.travel('2 days')
  await tickFor('nora')
  await tickFor('sam')
  const kept = async (name: 'nora' | 'sam') =>
    (await work.sessionsOf(name)).map(({ startedAt, endedAt, endedHow, breaks }) => ({
      from: Math.round((startedAt.getTime() - beginning) / 60_000),
      to: endedAt && Math.round((endedAt.getTime() - beginning) / 60_000),
      endedHow,
      breaks: breaks.length,
    }))
  expect({ seed, kept: await kept('sam') }).toEqual({ seed, kept: await kept('nora') })
})

test('whatever two devices press at once, no time lies over another, and what began is told to have ended', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const before = (await desk.events('work.began')).length
  for (let step = 0; step < 15; step++) {
    await desk.travel(`${1 + Math.floor(random() * 30)} min`)
    await Promise.all([drawn(random), drawn(random), drawn(random)].map((act) => DO[act]()))
  }
  await work.out('nora')
  const sessions = await work.sessionsOf('nora')
  for (const [at, { startedAt, endedAt, breaks }] of sessions.entries()) {
    const end = endedAt ?? startedAt
    const times = breaks.flatMap((one) => [one.startedAt, one.endedAt ?? end])
    const told = { seed, at, times: [startedAt, ...times, end, sessions[at + 1]?.startedAt ?? end].map(Number) }
    expect(told).toEqual({ ...told, times: told.times.toSorted((a, b) => a - b) })
  }
  const [began, ended] = [await desk.events('work.began'), await desk.events('work.ended')]
  expect({ seed, began: began.length - before }).toEqual({ seed, began: sessions.length })
  const toldOf = (events: typeof began) => events.map(({ payload }) => (payload as { sessionId: string }).sessionId)
  for (const { id } of sessions) expect(toldOf(ended).filter((each) => each === id)).toHaveLength(1)
  const breaks = sessions.flatMap((session) => session.breaks)
  const backs = (await desk.events('break.ended')).filter(({ payload }) =>
    sessions.some(({ id }) => id === (payload as { sessionId: string }).sessionId),
  )
  expect(backs).toHaveLength(breaks.length)
})
