import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { dayIn, instantIn } from '../../backend/platform/calendar.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { WallPerson } from '../../shared/wallboard.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { visitor } from '../support/visitor.ts'
import { type Counted, drawnTicket, wallAt } from '../support/wall-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let owner: pg.Client
let work: ReturnType<typeof workAt>
let wall: ReturnType<typeof wallAt>
beforeAll(async () => {
  desk = await startDesk()
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  work = workAt(desk)
  wall = wallAt(desk, owner)
})
afterEach(async () => {
  await work.empty()
  await wall.empty()
  await zone('UTC')
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const zone = (timeZone: string) =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { timeZone } }),
  )

const personOf = async (name: StaffName): Promise<WallPerson | undefined> =>
  (await wall.board()).people.find(({ staff }) => staff.id === desk.staff[name].id)

const plain: Counted = {
  status: 'open',
  whose: null,
  due: null,
  waits: null,
  snoozed: false,
  created: -60,
  solved: null,
  isVoid: false,
}

test('an empty floor: nobody, nothing, and nothing divided by nothing', async () => {
  expect(await wall.board()).toMatchObject({
    people: [],
    open: 0,
    unassigned: 0,
    late: 0,
    dueNext: 0,
    oldestWaiting: null,
    arrivals: 0,
    solved: 0,
    answers: { inTime: 0, late: 0 },
    approvals: 0,
  })
  const { text } = await visitor(desk, 'vera').open('/desk/wall')
  expect(text).toContain('Nobody is logged in.')
  expect(text).toContain('none yet')
})

test('a floor at noon: who is there, on which break, with how much work, and who is missing', async () => {
  await work.planned('nora', -180, 300)
  await work.planned('sam', -60, 400)
  await work.planned('ada', 60, 400)
  await work.in('nora')
  await work.in('vera')
  await work.pause('vera', 'short')
  await wall.tickets([
    { ...plain, whose: 'nora', due: -5, waits: -90 },
    { ...plain, whose: 'nora', due: 30, waits: -20 },
    { ...plain, whose: 'nora', due: 2_000 },
    { ...plain, whose: 'sam', waits: -30 },
    { ...plain },
    { ...plain, snoozed: true, due: -5, waits: -400 },
  ])
  await desk.travel('12 min')
  const board = await wall.board()
  expect(board.people.map(({ staff }) => staff.name)).toEqual(['Nora', 'Sam', 'Vera'])
  expect(board).toMatchObject({ open: 5, unassigned: 1, late: 1, dueNext: 2, arrivals: 6 })
  const waited = desk.clock.now().getTime() - Date.parse(board.oldestWaiting ?? '')
  expect(Math.round(waited / 60_000)).toBe(102)
  expect(await personOf('nora')).toMatchObject({ onBreak: null, open: 3, late: 1, dueNext: 2, lateMinutes: 180 })
  expect(await personOf('sam')).toMatchObject({ since: null, open: 1, late: 0, adherence: 0 })
  expect(await personOf('vera')).toMatchObject({
    onBreak: { label: 'Short break', allowedMinutes: 10 },
    shift: null,
    adherence: null,
  })
  const { text } = await visitor(desk, 'vera').open('/desk/wall')
  for (const words of [
    'At work, 12 min',
    'Short break, 2 min over 10 min',
    'Not here, shift since 11:00',
    '3 h 0 min late',
    '3 open, <span class="bad">1 late</span>, 1 due next',
    '1 on a break, 1 over it, 1 missing',
    '1 with nobody',
    '<strong>Nobody, or not at work</strong><span>1 open</span>',
    '>1 h<',
  ])
    expect(text).toContain(words)
})

test('adherence of a shift so far: late, on a break that is allowed, and over one', async () => {
  await work.planned('nora', 0, 480)
  await desk.travel('30 min')
  await work.in('nora')
  await desk.travel('60 min')
  await work.pause('nora', 'lunch')
  await desk.travel('40 min')
  await work.back('nora')
  await desk.travel('70 min')
  // Of 200 minutes 30 were late and 10 over the break.
  expect(await personOf('nora')).toMatchObject({ adherence: 80, lateMinutes: 30, overBreakMinutes: 10 })
})

test('a shift over midnight goes on, and one that ended yesterday does not count', async () => {
  await desk.travel('11 hours')
  await work.planned('sam', -400, 40)
  await work.planned('nora', -60, 420)
  await work.in('nora')
  await desk.travel('2 hours')
  expect(await personOf('nora')).toMatchObject({ adherence: 67, lateMinutes: 60, shift: expect.anything() })
  expect(await personOf('sam')).toBeUndefined()
  await desk.travel('11 hours')
})

/** What came, was solved and was answered a minute before this day began, and a minute after it. */
async function expectDayCounted(timeZone: string): Promise<void> {
  const now = desk.clock.now()
  const midnight = instantIn(timeZone, dayIn(timeZone, now), 0)
  const ago = (now.getTime() - midnight.getTime()) / 60_000
  await wall.tickets([
    { ...plain, created: -ago + 1 },
    { ...plain, created: -ago - 1 },
    { ...plain, status: 'solved', solved: -ago + 1, created: -9_000 },
    { ...plain, status: 'solved', solved: -ago - 1, created: -9_000 },
    { ...plain, status: 'closed', solved: -ago + 1, created: -9_000 },
    { ...plain, status: 'closed', solved: -ago - 1, created: -9_000 },
    { ...plain, status: 'closed', solved: -ago + 1, created: -9_000, isVoid: true },
    { ...plain, created: -ago + 1, isVoid: true },
  ])
  await wall.answers([
    { type: 'sla.met', target: 'first', ago: ago - 1 },
    { type: 'sla.met', target: 'next', ago: ago - 1 },
    { type: 'sla.met', target: 'resolution', ago: ago - 1 },
    { type: 'sla.breached', target: 'next', ago: ago - 1 },
    { type: 'sla.breached', target: 'next', ago: ago + 1 },
    { type: 'sla.met', target: 'first', ago: ago - 1, historical: true },
  ])
  expect([timeZone, now, await wall.board()]).toEqual([
    timeZone,
    now,
    expect.objectContaining({ timeZone, arrivals: 1, solved: 2, answers: { inTime: 2, late: 1 } }),
  ])
  await wall.empty()
}

test('today begins at midnight of the workspace, wherever that is', async () => {
  for (const timeZone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'Europe/London']) {
    await zone(timeZone)
    await expectDayCounted(timeZone)
  }
})

test('random floors are counted as somebody counts them who looks at every ticket', async () => {
  const seed = seedOfRun()
  process.stdout.write(`random floors: SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let time = 0; time < 8; time++) {
    const tickets = Array.from({ length: 60 }, () => drawnTicket(random))
    await wall.tickets(tickets)
    const open = tickets.filter(isOpen)
    const late = ({ due }: Counted) => due !== null && due <= 0
    const next = ({ due }: Counted) => due !== null && due < 240
    const today = -minutesOfDay()
    const waits = open.flatMap(({ waits }) => waits ?? [])
    const board = await wall.board()
    expect(board).toMatchObject({
      open: open.length,
      unassigned: open.filter(({ whose }) => whose === null).length,
      late: open.filter(late).length,
      dueNext: open.filter(next).length,
      arrivals: tickets.filter(({ created, isVoid }) => created > today && !isVoid).length,
      solved: tickets.filter(
        ({ status, solved, isVoid }) => ['solved', 'closed'].includes(status) && (solved ?? -9_999) > today && !isVoid,
      ).length,
    })
    expect(board.oldestWaiting === null).toBe(waits.length === 0)
    await wall.empty()
  }
})

const isOpen = ({ status, isVoid, snoozed }: Counted) => !['solved', 'closed'].includes(status) && !isVoid && !snoozed

/** Since midnight. */
const minutesOfDay = () => (desk.clock.now().getTime() % 86_400_000) / 60_000

test('only who leads sees it, by the API and as a page', async () => {
  expect((await wall.board('ada')).people).toEqual([])
  for (const name of ['nora', 'frank', 'rhea'] as const) {
    expect(await refusalOf(wall.board(name))).toMatchObject({ status: 403 })
    expect((await visitor(desk, name).open('/desk/wall')).status).toBe(403)
  }
})

const DAY = 86_400_000

/** The next days on which clocks are turned, as those of the zone say when they begin. */
function oddDays(timeZone: string): { timeZone: string; from: number }[] {
  const first = desk.clock.now().getTime() + DAY
  const days = Array.from({ length: 373 }, (_, ahead) => dayIn(timeZone, new Date(first + ahead * DAY)))
  const begins = [...new Set(days)].map((day) => instantIn(timeZone, day, 0).getTime())
  return begins.flatMap((from, at) => ((begins[at + 1] ?? from + DAY) - from === DAY ? [] : [{ timeZone, from }]))
}

test('a day of 23 or 25 hours begins at its midnight, also where clocks leave midnight out or show it twice', async () => {
  const zones = ['Europe/London', 'Atlantic/Azores', 'America/Santiago', 'America/Havana', 'Australia/Lord_Howe']
  const days = zones.flatMap(oddDays).toSorted((one, other) => one.from - other.from)
  expect(days.length).toBeGreaterThanOrEqual(2 * zones.length)
  for (const { timeZone, from } of days) {
    await zone(timeZone)
    for (const minutes of [30, 100, 800]) {
      await desk.travel(`${(from + minutes * 60_000 - desk.clock.now().getTime()) / 1_000} s`)
      await expectDayCounted(timeZone)
    }
  }
})
