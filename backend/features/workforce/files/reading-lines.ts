import { type Hours, LeaveKind, MINUTES_OF_DAY, MOST_LINES } from '../../../../shared/shifts.ts'
import { type CsvRecord, readCsv } from '../../../platform/csv/reading.ts'
import { isDay } from '../wall-times.ts'

/** What a line says of a day: hours of a shift, that there are none, or that somebody is away. */
export type Entry = { hours: Hours } | { hours: null; away: LeaveKind | null }

/** `who` is an address as look-ups know it. */
export type ShiftLine = { line: number; who: string; day: string; entry: Entry }

export type Problem = { line: number; why: string }

const COLUMNS = ['who', 'day', 'from', 'to', 'kind'] as const
const REQUIRED = ['who', 'day', 'from', 'to'] as const

/**
 * Reads a file of shifts; columns may stand in any order, and others beside them are left out.
 * @returns what its lines say, and each other line with what is wrong with it
 */
export function readLines(csv: string): { lines: ShiftLine[]; problems: Problem[] } {
  const [header, ...records] = readCsv(csv)
  const whole = (why: string, line = 1) => ({ lines: [], problems: [{ line, why }] })
  if (!header) return whole('The file is empty.')
  if (header.fault !== null) return whole(header.fault, header.line)
  const names = header.cells.map((name) => name.trim().toLowerCase())
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0)
    return whole(`The first line names no column ${missing.join(', ')}. It names: ${COLUMNS.join(',')}.`, header.line)
  if (records.length > MOST_LINES)
    return whole(`A file has ${MOST_LINES} lines at most. Part it, and save one after the other.`)
  const read = records.map((record) => ({ line: record.line, said: lineOf(record, names) }))
  return {
    lines: read.flatMap(({ said }) => (typeof said === 'string' ? [] : [said])),
    problems: read.flatMap(({ line, said }) => (typeof said === 'string' ? [{ line, why: said }] : [])),
  }
}

/** The line, or what is wrong with it. */
function lineOf({ line, cells, fault }: CsvRecord, names: readonly string[]): ShiftLine | string {
  if (fault !== null) return fault
  if (cells.length > names.length)
    return `This line has ${cells.length} cells and the first line ${names.length}. Put cells with a comma in quotes.`
  const of = (name: (typeof COLUMNS)[number]) => (cells[names.indexOf(name)] ?? '').trim()
  const [who, day] = [
    of('who')
      .replace(/^'(?=[=+\-@])/, '')
      .toLowerCase(),
    of('day'),
  ]
  if (who === '') return 'who is empty. Write the address of somebody of the team.'
  if (!isDay(day)) return 'day is no date: write it as 2026-11-23. Excel changes dates: format the column as text.'
  const entry = entryOf(of('kind').toLowerCase(), of('from'), of('to'))
  return typeof entry === 'string' ? entry : { line, who, day, entry }
}

function entryOf(kind: string, from: string, to: string): Entry | string {
  if (kind === '' || kind === 'shift') return hoursOf(from, to)
  const away = LeaveKind.safeParse(kind)
  if (kind !== 'off' && !away.success)
    return `kind is one of shift, off, ${LeaveKind.options.join(', ')}; this is «${kind.slice(0, 40)}».`
  if (from !== '' || to !== '') return `A line of the kind ${kind} is about the whole day: leave from and to empty.`
  return { hours: null, away: away.success ? away.data : null }
}

function hoursOf(typedFrom: string, typedTo: string): Entry | string {
  const [from, to] = [minutesOf(typedFrom), minutesOf(typedTo)]
  if (from === null || from === MINUTES_OF_DAY) return 'from is no time: write it as 09:00.'
  if (to === null) return 'to is no time: write it as 17:00. One that is not after from is of the next day.'
  return { hours: { from, to: to > from ? to : to + MINUTES_OF_DAY } }
}

const TIME = /^(\d{1,2}):([0-5]\d)(?::00)?$/

/** Minutes since midnight; null for what is no time. 24:00 is the end of a day. */
export function minutesOf(typed: string): number | null {
  const [whole, hours, minutes] = TIME.exec(typed) ?? []
  if (whole === undefined) return null
  const found = Number(hours) * 60 + Number(minutes)
  return found <= MINUTES_OF_DAY ? found : null
}
