import type { SlaPolicy } from '../../../../shared/sla.ts'
import { DeskError } from '../../../platform/errors.ts'

const LENGTH = /^(?:(\d{1,3})\s*d(?:ays?)?)?\s*(?:(\d{1,4})\s*h(?:ours?)?)?\s*(?:(\d{1,6})\s*(?:m|min|minutes?)?)?$/i

/**
 * `45`, `45 min`, `4 h`, `1 h 30 min`, `2 d`; nothing is no target. A day is 24 hours.
 * @returns minutes
 * @throws DeskError invalid_request
 */
export function minutesOf(text: string, where: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const [whole, days = 0, hours = 0, minutes = 0] = LENGTH.exec(trimmed) ?? []
  const all = Number(days) * 1_440 + Number(hours) * 60 + Number(minutes)
  if (whole !== undefined && all > 0) return all
  throw new DeskError(
    'invalid_request',
    `${where}: «${trimmed}» is no length of time. Write 45 min, 4 h, 1 h 30 min or 2 d; nothing is no target.`,
  )
}

/** 90 -> `1 h 30 min`, 2880 -> `2 d`; 2400 stays `40 h`, and so does any number of open hours, because no day of work has 24. */
export function lengthText(minutes: number | null, unit: SlaPolicy['unit'] = 'minutes'): string {
  if (minutes === null) return ''
  if (unit === 'minutes' && minutes % 1_440 === 0) return `${minutes / 1_440} d`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter((part) => part !== '').join(' ')
}
