import type { Dimension } from '../../../../shared/analytics.ts'
import { toDecimal } from '../../../../shared/money.ts'
import type { Cell } from '../../../platform/csv/writing.ts'
import { formatNumber } from '../../tickets/index.ts'
import type { Labels } from '../figures/labels.ts'
import type { Row } from '../reading/engine.ts'

/** A value as JSON has it. */
export type Value = string | number | boolean | null

/**
 * One column of a file of rows. Programs read them by name: added to at the end, never renamed.
 * - `id`, `code`: an id or closed code as it is · `ticket`: a ticket's number · `instant`: UTC · `number`: as it is
 * - `name`: what people call the value of a dimension · `tags`: several in one cell · `money`: in whole units, of the column `currency`
 */
export type Column = { name: string; sql: string } & (
  | { kind: 'code' | 'ticket' | 'instant' | 'number' | 'tags' | 'money' }
  | { kind: 'name'; of: Dimension }
)

/** SQL whose value is a text, a number or a truth. */
export function sqlOf({ kind, sql }: Column): string {
  if (kind === 'instant') return `epoch_ms(${sql})::double`
  if (kind === 'number' || kind === 'ticket' || kind === 'money') return `(${sql})::double`
  if (kind === 'tags') return `array_to_string(${sql}, '\n')`
  return `(${sql})::varchar`
}

/** The cell's value, ready for people and programs alike. @param row of the lake, with `currency` where money is */
export function valueIn(column: Column, row: Row, labels: Labels): Value {
  const raw = row[column.name] ?? null
  if (raw === null) return null
  if (column.kind === 'name') return labels(column.of, String(raw))
  if (column.kind === 'ticket') return formatNumber(Number(raw))
  if (column.kind === 'instant') return new Date(Number(raw)).toISOString()
  if (column.kind === 'tags') return String(raw).replaceAll('\n', '; ')
  if (column.kind === 'money')
    return row['currency'] ? Number(toDecimal({ minor: Number(raw), currency: String(row['currency']) })) : null
  return raw
}

/** The same in a line of CSV. */
export function csvCell({ kind }: Pick<Column, 'kind'>, value: Value): Cell {
  if (value === null) return null
  if (typeof value === 'number') return { figure: plain(value) }
  if (kind === 'ticket' || kind === 'instant') return { code: String(value) }
  return { words: String(value) }
}

/** A number by its digits only, so that whoever reads it gets the same number again. */
export function plain(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  const fixed = value.toFixed(20)
  return fixed.includes('e') ? BigInt(value).toString() : fixed.replace(/\.?0+$/, '')
}

/** The values of a piece that names are read for, by dimension. */
export function keysIn(columns: readonly Column[], rows: readonly Row[]): Map<Dimension, Set<string>> {
  const found = new Map<Dimension, Set<string>>()
  for (const column of columns) {
    if (column.kind !== 'name') continue
    const keys = found.get(column.of) ?? new Set<string>()
    for (const { [column.name]: raw } of rows) if (raw !== null && raw !== undefined) keys.add(String(raw))
    found.set(column.of, keys)
  }
  return found
}
