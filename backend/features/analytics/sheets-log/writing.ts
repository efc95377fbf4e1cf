import type { SheetAt, SheetsClient } from '../../../clients/sheets/index.ts'

/** Columns of the log; the first one is the key by which a row is found again. */
export const HEADER = ['Action', 'When (UTC)', 'Who', 'Order', 'What', 'Reason', 'Worth', 'Ticket'] as const
const LAST = 'H'

/** Texts of one row, the key first. */
export type LogRow = readonly string[]

/** Which of these keys the sheet has by now. */
async function knownKeys(sheets: SheetsClient, at: SheetAt): Promise<{ keys: Set<string>; last: number }> {
  const column = await sheets.read(at, 'A1:A')
  return { keys: new Set(column.map(([key]) => key ?? '')), last: column.length }
}

export async function missingIn(sheets: SheetsClient, at: SheetAt, rows: readonly LogRow[]): Promise<LogRow[]> {
  const { keys } = await knownKeys(sheets, at)
  return rows.filter(([key]) => !keys.has(key ?? ''))
}

/** Rows of the sheet that are added when it is full. */
const SPARE = 1_000

/**
 * Writes the rows whose keys the sheet does not have, behind the last one that has anything. They are put and not appended: the same writing
 * once more, however late, falls on the same cells.
 */
export async function writeMissing(sheets: SheetsClient, at: SheetAt, rows: readonly LogRow[]): Promise<void> {
  const { rows: count, sheetId } = await sheets.tab(at)
  const { keys, last } = await knownKeys(sheets, at)
  const missing = rows.filter(([key]) => !keys.has(key ?? ''))
  if (missing.length === 0) return
  const lines = last === 0 ? [[...HEADER], ...missing] : missing
  let from = last + 1
  for (let end = from + lines.length - 1; from <= count; end = from + lines.length - 1) {
    const there = await sheets.read(at, `A${from}:${LAST}${Math.min(end, count)}`)
    if (there.length === 0) break
    from += there.length // somebody wrote beside the column of keys
  }
  const end = from + lines.length - 1
  if (end > count) await sheets.grow(at, sheetId, end - count + SPARE)
  await sheets.put(at, `A${from}:${LAST}${end}`, lines)
}
