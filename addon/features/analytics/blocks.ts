import type { Report, ReportTable, Cell as Told } from '../../../shared/analytics.ts'
import type { Reader } from '../../event.ts'
import { type Block, type Cell, dayCell, type Look, linkCell, type Shades, textCell } from '../../kit/sheet/cells.ts'
import { joined } from '../../kit/words.ts'
import { freshWords, fullInstant } from './freshness.ts'

type Column = ReportTable['columns'][number]
type Kind = Column['kind']

/** Title, definition, note, names of the columns. */
export const ABOVE_ROWS = 4
/** Name, period, freshness, when it was written. */
export const HEAD_ROWS = 4

const QUIET = '#5f6368'
const SHADE = '#e8f0fe'

const FORMATS: Partial<Record<Kind, string>> = {
  date: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
  share: '0.0%',
  length: '[h]:mm:ss',
  money: '#,##0.00',
}
const WHOLE = '#,##0'
const DECIMAL = '#,##0.0'

/** How wide a table is: its title has a link beside it. */
export const widthOf = ({ columns }: ReportTable): number => Math.max(2, columns.length)

/** What stands above all tables of a report: what it is of, how old it is, when it was written. */
export function headBlock({ report, period, filters, freshness }: Report, reader: Reader): Block {
  const lines = [
    report.name,
    joined([`${period.from} to ${period.to}`, period.zone, filters]),
    freshWords(freshness, reader),
    `Written by Sidedesk ${fullInstant(reader.now.toISOString(), reader)}. «Refresh all» in the panel brings it up to date.`,
  ]
  return {
    values: lines.map((line) => [textCell(line)]),
    looks: [
      { row: 0, column: 0, rows: 1, columns: 1, bold: true, size: 16 },
      { row: 1, column: 0, rows: 3, columns: 1, color: QUIET },
    ],
    backgrounds: null,
    slants: null,
  }
}

/** A table with its definition above it, as one block. @param origin of the pages that its links lead to */
export function tableBlock(table: ReportTable, origin: string): Block {
  const { title, sentence, columns, rows, link } = table
  const width = widthOf(table)
  const line = (...cells: Cell[]): Cell[] => cells.concat(new Array<Cell>(width - cells.length).fill(''))
  const values = [
    line(textCell(title), linkCell(addressOf(link, origin), 'Open in Sidedesk')),
    line(textCell(sentence)),
    line(textCell(noteOf(table))),
    line(...columns.map(({ name }) => textCell(name))),
  ].concat(rows.map((row) => line(...columns.map(({ kind }, at) => cellOf(row[at] ?? null, kind, origin)))))
  return { values, looks: looksOf(table, width), backgrounds: shadesOf(table), slants: slantsOf(table) }
}

function noteOf({ totals, note, rows, partialWords }: ReportTable): string {
  const total = totals.map(({ words }) => words).join(', ')
  return joined([
    total && `In all: ${total}`,
    rows.length === 0 && !note && 'Nothing in this period.',
    note,
    partialWords && `${partialWords} In italics.`,
  ])
}

/** A day, week or month that is not whole leans: a chart of Sheets has no fainter stretch. */
const slantsOf = ({ partial, rows, columns }: ReportTable): Block['slants'] =>
  partial && rows.length > 0
    ? { row: ABOVE_ROWS, column: 0, columns: columns.length, leans: rows.map((_row, at) => partial.indexOf(at) >= 0) }
    : null

const addressOf = (link: string, origin: string): string => (link.charAt(0) === '/' ? origin + link : link)

function cellOf(cell: Told, kind: Kind, origin: string): Cell {
  if (cell === null) return ''
  if (typeof cell === 'number') return cell
  if (kind === 'date' || kind === 'instant') return dayCell(cell)
  return kind === 'link' ? linkCell(addressOf(cell, origin), 'Show') : textCell(cell)
}

function looksOf({ columns, rows, chart }: ReportTable, width: number): Look[] {
  const looks: Look[] = [
    { row: 0, column: 0, rows: 1, columns: 1, bold: true, size: 12 },
    { row: 1, column: 0, rows: 2, columns: 1, color: QUIET },
    ...(chart === 'number' ? [{ row: 2, column: 0, rows: 1, columns: 1, bold: true, size: 18 }] : []),
    { row: 3, column: 0, rows: 1, columns: width, bold: true, background: SHADE },
  ]
  if (rows.length === 0) return looks
  let begin = 0
  for (let at = 1; at <= columns.length; at++) {
    const format = formatOf(columns, rows, begin)
    if (at < columns.length && formatOf(columns, rows, at) === format) continue
    if (format) looks.push({ row: ABOVE_ROWS, column: begin, rows: rows.length, columns: at - begin, format })
    begin = at
  }
  return looks
}

function formatOf(columns: readonly Column[], rows: ReportTable['rows'], at: number): string | undefined {
  const kind = columns[at]?.kind || 'text'
  if (kind !== 'number') return FORMATS[kind]
  return rows.every((row) => Number.isInteger(row[at] ?? 0)) ? WHOLE : DECIMAL
}

const PALE = [255, 255, 255]
const DEEP = [66, 133, 244]

/** Sheets has no chart of squares, so the cells themselves are coloured: the more, the deeper. */
function shadesOf({ chart, columns, rows }: ReportTable): Shades | null {
  if (chart !== 'heat' || rows.length === 0 || columns.length < 2) return null
  const numbers = rows.map((row) => columns.slice(1).map((_column, at) => Number(row[at + 1] || 0)))
  const most = numbers.reduce((max, row) => row.reduce((high, value) => Math.max(high, value), max), 0)
  if (most <= 0) return null
  return { row: ABOVE_ROWS, column: 1, colours: numbers.map((row) => row.map((value) => shade(value / most))) }
}

const shade = (part: number): string =>
  `#${PALE.map((pale, at) => hex(Math.round(pale + ((DEEP[at] || 0) - pale) * Math.max(0, part)))).join('')}`

const hex = (value: number): string => (value < 16 ? '0' : '') + value.toString(16)

/** A column with a link to what each row is made of, behind all others. */
export function withLinks(table: ReportTable): ReportTable {
  const { columns, rows, rowLinks } = table
  if (!rowLinks || rows.length === 0 || rowLinks.every((link) => link === null)) return table
  return {
    ...table,
    columns: columns.concat({ name: MADE_OF, kind: 'link' }),
    rows: rows.map((row, at) => row.concat(rowLinks[at] ?? null)),
  }
}

const MADE_OF = 'Made of'

/** The same table as it was before it got that column. */
export function withoutLinks(table: ReportTable): ReportTable {
  const { columns, rows } = table
  const last = columns.length - 1
  if (columns[last]?.name !== MADE_OF) return table
  return { ...table, columns: columns.slice(0, last), rows: rows.map((row) => row.slice(0, last)) }
}
