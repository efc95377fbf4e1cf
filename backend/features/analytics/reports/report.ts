import type { Chart, Dimension, Measure, ReportView } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { METRICS } from '../metrics/index.ts'
import type { FilledReport, ReportScope } from './reading.ts'

/** One table of a report: one figure, measured in one way, split by time or by up to two dimensions. */
export type TableDefinition = {
  id: string
  title: string
  metric: string
  /** The metric's usual one unless stated. */
  measure?: Measure
  /** Whether it is split by time, in stretches as long as somebody asks for. */
  overTime?: true
  by?: readonly Dimension[]
  chart: Chart
  /** Why it says less of days gone by than it seems to: stands beside it everywhere, and it is not compared with before. */
  caution?: string
  /** Whether more of it is better, or less; unsaid where neither is. */
  better?: 'more' | 'less'
}

/** An arrangement of figures. It counts nothing itself. */
export type ReportDefinition = {
  id: string
  name: string
  sentence: string
  tables: readonly TableDefinition[]
  /** Fills the tables of a report that tells of what is to come; its period is its own. */
  tell?: (ctx: Ctx, workspaceId: string, scope: ReportScope) => Promise<FilledReport>
}

const defined = new Set(METRICS.map(({ id }) => id))

/** Tables whose figure is defined; one that is not is left out. */
export const tablesOf = ({ tables }: ReportDefinition): TableDefinition[] =>
  tables.filter(({ metric }) => defined.has(metric))

export const viewOfReport = (report: ReportDefinition): ReportView => ({
  id: report.id,
  name: report.name,
  sentence: report.sentence,
  tables: tablesOf(report).map(({ id, title, metric, chart }) => ({ id, title, metric, chart })),
})
