import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { adherenceOf } from '../../backend/features/workforce/index.ts'
import { listShares } from '../../shared/analytics.ts'
import { moveRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { stretchRow } from '../support/figure-rows.ts'
import type { HandRow } from '../support/hand-lake.ts'
import { randomFrom } from '../support/random.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
})
afterAll(() => desk.stop())

const WEEK = { from: '2026-11-02', to: '2026-11-08' }
const HOUR = 3_600
const breakRow = (id: string, staff: string, from: string, until: string, kind: string, allowed: number): HandRow =>
  stretchRow(id, staff, from, until, { kind, allowed_seconds: allowed * 60 })

test('a late morning, a long lunch and an early end are missing from the plan, and time outside of it makes up for nothing', async () => {
  const nora = desk.staff.nora.id
  const sam = desk.staff.sam.id
  await desk.write({
    // Nora: 8 h on Monday. Sam: 8 h on Monday to which he did not come, and 4 h on Tuesday.
    shift: [
      stretchRow('s1', nora, '2026-11-02 09:00', '2026-11-02 17:00'),
      stretchRow('s2', sam, '2026-11-02 09:00', '2026-11-02 17:00'),
      stretchRow('s3', sam, '2026-11-03 09:00', '2026-11-03 13:00'),
    ],
    // Nora 09:10 to 16:30: 10 min late, 30 min early. Sam worked an hour before his Tuesday, and all of it.
    session: [
      stretchRow('w1', nora, '2026-11-02 09:10', '2026-11-02 16:30'),
      stretchRow('w2', sam, '2026-11-03 08:00', '2026-11-03 13:00'),
    ],
    break: [
      breakRow('b1', nora, '2026-11-02 12:00', '2026-11-02 12:45', 'lunch', 30), // 15 min too long
      breakRow('b2', sam, '2026-11-03 10:00', '2026-11-03 10:10', 'short', 15),
    ],
  })
  const byAgent = await desk.ask({ metric: 'adherence', by: ['agent'], ...WEEK })
  // Nora: 480 - 10 - 30 - 15 = 425 of 480 min. Sam: 0 + 240 of 480 + 240.
  expect(byAgent.rows.map(({ labels, value, shares }) => [labels[0], value?.toFixed(6), shares])).toEqual([
    ['Nora', (425 / 480).toFixed(6), 1],
    ['Sam', (240 / 720).toFixed(6), 2],
  ])
  // Together it is what was kept of what was due, and not the middle of two shares: 665 of 1200 min.
  expect(byAgent.totals[0]?.value).toBeCloseTo(665 / 1_200, 9)
  const { items } = await desk
    .as('vera')
    .call(listShares, { query: { metric: 'adherence', ...WEEK, agent: nora } as never })
  expect(items).toEqual([
    expect.objectContaining({
      label: 'Shift, Nora',
      ticketId: null,
      value: 425 * 60,
      weight: 480 * 60,
      words: '7 h 5 min of 8 h',
    }),
  ])
  // Nora 7 h 20 min and Sam 5 h, breaks included; 45 and 10 min of breaks, of which 15 too long.
  const sumOf = async (metric: string) => (await desk.ask({ metric, measure: 'sum', ...WEEK })).totals[0]?.value
  expect(await sumOf('time-at-work')).toBe(7 * HOUR + 1_200 + 5 * HOUR)
  expect(await sumOf('breaks')).toBe(55 * 60)
  expect(await sumOf('breaks-over')).toBe(15 * 60)
  const byKind = await desk.ask({ metric: 'breaks', by: ['break'], ...WEEK })
  expect(byKind.rows.map(({ labels, value }) => [labels[0], value])).toEqual([
    ['Lunch', 45 * 60],
    ['Short break', 10 * 60],
  ])
})

test('what goes on counts up to now, and a shift that has not begun not at all', async () => {
  const nora = desk.staff.nora.id
  const now = desk.clock.now().getTime()
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  await desk.write({
    shift: [stretchRow('s1', nora, ago(120), ago(-360)), stretchRow('s2', nora, ago(-60), ago(-120))],
    session: [stretchRow('w1', nora, ago(90), null)],
    break: [stretchRow('b1', nora, ago(40), null, { kind: 'lunch', allowed_seconds: 1_800 })],
  })
  const day = desk.clock.now().toISOString().slice(0, 10)
  const today = { from: day, to: day }
  // 120 min were due; half an hour late, and 10 of 40 min on the break are too many.
  const figure = await desk.ask({ metric: 'adherence', ...today })
  expect(figure.totals[0]?.shares).toBe(1)
  expect(figure.totals[0]?.value).toBeCloseTo(80 / 120, 2)
  const { totals } = await desk.ask({ metric: 'time-at-work', ...today })
  expect(Math.abs((totals[0]?.value ?? 0) - 90 * 60)).toBeLessThan(60)
})

test('the figure of adherence is that of the page of shifts, whatever was planned and done', async () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6))
  const random = randomFrom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  const nora = desk.staff.nora.id
  const start = Date.parse('2026-11-02T00:00:00Z')
  const at = (minutes: number) => start + minutes * 60_000
  const text = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
  const planned: { day: string; from: number; to: number }[] = []
  const sessions: { from: number; to: number }[] = []
  const taken: { from: number; to: number; allowedMs: number }[] = []
  for (let day = 0; day < 7; day++) {
    const from = day * 1_440 + pick(500)
    if (pick(6) > 0)
      planned.push({ day: text(at(day * 1_440)).slice(0, 10), from: at(from), to: at(from + 60 + pick(500)) })
    for (let begin = day * 1_440 + pick(400), n = 0; n < 3; n++) {
      const end = begin + 30 + pick(200)
      sessions.push({ from: at(begin), to: at(end) })
      if (pick(2))
        taken.push({ from: at(begin + 5), to: at(begin + 10 + pick(end - begin - 10)), allowedMs: pick(20) * 60_000 })
      begin = end + pick(60)
    }
  }
  await desk.write({
    shift: planned.map(({ from, to }, n) => stretchRow(`s${n}`, nora, text(from), text(to))),
    session: sessions.map(({ from, to }, n) => stretchRow(`w${n}`, nora, text(from), text(to))),
    break: taken.map(({ from, to, allowedMs }, n) =>
      stretchRow(`b${n}`, nora, text(from), text(to), { kind: 'lunch', allowed_seconds: allowedMs / 1_000 }),
    ),
  })
  const days = Array.from({ length: 7 }, (_, n) => ({
    day: text(at(n * 1_440)).slice(0, 10),
    from: at(n * 1_440),
    to: at((n + 1) * 1_440),
  }))
  const figure = await desk.ask({ metric: 'adherence', interval: 'day', ...WEEK })
  const page = adherenceOf(planned, sessions, taken, { now: desk.clock.now().getTime(), days })
  const shareOf = (kept: number, due: number) => (due === 0 ? null : Math.round((kept / due) * 1e6) / 1e6)
  expect({
    seed,
    days: figure.rows.map(({ value }) => (value === null ? null : Math.round(value * 1e6) / 1e6)),
  }).toEqual({
    seed,
    days: page.map(({ worked, onBreak, due }) => shareOf(worked + onBreak, due)),
  })
})

test('solved per hour is by the hours logged in without breaks, and who is logged in without solving counts too', async () => {
  const [nora, sam] = [desk.staff.nora.id, desk.staff.sam.id]
  const solved = (ticket: number, at: string, by: string) => moveRow(ticket, at, 'open', 'solved', { by_id: by })
  await desk.write({
    ticket: [
      ticketRow(1, '2026-11-02 08:00'),
      ticketRow(2, '2026-11-02 08:00'),
      ticketRow(3, '2026-11-02 08:00', { void_reason: 'merged' }),
    ],
    move: [
      solved(1, '2026-11-02 10:00', nora),
      moveRow(1, '2026-11-02 11:00', 'solved', 'open', { by_kind: 'customer' }),
      solved(1, '2026-11-02 12:00', nora), // again: solved twice
      solved(2, '2026-11-02 12:30', nora),
      solved(3, '2026-11-02 12:30', nora), // merged into another one: does not count
    ],
    session: [
      stretchRow('w1', nora, '2026-11-02 09:00', '2026-11-02 13:00'),
      stretchRow('w2', sam, '2026-11-02 09:00', '2026-11-02 11:00'),
    ],
    break: [breakRow('b1', nora, '2026-11-02 11:00', '2026-11-02 12:00', 'lunch', 30)],
  })
  const figure = await desk.ask({ metric: 'solved-per-hour', by: ['agent'], ...WEEK })
  // Nora: 3 in 4 h less a break of one; Sam: none in 2 h; together 3 in 5 h.
  expect(figure.rows.map(({ labels, value }) => [labels[0], value])).toEqual([
    ['Nora', 1],
    ['Sam', 0],
  ])
  expect(figure.totals[0]?.value).toBeCloseTo(3 / 5, 9)
})

test('ratings are averaged where there are some, and where the desk does not ask the figure says so', async () => {
  const tickets = [
    ticketRow(1, '2026-11-02 08:00', { resolved_at: '2026-11-02 12:00', status: 'solved' }), // before the first rating
    ticketRow(2, '2026-11-02 08:00', { resolved_at: '2026-11-03 12:00', status: 'solved' }),
    ticketRow(3, '2026-11-02 08:00', { resolved_at: '2026-11-04 12:00', status: 'solved' }),
    ticketRow(4, '2026-11-02 08:00', {
      resolved_at: '2026-11-04 12:00',
      status: 'solved',
      void_reason: 'spam',
      spam: true,
    }),
  ]
  await desk.write({ ticket: tickets })
  for (const metric of ['csat', 'csat-answer-rate']) {
    const figure = await desk.ask({ metric, ...WEEK })
    expect(figure.totals).toEqual([expect.objectContaining({ value: null, shares: 0 })])
    expect(figure.note).toBe('No data yet: Sidedesk does not ask customers for ratings, so there is nothing to count.')
  }
  const rating = (id: string, ticket: HandRow | undefined, at: string, score: number): HandRow => ({
    ...{ id, ticket_id: ticket?.['id'] ?? null, at, score, staff_id: desk.staff.nora.id },
  })
  await desk.write({
    ticket: tickets,
    rating: [
      rating('r1', tickets[1], '2026-11-03 12:00', 5),
      rating('r2', tickets[1], '2026-11-05 09:00', 2),
      rating('r3', tickets[3], '2026-11-05 09:00', 1),
    ],
  })
  expect((await desk.ask({ metric: 'csat', by: ['agent'], ...WEEK })).rows).toEqual([
    expect.objectContaining({ labels: ['Nora'], value: 3.5, shares: 2 }),
  ])
  expect((await desk.ask({ metric: 'csat-answer-rate', ...WEEK })).totals[0]).toMatchObject({ value: 0.5, shares: 2 })
})
