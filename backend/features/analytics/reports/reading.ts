import {
  DIMENSIONS,
  type Dimension,
  type Figure,
  type FigureQuestion,
  type FigureScope,
  type Freshness,
  type Interval,
  type Report,
  type ReportTable,
} from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import type { Picture } from '../charts/picture.ts'
import { figuresOf } from '../figures/asking.ts'
import { eachInTurn } from '../figures/in-turn.ts'
import { metricOf } from '../metrics/index.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { DIMENSION_WORDS } from './axes.ts'
import { beganAfter } from './beginning.ts'
import { filterChoices, filterWords } from './choices.ts'
import { drillOf } from './drilling.ts'
import { reportCalled } from './list.ts'
import { type ReportDefinition, type TableDefinition, tablesOf, viewOfReport } from './report.ts'
import { spanBefore, spanOf, usualInterval } from './spans.ts'
import { tableOf } from './table.ts'

export type ReportScope = FigureScope & { interval?: Interval | undefined; rows?: number | undefined }

/** A table of a report, the figure that it was made of, and the same figure of the period before when that was asked for. */
export type Filled = {
  definition: TableDefinition
  table: ReportTable
  figure: Figure | null
  before: Figure | null
  /** What it looks like, where its columns do not say it. */
  pictures?: Picture[]
}

/** @property beganOn the day of the first ticket, when the days before the period are not compared with because it came after their begin */
export type FilledReport = {
  period: Figure['period']
  freshness: Freshness
  tables: readonly Filled[]
  beganOn?: string | null
}

/**
 * A report for a period, ready to be put down.
 * @throws DeskError not_found for a report that there is not, invalid_request for a period or filter that makes no sense, unavailable
 */
export async function reportOf(ctx: Ctx, workspaceId: string, id: string, scope: ReportScope): Promise<Report> {
  const definition = reportCalled(id)
  const { period, freshness, tables } = await fillReport(ctx, workspaceId, definition, scope)
  const filters = filterWords(scope, hasFilter(scope) ? await filterChoices(ctx, workspaceId) : [])
  return { report: viewOfReport(definition), period, filters, freshness, tables: tables.map(({ table }) => table) }
}

const hasFilter = (scope: ReportScope): boolean => DIMENSIONS.some((one) => (scope[one] ?? []).length > 0)

/** All figures of a report in one go, of one state of the lake. @param withBefore asks for the period before, too */
export async function fillReport(
  ctx: Ctx,
  workspaceId: string,
  definition: ReportDefinition,
  scope: ReportScope,
  withBefore = false,
): Promise<FilledReport> {
  const span = await spanOf(ctx, workspaceId, scope)
  if (definition.tell && definition.tables.every((table) => missingFilters(table, scope).length === 0))
    return definition.tell(ctx, workspaceId, scope)
  const interval = scope.interval && scope.interval !== 'none' ? scope.interval : usualInterval(span)
  const tables = tablesOf(definition)
  const asked = tables.filter((table) => missingFilters(table, scope).length === 0)
  const known = { ...scope, zone: span.zone }
  const earlier = { ...known, ...spanBefore(span) }
  const beganOn = withBefore ? await beganAfter(ctx, workspaceId, earlier) : null
  const questions = asked.map((table) => questionOf(table, known, interval))
  const compared = withBefore && beganOn === null ? asked.filter(({ caution }) => caution === undefined) : []
  const before = compared.map((table) => ({ ...questionOf(table, earlier, 'none'), by: [] }))
  const figures = questions.length > 0 ? await figuresOf(ctx, workspaceId, [...questions, ...before]) : []
  const [fromAt, toAt] = [span.fromAt, span.toAt].map((at) => new Date(at).toISOString()) as [string, string]
  return {
    period: { ...span, fromAt, toAt },
    freshness: figures[0]?.freshness ?? (await freshnessIn(ctx, true)),
    beganOn,
    tables: await eachInTurn(tables, (table): Filled => {
      const at = asked.indexOf(table)
      const figure = figures[at]
      const drill = drillOf(table, known)
      if (at < 0 || !figure)
        return { definition: table, table: unasked(table, scope, drill.link), figure: null, before: null }
      return {
        definition: table,
        table: tableOf(table, figure, drill, scope.rows),
        figure,
        before: compared.includes(table) ? (figures[asked.length + compared.indexOf(table)] ?? null) : null,
      }
    }),
  }
}

function questionOf(
  { metric, measure, overTime, by }: TableDefinition,
  scope: ReportScope,
  interval: Interval,
): FigureQuestion {
  return { ...scope, metric, ...(measure && { measure }), interval: overTime ? interval : 'none', by: [...(by ?? [])] }
}

/** Filters that a figure does not know. */
const missingFilters = ({ metric }: TableDefinition, scope: ReportScope): Dimension[] => {
  const { dimensions } = metricOf(metric)
  return DIMENSIONS.filter((one) => (scope[one] ?? []).length > 0 && !dimensions.includes(one))
}

/** A figure that cannot be filtered so is not shown unfiltered. */
function unasked(definition: TableDefinition, scope: ReportScope, link: string): ReportTable {
  const { sentence } = metricOf(definition.metric)
  const missing = missingFilters(definition, scope).map((one) => DIMENSION_WORDS[one].toLowerCase())
  return {
    ...{ id: definition.id, title: definition.title, sentence, chart: definition.chart, link },
    columns: [],
    rows: [],
    allRows: 0,
    totals: [],
    note: `This figure is not told by ${missing.join(' or ')}.`,
  }
}
