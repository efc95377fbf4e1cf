/** One record of a file. `line` is where it begins, counted from 1 as editors do; `fault` is set instead of cells that cannot be read. */
export type CsvRecord = { line: number; cells: string[]; fault: string | null }

/**
 * Reads CSV strictly (RFC 4180): quotes around a cell, two for one inside it, line breaks within quotes, CRLF or LF, a BOM. What stands
 * between cells is the comma, semicolon or tab that the first line has most of, because Excel writes what its country writes.
 * @returns every record that is not empty; one that cannot be read says why
 */
export function readCsv(text: string): CsvRecord[] {
  const file = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(file)
  const records: CsvRecord[] = []
  for (let at = 0, line = 1; at < file.length; ) {
    const { cells, fault, end } = recordAt(file, at, separator)
    if (fault !== null || cells.some((cell) => cell.trim() !== '')) records.push({ line, cells, fault })
    line += breaksIn(file.slice(at, end))
    at = end
  }
  return records
}

function separatorOf(file: string): string {
  const [first = ''] = file.split(/\r?\n/, 1)
  const count = (separator: string) => first.split(separator).length
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best))
}

type Read = { cells: string[]; fault: string | null; end: number }

function recordAt(file: string, start: number, separator: string): Read {
  const cells: string[] = []
  let at = start
  for (;;) {
    const cell = file[at] === '"' ? quotedAt(file, at, separator) : bareAt(file, at, separator)
    if ('fault' in cell) return { cells, fault: cell.fault, end: afterLine(file, cell.end) }
    cells.push(cell.text)
    if (file[cell.end] !== separator) return { cells, fault: null, end: afterLine(file, cell.end) }
    at = cell.end + 1
  }
}

type Cell = { text: string; end: number } | { fault: string; end: number }

function bareAt(file: string, start: number, separator: string): Cell {
  let end = start
  while (end < file.length && file[end] !== separator && !isBreak(file[end])) end++
  const text = file.slice(start, end)
  return text.includes('"')
    ? { fault: 'A quote stands inside a cell that does not begin with one.', end }
    : { text, end }
}

function quotedAt(file: string, start: number, separator: string): Cell {
  let text = ''
  for (let at = start + 1; ; ) {
    const quote = file.indexOf('"', at)
    if (quote < 0)
      return { fault: 'A quote is opened here and never closed; nothing after it was read.', end: file.length }
    text += file.slice(at, quote)
    if (file[quote + 1] !== '"') {
      const end = quote + 1
      const ends = end >= file.length || file[end] === separator || isBreak(file[end])
      return ends ? { text, end } : { fault: 'Something stands behind a closing quote.', end }
    }
    text += '"'
    at = quote + 2
  }
}

const isBreak = (character: string | undefined) => character === '\n' || character === '\r'

/** Where the next record begins. */
function afterLine(file: string, from: number): number {
  const breaks = /\r\n|\n|\r/g
  breaks.lastIndex = from
  return breaks.exec(file) ? breaks.lastIndex : file.length
}

const breaksIn = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0
