import { ScriptError } from '../../realm/script-error.ts'
import type { Area, Book, Sheet } from '../state/book.ts'

/** Something that a method does to the spreadsheet. */
export type Act<I, O> = {
  /** Whether it needs the right to edit. */
  writes: boolean
  run(book: Book, input: I, person: string): O
  /** How many cells travel; a fill of a range with one thing is one. */
  cells?(input: I): number
}

export const reads = <I, O>(run: Act<I, O>['run'], cells?: (input: I) => number): Act<I, O> => ({
  writes: false,
  run,
  ...(cells ? { cells } : {}),
})

export const writes = <I, O>(run: Act<I, O>['run'], cells?: (input: I) => number): Act<I, O> => ({
  writes: true,
  run,
  ...(cells ? { cells } : {}),
})

/** @throws ScriptError when it was deleted meanwhile */
export function sheetIn({ sheets }: Book, sheetId: number): Sheet {
  const found = sheets.find(({ id }) => id === sheetId)
  if (!found) throw new ScriptError(`Sheet ${sheetId} not found`)
  return found
}

/** The sheet of an area. @throws ScriptError when it is gone, or smaller than the area by now */
export function sheetAround(book: Book, area: Area): Sheet {
  const sheet = sheetIn(book, area.sheetId)
  if (area.row + area.rows - 1 > sheet.maxRows || area.column + area.columns - 1 > sheet.maxColumns)
    throw new ScriptError('The coordinates of the range are outside the dimensions of the sheet.')
  return sheet
}
