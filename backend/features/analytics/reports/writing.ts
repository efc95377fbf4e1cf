import type { Cell, CellKind, Unit } from '../../../../shared/analytics.ts'
import { inWords, placesOf } from '../../../../shared/money.ts'
import { hoursWords } from '../figures/lengths.ts'

const DAY_SECONDS = 86_400

/** What a figure is in a cell. @param counted how many shares there are, instead of what they are worth */
export const kindOf = (unit: Unit, counted: boolean): CellKind => {
  if (counted) return 'number'
  if (unit === 'seconds') return 'length'
  return unit === 'share' || unit === 'money' ? unit : 'number'
}

/** How a cell is read: a length in days, or in hours however long it is. */
export type ReadKind = CellKind | 'hours'

/** @param of a column, or a metric that a cell is of */
export const readAs = (kind: CellKind, { inHours }: { inHours?: boolean | undefined }): ReadKind =>
  kind === 'length' && inHours ? 'hours' : kind

/** A figure as a spreadsheet takes it: days, and whole amounts of a currency. */
export function cellOf(value: number | null, kind: CellKind, currency: string | null): number | null {
  if (value === null) return null
  if (kind === 'length') return value / DAY_SECONDS
  return kind === 'money' && currency !== null ? Number((value / 10 ** placesOf(currency)).toFixed(6)) : value
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const dates = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' })

/** 1,234. */
export const countWords = (count: number): string => plain.format(count)

/** Said of a table that was cut; null of one that is whole. */
export const cutWords = (shown: number, all: number): string | null =>
  shown < all ? `The first ${countWords(shown)} of ${countWords(all)} rows are shown; a file has all of them.` : null

/** Said beside a chart of stretches of time that are not whole. */
export const DRAWN_FAINT = 'Drawn faint.'

/** What stands where there is nothing to make a figure of. */
export const NOTHING = '–'

/** A cell as people read it: 1,234 · 83.4 % · 7 h 12 min · £12.50 · 21 Nov 2026. */
export function cellWords(cell: Cell, kind: ReadKind, currency: string | null): string {
  if (cell === null) return NOTHING
  if (typeof cell === 'string') return textWords(cell, kind)
  if (kind === 'share') return `${percent.format(cell * 100)} %`
  if (kind === 'length') return lengthWords(cell * DAY_SECONDS)
  if (kind === 'hours') return hoursWords(Math.round(cell * DAY_SECONDS))
  return kind === 'money' && currency !== null ? moneyWords(cell, currency) : plain.format(cell)
}

const moneyWords = (amount: number, currency: string): string =>
  inWords({ minor: Math.round(amount * 10 ** placesOf(currency)), currency })

function textWords(cell: string, kind: ReadKind): string {
  if (kind === 'date') return dayWords(cell)
  return kind === 'instant' ? `${dayWords(cell.slice(0, 10))}, ${cell.slice(11)}` : cell
}

/** 21 Nov 2026. @param day YYYY-MM-DD */
export const dayWords = (day: string): string => dates.format(new Date(`${day}T00:00:00Z`))

/** 21 Nov, or 21 Nov, 14:00: as much as an axis has room for. @param cell of a date or an instant */
export const shortDay = (cell: string): string => {
  const day = dayAndMonth.format(new Date(`${cell.slice(0, 10)}T00:00:00Z`))
  return cell.length > 10 ? `${day}, ${cell.slice(11)}` : day
}

/** 45 s, 12 min, 7 h 12 min, 3 d 4 h; what has not passed as a whole does not count. Less than nothing is a length before something. */
export function lengthWords(seconds: number): string {
  const sign = seconds < 0 ? '−' : ''
  const all = Math.round(Math.abs(seconds))
  const [minutes, hours] = [Math.floor(all / 60), Math.floor(all / 3_600)]
  if (minutes === 0) return `${sign}${all} s`
  if (hours === 0) return `${sign}${minutes} min`
  if (hours < 48) return `${sign}${two(hours, 'h', minutes % 60, 'min')}`
  return `${sign}${two(Math.floor(hours / 24), 'd', hours % 24, 'h')}`
}

const two = (large: number, word: string, small: number, other: string): string =>
  small === 0 ? `${large} ${word}` : `${large} ${word} ${small} ${other}`
