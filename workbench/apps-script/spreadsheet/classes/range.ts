import { isDateFormat } from 'numfmt'
import {
  date,
  either,
  flag,
  integer,
  listOf,
  mismatch,
  number,
  optional,
  type Parameter,
  text,
} from '../../realm/parameter.ts'
import { ScriptError } from '../../realm/script-error.ts'
import { answer, chain, type Method, type ServiceClass, serviceClass } from '../../realm/service-class.ts'
import type { Area, CellValue, Place, Style } from '../state/book.ts'
import type { Written } from '../state/typed.ts'
import { a1Of } from './a1.ts'
import type { Asking } from './asking.ts'

type Look = Style & { format?: string }

/** What a cell takes; what is nothing empties it. */
const cell: Parameter<Written> = {
  optional: false,
  read(value, realm) {
    if (value === null || value === undefined) return ''
    const instant = date.read(value, realm)
    if (instant !== mismatch) return { instant: instant as number }
    return either(either(text, number), flag).read(value, realm)
  },
}

const nullable = (inner: Parameter<string>): Parameter<string | null> => ({
  optional: false,
  read: (value, realm) => (value === null ? null : inner.read(value, realm)),
})

/** Range. Its own size and place need no call; everything else does. */
export function rangeClass(
  ask: Asking,
  makers: { range: (area: Area) => object; sheet: (sheetId: number) => object },
  adds: (owner: string, placeOf: (area: Area) => Place) => Method<Area>,
): ServiceClass<Area> {
  const values = (area: Area, method: string) =>
    ask(`Range.${method}`, 'readValues', { area }).map((line) => line.map(given))

  /** `setX(one)` for all cells, and `setXs(block)` for each its own. */
  const looks = <T>(name: string, take: Parameter<T>, look: (value: T) => Look): Record<string, Method<Area>> => ({
    [`set${name}`]: chain([take], (area: Area, value) =>
      ask(`Range.set${name}`, 'fill', { area, look: look(value as T) }),
    ),
    [`set${name}s`]: chain([listOf(listOf(take))], (area: Area, block) =>
      ask(`Range.set${name}s`, 'fillEach', { area, values: (block as T[][]).map((line) => line.map(look)) }),
    ),
  })

  return serviceClass<Area>('SpreadsheetApp.Range', {
    getRow: answer([], ({ row }) => row),
    getColumn: answer([], ({ column }) => column),
    getNumRows: answer([], ({ rows }) => rows),
    getNumColumns: answer([], ({ columns }) => columns),
    getLastRow: answer([], ({ row, rows }) => row + rows - 1),
    getLastColumn: answer([], ({ column, columns }) => column + columns - 1),
    getA1Notation: answer([], (area) => a1Of(area)),
    getSheet: answer([], ({ sheetId }) => makers.sheet(sheetId)),
    getValue: answer([], (area: Area) => values(firstOf(area), 'getValue')[0]?.[0]),
    getValues: answer([], (area: Area) => values(area, 'getValues')),
    getDisplayValues: answer([], (area: Area) => ask('Range.getDisplayValues', 'readShown', { area })),
    getFormulas: answer([], (area: Area) => ask('Range.getFormulas', 'readFormulas', { area })),
    getNumberFormats: answer([], (area: Area) => ask('Range.getNumberFormats', 'readFormats', { area })),
    getBackgrounds: answer([], (area: Area) => ask('Range.getBackgrounds', 'readBackgrounds', { area })),
    setValue: chain([cell], (area: Area, value) =>
      ask('Range.setValue', 'writeValues', { area, values: filled(area, value) }),
    ),
    setValues: chain([listOf(listOf(cell))], (area: Area, block) =>
      ask('Range.setValues', 'writeValues', { area, values: block }),
    ),
    setFormula: chain([text], (area: Area, formula) =>
      ask('Range.setFormula', 'writeValues', { area, values: filled(area, asFormula(formula)) }),
    ),
    setFormulas: chain([listOf(listOf(text))], (area: Area, block) =>
      ask('Range.setFormulas', 'writeValues', { area, values: block.map((line) => line.map(asFormula)) }),
    ),
    ...looks('NumberFormat', text, (format) => ({ format })),
    ...looks('FontWeight', nullable(text), (weight) => ({ bold: weight === 'bold' })),
    ...looks('FontStyle', nullable(text), (style) => ({ italic: style === 'italic' })),
    ...looks('FontSize', integer, (size) => ({ size })),
    ...looks('FontColor', nullable(text), (color) => ({ color: color ?? '' })),
    ...looks('Background', nullable(text), (background) => ({ background: background ?? '' })),
    ...looks('HorizontalAlignment', nullable(text), (align) => ({ align: align ?? '' })),
    ...looks('VerticalAlignment', nullable(text), (verticalAlign) => ({ verticalAlign: verticalAlign ?? '' })),
    ...looks('Wrap', flag, (wrap) => ({ wrap })),
    clear: chain([], (area: Area) => ask('Range.clear', 'clear', { area, contents: true, formats: true })),
    clearContent: chain([], (area: Area) =>
      ask('Range.clearContent', 'clear', { area, contents: true, formats: false }),
    ),
    clearFormat: chain([], (area: Area) => ask('Range.clearFormat', 'clear', { area, contents: false, formats: true })),
    offset: answer([integer, integer, optional(integer), optional(integer)], (area: Area, down, right, rows, columns) =>
      makers.range({
        sheetId: area.sheetId,
        row: area.row + down,
        column: area.column + right,
        rows: rows ?? area.rows,
        columns: columns ?? area.columns,
      }),
    ),
    activate: chain([], (area: Area) => ask('Range.activate', 'select', area)),
    addDeveloperMetadata: adds('Range', (area) =>
      lineOf(area, ask('Range.addDeveloperMetadata', 'sheetFacts', { sheetId: area.sheetId })),
    ),
  })
}

const firstOf = (area: Area): Area => ({ ...area, rows: 1, columns: 1 })

const filled = ({ rows, columns }: Area, value: Written): Written[][] =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => value))

const asFormula = (formula: string): string => (formula === '' || formula.startsWith('=') ? formula : `=${formula}`)

const DAY_MS = 86_400_000
const EPOCH_DAYS = 25_569

/** Days and lengths arrive in a script as a Date. */
const given = ({ value, format }: { value: CellValue; format: string }): CellValue | Date =>
  typeof value === 'number' && isDateFormat(format) ? new Date(Math.round((value - EPOCH_DAYS) * DAY_MS)) : value

/** Metadata hangs on a whole row or a whole column, named as `5:5` or `B:B`. */
function lineOf({ sheetId, row, column, rows, columns }: Area, grid: { maxRows: number; maxColumns: number }): Place {
  if (rows === 1 && columns === grid.maxColumns) return { kind: 'ROW', sheetId, row }
  if (columns === 1 && rows === grid.maxRows) return { kind: 'COLUMN', sheetId, column }
  throw new ScriptError(
    'Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the top-level spreadsheet, an individual sheet, or an entire row or column.',
  )
}
