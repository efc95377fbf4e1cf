import { type Cell, type ReportTable, USUAL_ROWS } from '../../../../shared/analytics.ts'
import type { VolumeForecast } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import type { Picture } from '../charts/picture.ts'
import { stretchOf } from '../figures/periods.ts'
import { dayAfter, minuteOf } from '../figures/zones.ts'
import { expectVolume } from '../insight/expecting.ts'
import { FORECAST_METRIC } from '../insight/volume-history.ts'
import { addressOf } from './addressing.ts'
import type { Filled, FilledReport, ReportScope } from './reading.ts'
import type { ReportDefinition, TableDefinition } from './report.ts'
import { cutWords, shortDay } from './writing.ts'

const DAYS: TableDefinition = {
  id: 'days',
  title: 'Expected by day',
  metric: FORECAST_METRIC,
  overTime: true,
  chart: 'line',
}
const HOURS: TableDefinition = { id: 'hours', title: 'Expected by hour', metric: FORECAST_METRIC, chart: 'none' }
const TRIED: TableDefinition = { id: 'tried', title: 'Tried on known days', metric: FORECAST_METRIC, chart: 'bar' }

const BOUNDS = ['Expected', 'At least', 'At most'].map((name) => ({ name, kind: 'number' as const }))
const SENTENCE =
  'New tickets as the coming six weeks are expected to bring them; in four days of five they lie between the bounds.'

/** The coming six weeks, whatever period is asked for: it is made of all days that are known. */
export const forecast: ReportDefinition = {
  id: 'forecast',
  name: 'Forecast',
  sentence: `${SENTENCE} It is always of the six weeks from today on, whatever period is chosen.`,
  tables: [DAYS, HOURS, TRIED],
  tell: fill,
}

async function fill(ctx: Ctx, workspaceId: string, scope: ReportScope): Promise<FilledReport> {
  const { from: _from, to: _to, zone: _zone, interval: _interval, rows = USUAL_ROWS, ...filters } = scope
  const told = await expectVolume(ctx, workspaceId, filters)
  const first = told.days[0]?.day ?? dayAfter(told.past.at(-1)?.day ?? scope.to)
  const period = stretchOf({ from: first, to: told.days.at(-1)?.day ?? first, zone: told.zone })
  const [fromAt, toAt] = [period.fromAt, period.toAt].map((at) => new Date(at).toISOString()) as [string, string]
  const [oldest, newest] = [told.past[0]?.day ?? first, told.past.at(-1)?.day ?? first]
  const asked = { ...filters, metric: FORECAST_METRIC, from: oldest, to: newest, zone: told.zone }
  const link = addressOf('/dashboard/shares', asked)
  const filled = (definition: TableDefinition, columns: ReportTable['columns'], all: Cell[][], note: string | null) =>
    tableOf(definition, { columns, all, note, link, rows })
  return {
    period: { ...period, fromAt, toAt },
    freshness: told.freshness,
    tables: [
      { ...filled(DAYS, DAY_COLUMNS, dayRows(told), told.words.join(' ')), pictures: picturesOf(told) },
      filled(
        HOURS,
        [{ name: 'When', kind: 'instant' }, ...BOUNDS],
        hourRows(told),
        told.hours.length > 0 ? null : told.words.join(' ') || null,
      ),
      filled(TRIED, TRIED_COLUMNS, triedRows(told), told.tried ? null : 'There is nothing to try yet.'),
    ],
  }
}

type Content = { columns: ReportTable['columns']; all: Cell[][]; note: string | null; link: string; rows: number }

const tableOf = (definition: TableDefinition, { columns, all, note, link, rows }: Content): Filled => {
  const { id, title, chart } = definition
  const words = [note, cutWords(Math.min(rows, all.length), all.length)].filter((one) => one !== null).join(' ')
  return {
    definition,
    table: {
      ...{ id, title, chart, link },
      sentence: SENTENCE,
      columns: all.length > 0 ? columns : [],
      rows: all.slice(0, rows),
      allRows: all.length,
      totals: [],
      note: words || null,
    },
    figure: null,
    before: null,
  }
}

const DAY_COLUMNS: ReportTable['columns'] = [
  { name: 'When', kind: 'date' },
  { name: 'Came', kind: 'number' },
  ...BOUNDS,
  { name: 'Special day', kind: 'text' },
]

const dayRows = ({ past, days }: VolumeForecast): Cell[][] =>
  days.length === 0
    ? []
    : [
        ...past.map(({ day, came, special }) => [day, came, null, null, null, special]),
        ...days.map(({ day, expected, lower, upper, special }) => [day, null, expected, lower, upper, special]),
      ]

const hourRows = ({ zone, hours }: VolumeForecast): Cell[][] =>
  hours.map(({ at, expected, lower, upper }) => [minuteOf(zone, Date.parse(at)), expected, lower, upper])

const TRIED_COLUMNS: ReportTable['columns'] = [
  { name: 'Forecast', kind: 'text' },
  { name: 'Off by, tickets a day', kind: 'number' },
  { name: 'Shown above', kind: 'text' },
]

const triedRows = ({ tried, by }: VolumeForecast): Cell[][] =>
  tried
    ? [
        ['Model', tried.error, by === 'model' ? 'Yes' : 'No'],
        ['Last week again', tried.naiveError, by === 'naive' ? 'Yes' : 'No'],
      ]
    : []

function picturesOf({ past, days }: VolumeForecast): Picture[] {
  if (days.length === 0) return []
  const gap = past.map(() => null)
  const later = days.map(() => null)
  const highest = days.reduce((most, one) => (one.expected > most.expected ? one : most))
  return [
    {
      kind: 'line',
      title: DAYS.title,
      words: `New tickets a day: eight weeks that are known, and six that are expected. Most are expected on ${shortDay(highest.day)}: ${highest.expected}. The numbers stand in the table.`,
      places: [...past, ...days].map(({ day }) => shortDay(day)),
      series: [
        { name: 'Came', values: [...past.map(({ came }) => came), ...later] },
        { name: 'Expected', values: [...gap, ...days.map(({ expected }) => expected)] },
      ],
      band: {
        name: 'Four days of five',
        lower: [...gap, ...days.map(({ lower }) => lower)],
        upper: [...gap, ...days.map(({ upper }) => upper)],
      },
      unit: { kind: 'number' },
    },
  ]
}
