import { z } from 'zod'
import { endpoint, page } from './endpoint.ts'
import { FIGURE_READERS } from './roles.ts'

const Instant = z.iso.datetime()

/** What a figure can be split and filtered by; each metric says which of them it knows. */
export const DIMENSIONS = [
  'category',
  'priority',
  'mailbox',
  'channel',
  'tag',
  'agent',
  'tier',
  'language',
  'hour',
  'weekday',
  'target',
  'policy',
  'reason',
  'step',
  'product',
  'line',
  'customer',
  'break',
  'currency',
] as const
export const Dimension = z.enum(DIMENSIONS)
export type Dimension = z.infer<typeof Dimension>

/** Stretches of time that a figure is told for; `none` is the whole period in one. Weeks begin on Monday. */
export const INTERVALS = ['none', 'hour', 'day', 'week', 'month'] as const
export const Interval = z.enum(INTERVALS)
export type Interval = z.infer<typeof Interval>

/** How shares become a figure. A metric of its own says which ones make sense, the usual one first. */
export const MEASURES = ['count', 'sum', 'average', 'median', 'p90', 'share'] as const
export const Measure = z.enum(MEASURES)
export type Measure = z.infer<typeof Measure>

/** seconds and hours are lengths; share is 0 to 1; money is in the smallest unit of its currency, a figure for each currency. */
export const UNITS = ['tickets', 'mails', 'times', 'seconds', 'share', 'money', 'score', 'people'] as const
export const Unit = z.enum(UNITS)
export type Unit = z.infer<typeof Unit>

/** One definition, for every place that shows the figure. */
export const MetricView = z.object({
  id: z.string(),
  /** Grows when the same facts would give another figure. */
  version: z.int(),
  name: z.string(),
  /** What is counted, in one sentence. */
  sentence: z.string(),
  group: z.string(),
  unit: Unit,
  /** Time of people at work or of open hours: told in hours however long it is, because no such day has 24. */
  inHours: z.boolean().optional(),
  measures: z.array(Measure),
  dimensions: z.array(Dimension),
  /** What it does with each of these, in words. */
  rules: z.object({
    reopened: z.string(),
    merged: z.string(),
    automatic: z.string(),
    historical: z.string(),
    hours: z.string(),
  }),
})
export type MetricView = z.infer<typeof MetricView>

/** How old the facts are that a figure is made of, and what holds them up. */
export const Freshness = z.object({
  /** fresh: the lake keeps up · behind: later than it should be · rebuilding: made anew, the figures are older meanwhile · missing: nothing yet */
  state: z.enum(['fresh', 'behind', 'rebuilding', 'missing']),
  /** Everything that was written before this instant is in. */
  asOf: Instant.nullable(),
  words: z.string(),
})
export type Freshness = z.infer<typeof Freshness>

const Many = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string().max(200)).max(100),
)

/** Filters by dimension; values of one are alternatives, all dimensions must fit. `none` is what has no value. */
const filters = Object.fromEntries(DIMENSIONS.map((one) => [one, Many.optional()])) as Record<
  Dimension,
  z.ZodOptional<typeof Many>
>

const NO_DAY = 'A day of the calendar, like 2026-11-30.'

export const Period = z.object({
  /** First and last day, by the clocks of the zone. */
  from: z.iso.date(NO_DAY),
  to: z.iso.date(NO_DAY),
  /** Of the workspace unless stated. */
  zone: z.string().max(60).optional(),
})
export type Period = z.infer<typeof Period>

/** Filters and period, as they stand in the address of a page. */
export const FigureScope = Period.extend(filters)
export type FigureScope = z.infer<typeof FigureScope>

export const FigureQuestion = FigureScope.extend({
  metric: z.string().max(60),
  measure: Measure.optional(),
  interval: Interval.default('none'),
  /** Split by up to two. */
  by: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(Dimension).max(2)).default([]),
})
export type FigureQuestion = z.infer<typeof FigureQuestion>

export const FigureRow = z.object({
  /** Begin of its stretch of time; null without interval. */
  at: Instant.nullable(),
  /** Values of the dimensions it is split by, as filters take them. */
  keys: z.array(z.string()),
  /** The same for people to read. */
  labels: z.array(z.string()),
  /** null: nothing to make a figure of, which is not 0. */
  value: z.number().nullable(),
  /** Of how many shares it is made. */
  shares: z.int(),
  currency: z.string().nullable(),
})
export type FigureRow = z.infer<typeof FigureRow>

export const Figure = z.object({
  metric: MetricView,
  measure: Measure,
  period: Period.extend({ zone: z.string(), fromAt: Instant, toAt: Instant }),
  freshness: Freshness,
  interval: Interval,
  by: z.array(Dimension),
  rows: z.array(FigureRow),
  /** Of the whole period, a row for each currency. */
  totals: z.array(FigureRow),
  /** Why there is nothing, or what is missing; null when all is said. */
  note: z.string().nullable(),
})
export type Figure = z.infer<typeof Figure>

/** What one ticket (or log-in, or card) adds to a figure. */
export const Share = z.object({
  id: z.string(),
  ticketId: z.uuid().nullable(),
  /** TKT-000001, or what else it is. */
  label: z.string(),
  at: Instant,
  value: z.number().nullable(),
  /** What it is held against, where a figure is all values by all weights; null where each share weighs the same. */
  weight: z.number().nullable(),
  currency: z.string().nullable(),
  words: z.string(),
})
export type Share = z.infer<typeof Share>

/** A cell of a figure: its stretch of time and its values. */
export const ShareQuestion = FigureQuestion.omit({ by: true, interval: true }).extend({
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ShareQuestion = z.infer<typeof ShareQuestion>

/** Why a ticket counts as it does. */
export const TicketFigures = z.object({
  freshness: Freshness,
  metrics: z.array(
    z.object({
      metric: z.object({ id: z.string(), name: z.string(), unit: Unit }),
      shares: z.array(Share),
      /** Starts, pauses and stops, oldest first, in words. */
      steps: z.array(z.object({ at: Instant, words: z.string() })),
    }),
  ),
})
export type TicketFigures = z.infer<typeof TicketFigures>

const tags = ['figures']

export const listMetrics = endpoint('GET', '/v1/metrics', {
  summary: 'Every figure that can be asked for, with its definition',
  callers: FIGURE_READERS,
  reply: z.object({ items: z.array(MetricView), freshness: Freshness }),
  tags,
})

export const askFigure = endpoint('GET', '/v1/figures', {
  summary: 'One figure for a period, split by time and up to two dimensions',
  callers: FIGURE_READERS,
  query: FigureQuestion,
  reply: Figure,
  tags,
})

export const listShares = endpoint('GET', '/v1/figures/shares', {
  summary: 'The tickets that a figure is made of, the newest first, with what each adds to it',
  callers: FIGURE_READERS,
  query: ShareQuestion,
  reply: page(Share).extend({ freshness: Freshness }),
  tags,
})

export const explainTicketFigures = endpoint('GET', '/v1/tickets/:ticketId/figures', {
  summary: 'What a ticket adds to every figure, and why',
  callers: FIGURE_READERS,
  reply: TicketFigures,
  tags,
})

/** How a table is drawn where there is room for a picture. */
export const CHARTS = ['none', 'number', 'line', 'bar', 'stack', 'heat'] as const
export const Chart = z.enum(CHARTS)
export type Chart = z.infer<typeof Chart>

export const ReportView = z.object({
  id: z.string(),
  name: z.string(),
  sentence: z.string(),
  tables: z.array(z.object({ id: z.string(), title: z.string(), metric: z.string(), chart: Chart })),
})
export type ReportView = z.infer<typeof ReportView>

/** A cell is what a spreadsheet takes: a number, text, or nothing. Lengths are in days, as spreadsheets count them. */
const Cell = z.union([z.string(), z.number(), z.null()])
export type Cell = z.infer<typeof Cell>

/** What a cell is: date is YYYY-MM-DD and instant YYYY-MM-DD HH:mm, both by the clocks of the period's zone; length is days; share is 0 to 1; money is a decimal number, whose currency stands in a column before it or in its column's name. */
export const CellKind = z.enum(['text', 'date', 'instant', 'number', 'share', 'length', 'money', 'link'])
export type CellKind = z.infer<typeof CellKind>

export const ReportTable = z.object({
  id: z.string(),
  title: z.string(),
  /** The definition, with its version. */
  sentence: z.string(),
  chart: Chart,
  /** `inHours` is a length that people read in hours, never in days. */
  columns: z.array(z.object({ name: z.string(), kind: CellKind, inHours: z.boolean().optional() })),
  rows: z.array(z.array(Cell)),
  /** Rows that count a stretch of time which is not whole, because the period begins or ends in it or it is not over; by their place. Left out where that makes no figure smaller. */
  partial: z.array(z.int()).optional(),
  /** Which stretches of time those are and why, for people; left out where all are whole. */
  partialWords: z.string().optional(),
  /** For each row the page with what it is made of, from which it is drilled; null where nothing is behind it. Left out of tables with more than a thousand rows. */
  rowLinks: z.array(z.string().nullable()).optional(),
  /** How many rows there are; more than `rows` has when it was cut. */
  allRows: z.int(),
  /** The figure of the whole period, one for each currency; `words` are for people. */
  totals: z.array(z.object({ value: Cell, kind: CellKind, currency: z.string().nullable(), words: z.string() })),
  note: z.string().nullable(),
  /** Page with the same figure, to drill from. */
  link: z.string(),
})
export type ReportTable = z.infer<typeof ReportTable>

export const Report = z.object({
  report: ReportView,
  period: Figure.shape.period,
  /** The filters in words; empty when there are none. */
  filters: z.string(),
  freshness: Freshness,
  tables: z.array(ReportTable),
})
export type Report = z.infer<typeof Report>

/** What reports can be filtered by in this workspace, with the values to choose from, a hundred of each at most. */
export const ReportFilter = z.object({
  dimension: Dimension,
  label: z.string(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type ReportFilter = z.infer<typeof ReportFilter>

export const listReports = endpoint('GET', '/v1/reports', {
  summary: 'Every report, and the figures in it',
  callers: FIGURE_READERS,
  reply: z.object({
    items: z.array(ReportView),
    freshness: Freshness,
    /** The reports of the «Supervisor pack», in their order. */
    pack: z.array(z.string()),
    filters: z.array(ReportFilter),
  }),
  tags,
})

/** Rows of a table unless more are asked for, and the most of one that are given; whole lists are in the files. */
export const USUAL_ROWS = 500
export const MOST_ROWS = 20_000
const Rows = z.coerce.number().int().min(1).max(MOST_ROWS)

export const readReport = endpoint('GET', '/v1/reports/:report', {
  summary: 'A report for a period: its tables with values, ready to be put down',
  callers: FIGURE_READERS,
  query: FigureScope.extend({ interval: Interval.optional(), rows: Rows.optional() }),
  reply: Report,
  tags,
})

/** One report with its own period and filters, among others that are read with it. */
export const ReportReading = FigureScope.extend({
  report: z.string().max(60),
  interval: Interval.optional(),
  rows: Rows.optional(),
})
export type ReportReading = z.infer<typeof ReportReading>

/** What several readings may ask for together. */
export const MOST_READINGS = 20
export const MOST_ROWS_TOGETHER = 40_000

const rowsOf = (readings: readonly ReportReading[]): number =>
  readings.reduce((sum, { rows }) => sum + (rows ?? USUAL_ROWS), 0)

export const readReports = endpoint('POST', '/v1/report-readings', {
  summary: 'Several reports in one call, each with its own period and filters, in the order asked for',
  callers: FIGURE_READERS,
  looksUp: true,
  body: z.object({
    readings: z
      .array(ReportReading)
      .min(1)
      .max(MOST_READINGS, `At most ${MOST_READINGS} reports are read at once.`)
      .refine((readings) => rowsOf(readings) <= MOST_ROWS_TOGETHER, {
        message: `At most ${MOST_ROWS_TOGETHER} rows are read at once. Read the long reports one at a time.`,
      }),
  }),
  reply: z.object({
    /** A report that cannot be read says why, and the others are there. */
    items: z.array(z.object({ report: Report.nullable(), problem: z.string().nullable() })),
    freshness: Freshness,
  }),
  tags,
})

export const FILE_FORMATS = ['csv', 'json'] as const
export const FileFormat = z.enum(FILE_FORMATS)
export type FileFormat = z.infer<typeof FileFormat>

const RowsFile = FigureScope.extend({ format: FileFormat.default('csv') })

export const exportReport = endpoint('GET', '/v1/reports/:report/file', {
  summary: 'A report as CSV or JSON, with the numbers that its page shows; who took it is recorded',
  callers: FIGURE_READERS,
  /** A table alone is a file for programs; without it all tables stand below each other. */
  query: RowsFile.extend({ interval: Interval.optional(), table: z.string().max(60).optional() }),
  reply: z.instanceof(Uint8Array),
  tags,
})

export const exportTickets = endpoint('GET', '/v1/figures/tickets-file', {
  summary: 'A row for each ticket that began in a period, as CSV or JSON of any length; who took it is recorded',
  callers: FIGURE_READERS,
  query: RowsFile,
  reply: z.instanceof(Uint8Array),
  tags,
})

export const exportActions = endpoint('GET', '/v1/figures/actions-file', {
  summary:
    'A row for each combined action that was begun in a period, as CSV or JSON of any length; who took it is recorded',
  callers: FIGURE_READERS,
  query: RowsFile,
  reply: z.instanceof(Uint8Array),
  tags,
})
