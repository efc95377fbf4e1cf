import type { Area, Book, Place, Sheet } from './book.ts'

export type Line = 'row' | 'column'

type Move = { sheetId: number; line: Line; at: number; count: number }

/** Puts empty rows or columns before the one at `at`; marks, charts and what they show go along. */
export function insertLines(book: Book, sheet: Sheet, line: Line, at: number, count: number): void {
  if (line === 'row') {
    sheet.maxRows += count
    if (sheet.rows.length >= at) sheet.rows.splice(at - 1, 0, ...new Array<never>(count))
  } else {
    sheet.maxColumns += count
    for (const cells of sheet.rows) if (cells && cells.length >= at) cells.splice(at - 1, 0, ...new Array<never>(count))
  }
  const move = { sheetId: sheet.id, line, at, count }
  const shifted = (position: number) => (position >= at ? position + count : position)
  for (const { place } of book.marks) shiftMark(place, move, shifted)
  for (const each of book.sheets)
    for (const chart of each.charts) {
      if (each === sheet) chart.anchor[line] = shifted(chart.anchor[line])
      for (const range of chart.ranges) stretch(range, move)
    }
}

/** Takes rows or columns out; a mark on one of them goes with it, and a chart keeps what is left of its range. */
export function deleteLines(book: Book, sheet: Sheet, line: Line, at: number, count: number): void {
  const end = at + count
  if (line === 'row') {
    sheet.maxRows -= count
    sheet.rows.splice(at - 1, count)
  } else {
    sheet.maxColumns -= count
    for (const cells of sheet.rows) cells?.splice(at - 1, count)
  }
  const move = { sheetId: sheet.id, line, at, count }
  const shifted = (position: number) => (position >= end ? position - count : Math.min(position, at))
  book.marks = book.marks.filter(({ place }) => !isWithin(place, move))
  for (const { place } of book.marks) shiftMark(place, move, shifted)
  for (const each of book.sheets)
    for (const chart of each.charts) {
      if (each === sheet) chart.anchor[line] = Math.max(1, shifted(chart.anchor[line]))
      for (const range of chart.ranges) shrink(range, move)
      chart.ranges = chart.ranges.filter(({ rows, columns }) => rows > 0 && columns > 0)
    }
}

function shiftMark(place: Place, { sheetId, line }: Move, shifted: (position: number) => number): void {
  if (place.kind === 'ROW' && line === 'row' && place.sheetId === sheetId) place.row = shifted(place.row)
  if (place.kind === 'COLUMN' && line === 'column' && place.sheetId === sheetId) place.column = shifted(place.column)
}

function isWithin(place: Place, { sheetId, line, at, count }: Move): boolean {
  if (place.kind === 'SPREADSHEET' || place.kind === 'SHEET' || place.sheetId !== sheetId) return false
  const position = line === 'row' && place.kind === 'ROW' ? place.row : place.kind === 'COLUMN' ? place.column : 0
  return place.kind === (line === 'row' ? 'ROW' : 'COLUMN') && position >= at && position < at + count
}

const SIZE = { row: 'rows', column: 'columns' } as const

function stretch(range: Area, { sheetId, line, at, count }: Move): void {
  if (range.sheetId !== sheetId) return
  const size = SIZE[line]
  if (range[line] >= at) range[line] += count
  else if (at < range[line] + range[size]) range[size] += count
}

function shrink(range: Area, { sheetId, line, at, count }: Move): void {
  if (range.sheetId !== sheetId) return
  const size = SIZE[line]
  const [first, end] = [range[line], range[line] + range[size]]
  const lost = Math.max(0, Math.min(end, at + count) - Math.max(first, at))
  const before = Math.max(0, Math.min(first, at + count) - at)
  range[line] = first - before
  range[size] -= lost
}
