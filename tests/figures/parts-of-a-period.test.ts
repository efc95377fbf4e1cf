import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { askedOf } from '../../backend/features/analytics/figures/asking.ts'
import { figureRows } from '../../backend/features/analytics/figures/making.ts'
import { type Statement, statementOf } from '../../backend/features/analytics/figures/statements.ts'
import type { Manifest } from '../../backend/features/analytics/lake/places/layout.ts'
import { openLakePlace } from '../../backend/features/analytics/lake/places/reading.ts'
import { METRICS } from '../../backend/features/analytics/metrics/index.ts'
import { viewsFor } from '../../backend/features/analytics/reading/views.ts'
import { FigureQuestion } from '../../shared/analytics.ts'
import { startFigureDesk } from '../support/figure-desk.ts'
import type { HandRow, HandTables } from '../support/hand-lake.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'

/** Before everything, in the midst of it, over the night on which clocks go back, and after the last change. */
const PERIODS = [
  ['2026-08-01', '2026-08-20'],
  ['2026-10-12', '2026-10-12'],
  ['2026-10-23', '2026-10-26'],
  ['2026-11-01', '2026-11-03'],
  ['2026-10-01', '2026-11-30'],
] as const
const ZONES = ['Europe/Berlin', 'America/Sao_Paulo']
const INTERVALS = ['none', 'hour', 'day', 'week', 'month'] as const

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let manifest: Manifest
beforeAll(async () => {
  desk = await startFigureDesk()
  const world = {
    ...randomWorld({ seed: 31, from: '2026-10-05', tickets: 90 }),
    ...randomWork({ seed: 32, from: '2026-10-12' }),
  }
  await desk.lake.write(desk.workspaceId, byTime(world), desk.clock.now().toISOString(), 12)
  await desk.lake.change(desk.workspaceId, changed(world))
  const place = openLakePlace(desk.ctx.config.lake)
  manifest = await place.manifest(desk.workspaceId, (await place.root())?.workspaces[desk.workspaceId] ?? '')
})
afterAll(() => desk.stop())

/** As months make it: what lies in one part is of about one time. */
const byTime = (world: HandTables): HandTables =>
  Object.fromEntries(
    Object.entries(world).map(([name, rows]) => [name, rows.toSorted((a, b) => timeOf(a) - timeOf(b))]),
  )

const timeOf = (row: HandRow): number =>
  Date.parse(
    String(row['opened_at'] ?? row['decided_at'] ?? row['ended_at'] ?? row['at'] ?? row['from_at'] ?? '2026-10-01'),
  )

/** Every fifth ticket was last heard of long before it was opened, as far as its new rows say: whoever left a part out would see the old ones. */
function changed({ ticket = [], ...facts }: HandTables): HandTables {
  const some = ticket.filter((_, n) => n % 5 === 0)
  const ids = new Set(some.map(({ id }) => id))
  const own = ({ ticket_id = null }: HandRow) => ids.has(ticket_id)
  const { message = [], move = [], clock = [] } = facts
  return {
    ticket: some.map((row) => ({ ...row, opened_at: '2026-08-05 12:00:00' })),
    message: message.filter(own),
    move: move.filter(own),
    clock: clock.filter(own),
  }
}

const told = METRICS.filter(({ reads }) => Object.keys(reads).length > 0)

test('what most figures are made of says when it was', () => {
  expect(told.length).toBeGreaterThan(15)
})

describe.each(told.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  const [first, ...others] = metric.measures
  const questions = PERIODS.flatMap(([from, to], n) => [
    ...INTERVALS.map((interval) => ({ from, to, zone: ZONES[n % 2], interval, measure: first })),
    ...others.map((measure) => ({ from, to, zone: ZONES[n % 2], measure })),
  ]).map((one) => FigureQuestion.parse({ metric: id, ...one }))

  test('is the same of the parts of its period as of all parts', async () => {
    const asked = await askedOf(desk.ctx, desk.workspaceId, questions)
    const shares: number[] = []
    await desk.ctx.figures.read(desk.workspaceId, async (ask) => {
      for (const one of asked) {
        const { sql, values, within } = statementOf(one)
        const made = figureRows(one, await ask(sql, values, within))
        expect(made).toEqual(figureRows(one, await ask(sql, values, null)))
        shares.push(made.totals.reduce((sum, { shares }) => sum + shares, 0))
      }
    })
    expect(Math.max(...shares)).toBeGreaterThan(0)
  })

  test('reads fewer parts for a short period', async () => {
    const [one] = await askedOf(desk.ctx, desk.workspaceId, [
      FigureQuestion.parse({ metric: id, from: '2026-10-12', to: '2026-10-12', zone: 'UTC' }),
    ])
    const { sql, within } = statementOf(one as NonNullable<typeof one>)
    const every = partsRead({ sql, within: null })
    expect(every).toBeGreaterThan(0)
    expect(partsRead({ sql, within })).toBeLessThan(every)
  })
})

const partsRead = ({ sql, within }: Pick<Statement, 'sql' | 'within'>): number =>
  viewsFor({ manifest, folder: '' }, sql, within)
    .map(([, view]) => new Set(view.match(/[\w-]+\.parquet/g)).size)
    .reduce((sum, count) => sum + count, 0)

test('a part that does not say when its rows were is read for every period', () => {
  const [part] = manifest.tables.ticket?.base ?? []
  if (!part) throw new Error('There are tickets')
  const { times: _untold, ...silent } = part
  const silently = { ...manifest, tables: { ticket: { base: [silent], deltas: [] } } }
  const within = { reads: { ticket: 'opened_at' }, fromAt: 0, toAt: 1 }
  const read = (state: Manifest) => viewsFor({ manifest: state, folder: '' }, 'from ticket', within)[0]?.[1]
  expect(read(silently)).toContain(part.file)
  expect(read({ ...silently, tables: { ticket: { base: [part], deltas: [] } } })).not.toContain(part.file)
})
