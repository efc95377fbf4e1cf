import type { Act } from './act.ts'
import { bookActs } from './book-acts.ts'
import { chartActs } from './chart-acts.ts'
import { markActs } from './mark-acts.ts'
import { rangeActs } from './range-acts.ts'
import { sheetActs } from './sheet-acts.ts'

/** Everything that a method of SpreadsheetApp asks the spreadsheet for. */
export const acts = { ...bookActs, ...sheetActs, ...rangeActs, ...chartActs, ...markActs }

export type ActName = keyof typeof acts
export type InputOf<N extends ActName> = (typeof acts)[N] extends Act<infer I, unknown> ? I : never
export type OutputOf<N extends ActName> =
  (typeof acts)[N] extends Act<never, infer O> ? O : ReturnType<(typeof acts)[N]['run']>
