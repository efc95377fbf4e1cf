import { expect, test } from '@jest/globals'
import type { Dimension, Figure, FigureRow, Measure, MetricView } from '../../../../shared/analytics.ts'
import { metricViews } from '../metrics/index.ts'
import { picturesOf } from './picturing.ts'
import type { TableDefinition } from './report.ts'
import { tableOf } from './table.ts'

const [newTickets, backlog, firstResponse] = ['new-tickets', 'backlog', 'first-response'].map((id) => {
  const found = metricViews().find((one) => one.id === id)
  if (!found) throw new Error(`${id} is not defined`)
  return found
}) as [MetricView, MetricView, MetricView]
const money: MetricView = { ...newTickets, unit: 'money', measures: ['sum'], name: 'Given back' }

type Given = { metric?: MetricView; measure?: Measure; by?: Dimension[]; interval?: Figure['interval'] }

/** Three days in London. */
function figure(
  rows: Partial<FigureRow>[],
  { metric = newTickets, measure = 'count', by = [], interval = 'none' }: Given = {},
) {
  const whole: Figure = {
    metric,
    measure,
    period: {
      ...{ from: '2026-10-24', to: '2026-10-26', zone: 'Europe/London' },
      ...{ fromAt: '2026-10-23T23:00:00.000Z', toAt: '2026-10-27T00:00:00.000Z' },
    },
    freshness: { state: 'fresh', asOf: '2026-11-22T12:00:00.000Z', words: 'Everything is in.' },
    interval,
    by,
    rows: rows.map((row) => ({
      at: null,
      keys: [],
      labels: row.keys ?? [],
      value: 1,
      shares: 1,
      currency: null,
      ...row,
    })),
    totals: [{ at: null, keys: [], labels: [], value: 7, shares: 7, currency: null }],
    note: null,
  }
  return whole
}

const definition = (more: Partial<TableDefinition> = {}): TableDefinition => ({
  id: 'one',
  title: 'One',
  metric: 'new-tickets',
  chart: 'line',
  ...more,
})
const made = (given: Figure, more: Partial<TableDefinition> = {}) =>
  tableOf(definition(more), given, { link: '/dashboard/shares', rowLink: (about) => JSON.stringify(about) })
const names = ({ columns }: ReturnType<typeof made>) => columns.map(({ name, kind }) => `${name}: ${kind}`)

test('a figure over time has a row for each day of the zone, also the one on which the clocks change', () => {
  const table = made(
    figure(
      [
        { at: '2026-10-23T23:00:00.000Z', value: 3 },
        { at: '2026-10-26T00:00:00.000Z', value: 4 },
      ],
      { interval: 'day' },
    ),
  )
  expect(names(table)).toEqual(['When: date', 'New tickets: number'])
  expect(table.rows).toEqual([
    ['2026-10-24', 3],
    ['2026-10-25', 0],
    ['2026-10-26', 4],
  ])
  expect(table.totals).toEqual([{ value: 7, kind: 'number', currency: null, words: '7' }])
})

test('an hour that the clocks show twice stands in two rows', () => {
  const table = made(figure([{ at: '2026-10-25T01:00:00.000Z', value: 2 }], { interval: 'hour' }))
  expect(table.columns[0]).toEqual({ name: 'When', kind: 'instant' })
  expect(table.rows).toHaveLength(73)
  expect(table.rows.filter(([when]) => when === '2026-10-25 01:00')).toEqual([
    ['2026-10-25 01:00', 0],
    ['2026-10-25 01:00', 2],
  ])
})

test('where nothing happened there is no median, and of how many it is made stands beside', () => {
  const table = made(
    figure([{ at: '2026-10-23T23:00:00.000Z', value: 21_600, shares: 5 }], {
      metric: firstResponse,
      measure: 'median',
      interval: 'day',
    }),
  )
  expect(names(table)).toEqual(['When: date', 'First response, median: length', 'Of: number'])
  expect(table.rows).toEqual([
    ['2026-10-24', 0.25, 5],
    ['2026-10-25', null, 0],
    ['2026-10-26', null, 0],
  ])
  expect(table.sentence).toContain('First response, median, version 1')
})

test('of what is still to come nothing is told', () => {
  const early = figure([{ at: '2026-10-23T23:00:00.000Z', value: 3 }], { interval: 'day' })
  const table = made({ ...early, freshness: { ...early.freshness, asOf: '2026-10-25T12:00:00.000Z' } })
  expect(table.rows).toEqual([
    ['2026-10-24', 3],
    ['2026-10-25', 0],
    ['2026-10-26', null],
  ])
  expect(made(figure([], { metric: backlog, interval: 'day', by: ['priority'] })).rows[0]).toEqual(['2026-10-24'])
})

test('a split stands below each other, the most first, and what has an order of its own in that', () => {
  const rows = [
    { keys: ['low'], labels: ['Low'], value: 9 },
    { keys: ['urgent'], labels: ['Urgent'], value: 2 },
  ]
  expect(made(figure(rows, { by: ['priority'] }), { chart: 'bar' }).rows).toEqual([
    ['Urgent', 2],
    ['Low', 9],
  ])
  const agents = [
    { keys: ['a'], labels: ['Ada'], value: null },
    { keys: ['b'], labels: ['Bo'], value: 5 },
    { keys: ['c'], labels: ['Cy'], value: 8 },
  ]
  expect(
    made(figure(agents, { by: ['agent'], metric: firstResponse, measure: 'median' })).rows.map(([name]) => name),
  ).toEqual(['Cy', 'Bo', 'Ada'])
})

test('the currency with most behind it comes first, above the table and in it, and amounts of one stand by their size', () => {
  const row = (key: string, value: number, shares: number, currency: string) => ({
    ...{ keys: [key], labels: [key], value, shares, currency },
  })
  const given = figure([row('late', 100, 9, 'GBP'), row('spilled', 900, 2, 'GBP'), row('late', 500, 1, 'EUR')], {
    metric: money,
    measure: 'sum',
    by: ['reason'],
  })
  const total = (currency: string, shares: number) => ({ at: null, keys: [], labels: [], value: 1, shares, currency })
  const table = made({ ...given, totals: [total('EUR', 1), total('GBP', 11)] }, { chart: 'bar' })
  expect(table.totals.map(({ currency }) => currency)).toEqual(['GBP', 'EUR'])
  expect(table.rows.map(([reason, currency]) => `${reason} ${currency}`)).toEqual([
    'spilled GBP',
    'late GBP',
    'late EUR',
  ])
  expect(picturesOf(table).map(({ title }) => title)).toEqual(['One, GBP', 'One, EUR'])
})

test('a stretch of time that is not whole is told where things add up, and drawn fainter', () => {
  const weeks = (metric: MetricView, measure: Measure) =>
    made(figure([{ at: '2026-10-23T23:00:00.000Z', value: 5 }], { interval: 'week', metric, measure }))
  const cut = weeks(newTickets, 'count') // Saturday to Monday: two days of a week, and one of the next
  expect(cut.rows.map(([day]) => day)).toEqual(['2026-10-24', '2026-10-26'])
  expect(cut.partial).toEqual([0, 1])
  expect(cut.partialWords).toBe(
    'Not whole: the week with 24 Oct 2026, because the period begins in it; the week with 26 Oct 2026, because the period ends in it.',
  )
  expect(picturesOf(cut)[0]?.partial).toEqual([0, 1])
  expect(weeks(backlog, 'count').partial).toBeUndefined()
  expect(weeks(firstResponse, 'average').partial).toBeUndefined()
  const days = figure([{ at: '2026-10-23T23:00:00.000Z', value: 5 }], { interval: 'day' })
  expect(made(days).partial).toEqual([])
  expect(made(days).partialWords).toBeUndefined()
  const going = { ...days, freshness: { ...days.freshness, asOf: '2026-10-25T12:00:00.000Z' } }
  expect(made(going).partial).toEqual([1])
  expect(made(going).partialWords).toBe('Not whole: 25 Oct 2026, because it is not over.')
  const behind = { ...going, freshness: { ...going.freshness, state: 'behind' as const } } // the day may be long over
  expect(made(behind).partialWords).toBe('Not whole: 25 Oct 2026, because the figures end in it.')
})

test('money is whole amounts with its currency before it, a row for each', () => {
  const rows = [
    { keys: ['late'], labels: ['Late'], value: 1_250, currency: 'GBP' },
    { keys: ['late'], labels: ['Late'], value: 500, currency: 'JPY' },
    { keys: ['spilled'], labels: ['Spilled'], value: 99, currency: 'GBP' },
  ]
  const table = made(figure(rows, { metric: money, measure: 'sum', by: ['reason'] }), { chart: 'bar' })
  expect(names(table)).toEqual(['Reason: text', 'Currency: text', 'Given back: money'])
  expect(table.rows).toEqual([
    ['Late', 'GBP', 12.5],
    ['Spilled', 'GBP', 0.99],
    ['Late', 'JPY', 500],
  ])
  expect(picturesOf(table).map(({ title, unit, places }) => [title, unit, places])).toEqual([
    ['One, GBP', { kind: 'money', currency: 'GBP' }, ['Late', 'Spilled']],
    ['One, JPY', { kind: 'money', currency: 'JPY' }, ['Late']],
  ])
})

test('a split over time stands side by side, eight at most, and says so', () => {
  const rows = Array.from({ length: 10 }, (_, n) => ({
    at: '2026-10-23T23:00:00.000Z',
    keys: [`k${n}`],
    labels: [`L${n}`],
    value: n + 1,
    shares: n + 1,
  }))
  const table = made(figure(rows, { interval: 'day', by: ['category'] }), { chart: 'stack' })
  expect(table.columns.map(({ name }) => name)).toEqual(['When', ...['L9', 'L8', 'L7', 'L6', 'L5', 'L4', 'L3', 'L2']])
  expect(table.rows[0]).toEqual(['2026-10-24', 10, 9, 8, 7, 6, 5, 4, 3])
  expect(table.rows[1]?.slice(1).every((cell) => cell === 0)).toBe(true)
  expect(table.note).toBe('The 8 with most of 10 are shown.')
})

test('of money over time each value has a column for each of its currencies', () => {
  const at = '2026-10-23T23:00:00.000Z'
  const rows = [
    { at, keys: ['late'], labels: ['Late'], value: 1_250, currency: 'GBP' },
    { at, keys: ['spilled'], labels: ['Spilled'], value: 500, currency: 'JPY' },
  ]
  const table = made(figure(rows, { metric: money, measure: 'sum', interval: 'day', by: ['reason'] }), {
    chart: 'stack',
  })
  expect(names(table)).toEqual(['When: date', 'Late (GBP): money', 'Spilled (JPY): money'])
  expect(table.rows[0]).toEqual(['2026-10-24', 12.5, 500])
})

test('hours and days of the week are all there, as squares of a picture', () => {
  const rows = [{ keys: ['9', '1'], labels: ['09:00', 'Monday'], value: 4 }]
  const table = made(figure(rows, { by: ['hour', 'weekday'] }), { chart: 'heat' })
  expect(table.rows).toHaveLength(24)
  expect(table.columns.map(({ name }) => name).slice(0, 3)).toEqual(['Hour', 'Monday', 'Tuesday'])
  expect(table.columns).toHaveLength(8)
  expect(table.rows[9]?.slice(0, 3)).toEqual(['09:00', 4, 0])
  const [picture] = picturesOf(table)
  expect(picture?.kind).toBe('heat')
  expect(picture?.series).toHaveLength(7)
  expect(picture?.places[9]).toBe('09:00')
})

test('a picture has the numbers of its table, and says in words what it shows', () => {
  const table = made(
    figure(
      [
        { at: '2026-10-23T23:00:00.000Z', value: 3 },
        { at: '2026-10-26T00:00:00.000Z', value: 4 },
      ],
      { interval: 'day' },
    ),
  )
  const [picture] = picturesOf(table)
  expect(picture?.series[0]?.values).toEqual(table.rows.map(([, value]) => value))
  expect(picture?.places).toEqual(['24 Oct', '25 Oct', '26 Oct'])
  expect(picture?.words).toBe(
    'One, 24 Oct 2026 to 26 Oct 2026. Highest: 4 (26 Oct 2026). Lowest: 0 (25 Oct 2026). The numbers stand in the table.',
  )
})

test('what nothing can be said of has no picture', () => {
  expect(picturesOf(made(figure([], { by: ['agent'] }), { chart: 'bar' }))).toEqual([])
  expect(picturesOf(made(figure([], { interval: 'day', metric: firstResponse, measure: 'median' })))).toEqual([])
  expect(picturesOf(made(figure([{ value: 3 }]), { chart: 'number' }))).toEqual([])
})

test('of a long table only the rows that are shown are made, and how many there are is told', () => {
  const rows = ['2026-10-23T23:00:00.000Z', '2026-10-24T23:00:00.000Z', '2026-10-26T00:00:00.000Z'].map((at) => ({
    at,
  }))
  const asked: unknown[] = []
  const table = tableOf(
    definition(),
    figure(rows, { interval: 'day' }),
    { link: '', rowLink: (about) => `${asked.push(about)}` },
    2,
  )
  expect([table.rows.length, table.rowLinks, table.allRows, asked.length]).toEqual([2, ['1', '2'], 3, 2])
})
