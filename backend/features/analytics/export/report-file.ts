import { DIMENSIONS, type FileFormat, MOST_ROWS, type Report, type ReportTable } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { BYTE_ORDER_MARK, type Cell, csvLine } from '../../../platform/csv/writing.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Flow } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type ReportScope, reportOf } from '../reports/reading.ts'
import { plain } from './columns.ts'
import { figuresExported } from './events.ts'
import { CONTENT_TYPES, fileName } from './formats.ts'

type Wanted = Omit<ReportScope, 'rows'> & { format: FileFormat; table?: string | undefined }

/**
 * A report as a file: all its tables one below the other, or one of them alone.
 * @throws DeskError as the report itself; not_found for a table that it does not have
 */
export async function reportFile(ctx: Ctx, by: Actor, id: string, { format, table, ...scope }: Wanted): Promise<Flow> {
  const report = pick(await reportOf(ctx, by.workspaceId, id, { ...scope, rows: MOST_ROWS }), table)
  const { from, to } = report.period
  const filtered = DIMENSIONS.some((one) => (scope[one] ?? []).length > 0)
  await inWorkspace(ctx, by.workspaceId, (tx) =>
    record(tx, [figuresExported({ what: id, format, from, to, filtered, by })]),
  )
  const name = fileName(table ? `${id}-${table}` : id, report.period, format)
  const pieces = format === 'csv' ? csvPieces(report, table !== undefined) : jsonPieces(report)
  return { pieces: masked(ctx, pieces), contentType: CONTENT_TYPES[format], name }
}

function pick(report: Report, table: string | undefined): Report {
  if (table === undefined) return report
  const tables = report.tables.filter(({ id }) => id === table)
  if (tables.length > 0) return { ...report, tables }
  const known = report.tables.map(({ id }) => id).join(', ')
  throw new DeskError('not_found', `«${report.report.name}» has no table «${table}». It has: ${known}.`)
}

async function* masked(ctx: Ctx, pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) yield ctx.mask(piece)
}

const LINES = 1_000

/** Lengths are in days in a report, as spreadsheets count them. */
const unitOf = ({ kind, inHours }: ReportTable['columns'][number]): string => {
  if (kind !== 'length') return ''
  return inHours ? ' (days of 24 h)' : ' (days)'
}

/** The last column of what adds up over time: whether all of the day, week or month is counted. */
const WHOLE = 'Whole'

/** One table alone has its header first, for programs; several stand below each other, each with its title and definition. */
export function* csvPieces(report: Report, alone: boolean): Generator<string> {
  yield BYTE_ORDER_MARK
  if (!alone) yield headLines(report)
  for (const table of report.tables) {
    if (!alone) yield `\r\n${wordsLine([table.title])}${wordsLine([table.sentence])}`
    if (!alone && table.note !== null) yield wordsLine([table.note])
    if (!alone && table.partialWords) yield wordsLine([table.partialWords])
    if (table.columns.length > 0)
      yield csvLine([
        ...table.columns.map((column) => ({ words: `${column.name}${unitOf(column)}` })),
        ...(table.partial ? [{ words: WHOLE }] : []),
      ])
    const partial = new Set(table.partial)
    const isWhole = (n: number) => (table.partial ? [{ words: partial.has(n) ? 'no' : 'yes' }] : [])
    for (let at = 0; at < table.rows.length; at += LINES)
      yield table.rows
        .slice(at, at + LINES)
        .map((row, n) => csvLine([...row.map(cellOf), ...isWhole(at + n)]))
        .join('')
  }
}

function headLines({ report, period, filters, freshness }: Report): string {
  return [
    wordsLine([report.name]),
    wordsLine(['Period', `${period.from} to ${period.to}`, period.zone]),
    ...(filters ? [wordsLine(['Filters', filters])] : []),
    wordsLine(['Freshness', freshnessWords(freshness)]),
  ].join('')
}

const freshnessWords = ({ asOf, words }: Report['freshness']): string =>
  asOf === null ? `No figures yet. ${words}` : `Figures as of ${asOf.slice(0, 16).replace('T', ' ')} UTC. ${words}`

const wordsLine = (words: readonly string[]): string => csvLine(words.map((one) => ({ words: one })))

const cellOf = (cell: ReportTable['rows'][number][number]): Cell => {
  if (cell === null) return null
  return typeof cell === 'number' ? { figure: plain(cell) } : { words: cell }
}

/** The same as the API answers, table by table. */
function* jsonPieces({ tables, ...head }: Report): Generator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"tables":[`
  for (const [n, table] of tables.entries()) yield `${n === 0 ? '' : ','}${JSON.stringify(table)}`
  yield ']}\n'
}
