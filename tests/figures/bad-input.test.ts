import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figuresOf } from '../../backend/features/analytics/index.ts'
import { askFigure, FigureQuestion, listMetrics, listShares } from '../../shared/analytics.ts'
import { refusalOf } from '../support/caller.ts'
import { startFigureDesk, ticketRow } from '../support/figure-desk.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
  await desk.write({ ticket: [ticketRow(1, '2026-11-02 09:00', { category: 'order' })] })
})
afterAll(() => desk.stop())

const USUAL = { metric: 'new-tickets', from: '2026-11-01', to: '2026-11-08', zone: 'UTC' }

test.each([
  [
    'a period that ends before it begins',
    { from: '2026-11-09' },
    400,
    /ends on 2026-11-08, before it begins on 2026-11-09/,
  ],
  ['a zone that there is not', { zone: 'Mars/Olympus' }, 400, /«Mars\/Olympus» is no time zone/],
  ['a day that there is not', { to: '2026-02-30' }, 400, /to/],
  ['a year that nobody was there', { from: '0001-01-01' }, 400, /years 2000 to 2200/],
  ['an unknown figure', { metric: 'happiness' }, 404, /no figure «happiness». There are: new-tickets, volume-in/],
  ['a measure that makes no sense', { measure: 'p90' }, 400, /«New tickets» has no p90. It has: count/],
  [
    'a split that it does not know',
    { by: 'product' },
    400,
    /«New tickets» has no product. It knows: category, priority/,
  ],
  ['a filter that it does not know', { reason: 'broken' }, 400, /has no reason/],
  [
    'more stretches of time than anybody reads',
    { from: '2016-01-01', interval: 'hour' },
    400,
    /more than 20000 stretches/,
  ],
])('%s is answered in words', async (_, wish, status, words) => {
  const refused = await refusalOf(desk.as('vera').call(askFigure, { query: { ...USUAL, ...wish } as never }))
  expect(refused).toMatchObject({ status, message: expect.stringMatching(words) })
})

test.each([`' or 1 = 1 --`, `order'); drop view ticket; --`, '$from', '"', 'none, order'])(
  'a filter is compared and never run: %s',
  async (value) => {
    const { totals } = await desk.as('vera').call(askFigure, { query: { ...USUAL, category: value } as never })
    expect(totals[0]).toMatchObject({ value: 0, shares: 0 })
    expect((await desk.ask(USUAL)).totals[0]?.value).toBe(1)
  },
)

test('filters that match nothing give an empty figure that says so', async () => {
  const figure = await desk.ask({ ...USUAL, category: ['billing'], interval: 'day' })
  expect(figure.note).toBe('There is nothing in this period that fits.')
  expect(figure.rows.map(({ value }) => value)).toEqual(Array.from({ length: 8 }, () => 0))
  expect((await desk.ask({ ...USUAL, metric: 'first-response' })).totals).toEqual([
    { at: null, keys: [], labels: [], value: null, shares: 0, currency: null },
  ])
})

test('ten years are fine by month, and a backlog of the future is not known', async () => {
  const figure = await desk.ask({ ...USUAL, from: '2017-01-01', to: '2026-12-31', interval: 'month' })
  expect(figure.rows).toHaveLength(120)
  expect(figure.totals[0]?.value).toBe(1)
  const ahead = await desk.ask({ ...USUAL, metric: 'backlog', from: '2190-01-01', to: '2190-01-31' })
  expect(ahead).toMatchObject({ rows: [], totals: [{ value: null }], note: 'This period has not begun.' })
})

test('days are those of the clocks: 23 and 25 hours long, without a midnight, or not there at all', async () => {
  const hours = async (zone: string, day: string) => {
    const { period, rows } = await desk.ask({ ...USUAL, zone, from: day, to: day, interval: 'hour' })
    return [rows.length, (Date.parse(period.toAt) - Date.parse(period.fromAt)) / 3_600_000, period.fromAt.slice(0, 16)]
  }
  expect(await hours('Europe/Berlin', '2026-03-29')).toEqual([23, 23, '2026-03-28T23:00'])
  expect(await hours('Europe/Berlin', '2026-10-25')).toEqual([25, 25, '2026-10-24T22:00'])
  expect(await hours('Asia/Kathmandu', '2026-11-02')).toEqual([24, 24, '2026-11-01T18:15'])
  expect(await hours('Africa/Cairo', '2026-04-24')).toEqual([23, 23, '2026-04-23T22:00']) // begins at 01:00 by its clocks
  expect((await hours('Australia/Lord_Howe', '2026-04-05')).slice(1)).toEqual([24.5, '2026-04-04T13:00']) // half an hour back
  expect((await hours('Pacific/Apia', '2011-12-30')).slice(0, 2)).toEqual([0, 0]) // the day that Samoa left out
})

test('what happens in the hour that clocks show twice is in two hours of the day, and in one of the clock', async () => {
  await desk.write({
    ticket: [
      ticketRow(1, '2026-10-24 23:30'), // 01:30 in Berlin
      ticketRow(2, '2026-10-25 00:30'), // 02:30
      ticketRow(3, '2026-10-25 01:30'), // 02:30 again
      ticketRow(4, '2026-10-25 22:59'), // 23:59
      ticketRow(5, '2026-10-25 23:00'), // the next day
    ],
  })
  const day = { ...USUAL, zone: 'Europe/Berlin', from: '2026-10-25', to: '2026-10-25' }
  const byHour = await desk.ask({ ...day, interval: 'hour' })
  expect(byHour.rows.filter(({ shares }) => shares > 0).map(({ at, value }) => [at?.slice(11, 16), value])).toEqual([
    ['23:00', 1],
    ['00:00', 1],
    ['01:00', 1],
    ['22:00', 1],
  ])
  const byClock = await desk.ask({ ...day, by: ['hour'] })
  expect(byClock.rows.map(({ labels, value }) => [labels[0], value])).toEqual([
    ['02:00', 2],
    ['01:00', 1],
    ['23:00', 1],
  ])
  expect((await desk.ask({ ...day, interval: 'day' })).rows.map(({ value }) => value)).toEqual([4])
})

test('a cursor of another list is refused, and so is a page of nothing', async () => {
  await desk.write({ ticket: [1, 2, 3].map((n) => ticketRow(n, '2026-11-02 09:00')) })
  const { next } = await desk.as('vera').call(listShares, { query: { ...USUAL, limit: 1 } })
  const other = { ...USUAL, metric: 'spam-share', cursor: next ?? '' }
  expect(await refusalOf(desk.as('vera').call(listShares, { query: other }))).toMatchObject({ status: 400 })
})

test('a broken lake is told with each figure, is no failure, and is gone when it was made anew', async () => {
  await desk.lake.sweep(desk.workspaceId)
  const figure = await desk.as('vera').call(askFigure, { query: USUAL })
  expect(figure).toMatchObject({ rows: [], totals: [], freshness: { state: 'missing' } })
  expect(figure.note).toMatch(/made anew/)
  expect((await desk.as('vera').call(listShares, { query: USUAL })).freshness.state).toBe('missing')
  expect((await desk.as('vera').call(listMetrics)).items.length).toBeGreaterThan(18)
  await desk.write({ ticket: [ticketRow(1, '2026-11-02 09:00')] })
  expect((await desk.ask(USUAL)).totals[0]?.value).toBe(1)
})

test('many figures are asked at once, of one state of the lake', async () => {
  const questions = ['new-tickets', 'backlog', 'volume-in'].map((metric) => FigureQuestion.parse({ ...USUAL, metric }))
  const figures = await figuresOf(desk.ctx, desk.workspaceId, questions)
  expect(figures.map(({ metric }) => metric.id)).toEqual(['new-tickets', 'backlog', 'volume-in'])
  for (const [n, question] of questions.entries()) expect(figures[n]?.totals).toEqual((await desk.ask(question)).totals)
})

test('agents do not see the figures of everybody', async () => {
  expect(await refusalOf(desk.as('nora').call(askFigure, { query: USUAL }))).toMatchObject({ status: 403 })
})
