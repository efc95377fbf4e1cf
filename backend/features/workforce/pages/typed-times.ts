import type { BreakTimes, WorkSpan, WorkTimes } from '../../../../shared/workforce.ts'
import { DeskError } from '../../../platform/errors.ts'
import { typedInstant, wallIn } from '../wall-times.ts'

/** The fields of a form about times, as text. */
export type TimeFields = Record<string, string>

export const fieldsIn = (form: URLSearchParams): TimeFields =>
  Object.fromEntries([...form].map(([name, value]) => [name, value.trim()]))

/** What the form of some times holds before anybody types. */
export function fieldsOf(
  { startedAt, endedAt, breaks }: Pick<WorkSpan, 'startedAt' | 'endedAt' | 'breaks'>,
  zone: string,
): TimeFields {
  const wall = (iso: string | null) => (iso === null ? '' : wallIn(zone, new Date(iso)))
  const rows = breaks.flatMap((each, row) => [
    [`break.${row}.id`, each.id],
    [`break.${row}.kind`, each.kind],
    [`break.${row}.start`, wall(each.startedAt)],
    [`break.${row}.end`, wall(each.endedAt)],
  ])
  return { start: wall(startedAt), end: wall(endedAt), ...Object.fromEntries(rows) }
}

/**
 * Times as they were typed. A break whose two times are empty is taken out.
 * @param before what is corrected; null for times that are added
 * @throws DeskError invalid_request, which names the field
 */
export function timesIn(fields: TimeFields, zone: string, before: WorkSpan | null): WorkTimes {
  const read = reader(zone)
  const startedAt = read('Begin of work', fields['start'], { was: before?.startedAt ?? null, after: null })
  const endedAt = fields['end']
    ? read('End of work', fields['end'], { was: before?.endedAt ?? null, after: startedAt })
    : null
  return {
    startedAt,
    endedAt,
    breaks: rowsIn(fields).flatMap((row) => breakIn(fields, row, read, { before, startedAt })),
  }
}

/** A form has rows for the breaks that there are, and one more. */
const rowsIn = (fields: TimeFields): number[] =>
  [...new Set(Object.keys(fields).flatMap((name) => /^break\.(\d{1,2})\./.exec(name)?.[1] ?? []))].map(Number)

type Work = { before: WorkSpan | null; startedAt: string }

function breakIn(fields: TimeFields, row: number, read: Read, { before, startedAt: begun }: Work): BreakTimes[] {
  const field = (name: string) => fields[`break.${row}.${name}`] ?? ''
  if (field('start') === '' && field('end') === '') return []
  const was = before?.breaks.find(({ id }) => id === field('id'))
  const where = `Break ${row + 1}`
  const startedAt = read(`${where}, begin`, field('start'), { was: was?.startedAt ?? null, after: begun })
  const end = { was: was?.endedAt ?? null, after: startedAt }
  const endedAt = field('end') === '' ? null : read(`${where}, end`, field('end'), end)
  return [{ id: was?.id ?? null, kind: field('kind'), startedAt, endedAt }]
}

type Read = (where: string, typed: string | undefined, known: { was: string | null; after: string | null }) => string

/** Reads fields by the clocks of a time zone. */
const reader =
  (zone: string): Read =>
  (where, typed, { was, after }) => {
    const at = typedInstant(zone, typed ?? '', was, after)
    if (!at) throw new DeskError('invalid_request', `${where}: write a day and a time, like 2026-11-22T09:00.`)
    return at.toISOString()
  }
