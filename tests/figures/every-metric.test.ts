import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { METRICS } from '../../backend/features/analytics/metrics/index.ts'
import { askFigure, type Dimension, type Figure, listShares, type Measure, type Share } from '../../shared/analytics.ts'
import { startFigureDesk } from '../support/figure-desk.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'

const PERIOD = { from: '2026-10-19', to: '2026-11-08', zone: 'Europe/Berlin' } // with the night on which clocks go back

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
  await desk.write({
    ...randomWorld({ seed: 20, from: '2026-10-10' }),
    ...randomWork({ seed: 21, from: '2026-10-12' }),
  })
})
afterAll(() => desk.stop())

describe.each(METRICS.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  test('is the aggregate of its shares, by every measure, and the list is complete', async () => {
    const shares = await allShares(id, metric.measures[0] as Measure)
    expect(shares.length).toBeGreaterThan(0)
    for (const measure of metric.measures) {
      const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
      expect(totals.map(({ shares }) => shares)).toEqual(perCurrency(shares).map((all) => all.length))
      for (const [n, all] of perCurrency(shares).entries())
        expect(totals[n]?.value).toBeCloseTo(aggregate(measure, all) ?? Number.NaN, 6)
    }
  })

  test('is the same whether it is split or not, by every dimension', async () => {
    const measure = metric.measures.includes('count') ? 'count' : 'sum'
    const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
    for (const dimension of metric.dimensions) {
      const figure = await desk.ask({ metric: id, measure, by: [dimension], ...PERIOD })
      expect(figure.totals).toEqual(totals)
      if (dimension !== 'tag') expect(sum(figure)).toBeCloseTo(sum({ rows: totals }), 6)
      for (const row of figure.rows.slice(0, 3)) {
        const filtered = await desk.ask({ metric: id, measure, ...PERIOD, [dimension]: row.keys })
        const total = filtered.totals.find(({ currency }) => currency === row.currency)
        expect(total).toMatchObject({ value: row.value, shares: row.shares })
      }
    }
  })

  test('adds up over days and hours', async () => {
    const measure = metric.measures.includes('count') ? 'count' : 'sum'
    const { totals } = await desk.ask({ metric: id, measure, ...PERIOD })
    for (const interval of ['hour', 'day', 'week', 'month'] as const) {
      const figure = await desk.ask({ metric: id, measure, interval, ...PERIOD })
      const last = figure.rows.at(-1)?.at
      const rows = metric.kind === 'stands' ? figure.rows.filter(({ at }) => at === last) : figure.rows
      expect(sum({ rows })).toBeCloseTo(sum({ rows: totals }), 6)
      if (metric.unit === 'money') continue // of money there are only rows of what there is, for each currency
      expect(figure.rows.length).toBe({ hour: 21 * 24 + 1, day: 21, week: 3, month: 2 }[interval])
    }
  })

  test('is over the API what it is in the process', async () => {
    const dimension = metric.dimensions[0] as Dimension
    const query = { metric: id, ...PERIOD, interval: 'week', by: dimension } as const
    const inside = await desk.ask({ ...query, by: [dimension] })
    const outside = await desk.as('vera').call(askFigure, { query })
    const { freshness: _older, ...told } = JSON.parse(JSON.stringify(inside)) as Figure
    expect(outside).toMatchObject(told) // how old they are is told by the moment of the asking
  })
})

/** In five pages or six, however long the list is. */
async function allShares(metric: string, measure: Measure): Promise<Share[]> {
  const found: Share[] = []
  const { totals } = await desk.ask({ metric, measure, ...PERIOD })
  const count = totals.reduce((all, { shares }) => all + shares, 0)
  const limit = Math.min(200, Math.max(1, Math.ceil(count / 5.5)))
  let cursor: string | undefined
  do {
    const page = await desk
      .as('vera')
      .call(listShares, { query: { metric, ...PERIOD, limit, ...(cursor && { cursor }) } })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  expect(found.map(({ at }) => at)).toEqual(
    found
      .map(({ at }) => at)
      .sort()
      .reverse(),
  )
  return found
}

function perCurrency(shares: readonly Share[]): Share[][] {
  const found = new Map<string | null, Share[]>()
  for (const one of shares) found.set(one.currency, [...(found.get(one.currency) ?? []), one])
  return [...found].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)).map(([, all]) => all)
}

function aggregate(measure: Measure, shares: readonly Share[]): number | null {
  const values = shares.map(({ value }) => value ?? 0)
  const total = values.reduce((all, one) => all + one, 0)
  if (measure === 'count') return values.length
  if (measure === 'sum') return total
  if (shares.some(({ weight }) => weight !== null))
    return total / shares.reduce((all, { weight }) => all + (weight ?? 0), 0)
  if (measure === 'average' || measure === 'share') return total / values.length
  return quantile(values, measure === 'median' ? 0.5 : 0.9)
}

function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return low + (high - low) * (place - Math.floor(place))
}

const sum = ({ rows }: Pick<Figure, 'rows'> | { rows: Figure['totals'] }) =>
  rows.reduce((all, { value }) => all + (value ?? 0), 0)
