import { ScriptError } from '../../realm/script-error.ts'
import { contentEnd } from '../state/book.ts'
import { deleteLines, insertLines, type Line } from '../state/shifting.ts'
import { reads, sheetIn, writes } from './act.ts'
import { refuseCells } from './book-acts.ts'

type Lines = { sheetId: number; line: Line; at: number; count: number }

/** What the methods of Sheet do. */
export const sheetActs = {
  sheetFacts: reads((book, { sheetId }: { sheetId: number }) => {
    const { name, hidden, maxRows, maxColumns, frozenRows, frozenColumns } = sheetIn(book, sheetId)
    const index = book.sheets.findIndex(({ id }) => id === sheetId) + 1
    return { name, hidden, maxRows, maxColumns, frozenRows, frozenColumns, index }
  }),
  contentEnd: reads((book, { sheetId }: { sheetId: number }) => contentEnd(sheetIn(book, sheetId))),
  insertLines: writes((book, { sheetId, line, at, count }: Lines) => {
    const sheet = sheetIn(book, sheetId)
    const most = line === 'row' ? sheet.maxRows : sheet.maxColumns
    if (count < 1) throw new ScriptError(`The number of ${line}s must be at least 1.`)
    if (at < 1 || at > most + 1) throw new ScriptError(`Those ${line}s are out of bounds.`)
    refuseCells(book, count * (line === 'row' ? sheet.maxColumns : sheet.maxRows))
    insertLines(book, sheet, line, at, count)
  }),
  deleteLines: writes((book, { sheetId, line, at, count }: Lines) => {
    const sheet = sheetIn(book, sheetId)
    const most = line === 'row' ? sheet.maxRows : sheet.maxColumns
    if (at < 1 || count < 1 || at + count - 1 > most) throw new ScriptError(`Those ${line}s are out of bounds.`)
    if (count >= most) throw new ScriptError(`You can't delete all the ${line}s on the sheet.`)
    deleteLines(book, sheet, line, at, count)
  }),
  freeze: writes((book, { sheetId, line, count }: { sheetId: number; line: Line; count: number }) => {
    const sheet = sheetIn(book, sheetId)
    const most = line === 'row' ? sheet.maxRows : sheet.maxColumns
    if (count < 0 || count > most) throw new ScriptError(`Those ${line}s are out of bounds.`)
    if (count === most) throw new ScriptError(`You can't freeze all visible ${line}s on the sheet.`)
    if (line === 'row') sheet.frozenRows = count
    else sheet.frozenColumns = count
  }),
  setWidths: writes(
    (book, { sheetId, column, count, width }: { sheetId: number; column: number; count: number; width: number }) => {
      const sheet = sheetIn(book, sheetId)
      if (column < 1 || column + count - 1 > sheet.maxColumns) throw new ScriptError('Those columns are out of bounds.')
      for (let at = column; at < column + count; at++) sheet.widths.set(at, width)
    },
  ),
  setLook: writes(
    (
      book,
      { sheetId, ...look }: { sheetId: number; gridlines?: boolean; tabColor?: string | null; hidden?: boolean },
    ) => {
      const sheet = sheetIn(book, sheetId)
      if (look.hidden && book.sheets.every((each) => each === sheet || each.hidden))
        throw new ScriptError("You can't hide all the sheets in a document.")
      Object.assign(sheet, look)
    },
  ),
}
