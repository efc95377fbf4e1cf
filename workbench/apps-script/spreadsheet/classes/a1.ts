import { ScriptError } from '../../realm/script-error.ts'

type Corners = { row: number; column: number; rows: number; columns: number }

/** `B` of 2. */
export function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return (rest > 0 ? lettersOf(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26))
}

/** `A1`, or `A1:C3`. */
export function a1Of({ row, column, rows, columns }: Corners): string {
  const from = `${lettersOf(column)}${row}`
  return rows === 1 && columns === 1 ? from : `${from}:${lettersOf(column + columns - 1)}${row + rows - 1}`
}

const NOTATION = /^\$?([A-Z]*)\$?(\d*)(?::\$?([A-Z]*)\$?(\d*))?$/i

/** Reads `B2`, `B2:D9`, `2:3` and `B:C`. @throws ScriptError for anything else */
export function readA1(text: string, grid: { maxRows: number; maxColumns: number }): Corners {
  const [found, fromColumn = '', fromRow = '', toColumn, toRow] = NOTATION.exec(text) ?? []
  if (
    !found ||
    (fromColumn === '' && fromRow === '') ||
    ((fromColumn === '' || fromRow === '') && toColumn === undefined)
  )
    throw new ScriptError('Range not found')
  const single = toColumn === undefined
  const row = fromRow === '' ? 1 : Number(fromRow)
  const column = fromColumn === '' ? 1 : numberOf(fromColumn)
  const lastRow = single ? row : toRow === '' ? grid.maxRows : Number(toRow)
  const lastColumn = single ? column : toColumn === '' ? grid.maxColumns : numberOf(toColumn ?? '')
  return { row, column, rows: lastRow - row + 1, columns: lastColumn - column + 1 }
}

const numberOf = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
