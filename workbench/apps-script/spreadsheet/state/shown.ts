import { format as written } from 'numfmt'
import type { Cell } from './book.ts'

/** What a cell shows: its value by its number format, in the language of the spreadsheet. @param locale as `en_GB` */
export function shownText(cell: Cell | undefined, locale: string): string {
  if (!cell || cell.value === '') return ''
  const { value, format } = cell
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return value
  return written(format ?? 'General', value, { locale: locale.replace('_', '-'), throws: false })
}
