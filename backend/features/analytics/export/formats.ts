import type { FileFormat } from '../../../../shared/analytics.ts'
import { BYTE_ORDER_MARK, csvLine } from '../../../platform/csv/writing.ts'
import { type Column, csvCell, type Value } from './columns.ts'

export const CONTENT_TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

/** tickets-2026-11-01-to-2026-11-30.csv */
export const fileName = (what: string, { from, to }: { from: string; to: string }, format: FileFormat): string =>
  `${what}-${from}-to-${to}.${format}`

/** Writes rows as a file, piece after piece. */
type Writer = { head(): string; rows(rows: readonly Value[][]): string; tail(): string }

export const writerOf = (format: FileFormat, columns: readonly Column[]): Writer =>
  format === 'csv' ? csvWriter(columns) : jsonWriter(columns)

const csvWriter = (columns: readonly Column[]): Writer => ({
  head: () => BYTE_ORDER_MARK + csvLine(columns.map(({ name }) => ({ code: name }))),
  rows: (rows) => rows.map((row) => csvLine(columns.map((column, n) => csvCell(column, row[n] ?? null)))).join(''),
  tail: () => '',
})

/** One list, an object for each row, each on its own line. */
function jsonWriter(columns: readonly Column[]): Writer {
  let before = '\n'
  return {
    head: () => '[',
    rows: (rows) =>
      rows
        .map((row) => {
          const line = before + JSON.stringify(Object.fromEntries(columns.map(({ name }, n) => [name, row[n] ?? null])))
          before = ',\n'
          return line
        })
        .join(''),
    tail: () => '\n]\n',
  }
}
