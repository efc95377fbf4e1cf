import { DeskError } from '../../../platform/errors.ts'

const DAY_MS = 86_400_000

/**
 * The day that somebody means: 2026-11-20, 2026-11 and 2026 for their first days, today, yesterday.
 * @param today YYYY-MM-DD where the workspace is
 * @returns YYYY-MM-DD
 * @throws DeskError invalid_request
 */
export function parseDay(operator: string, value: string, today: string): string {
  const word = value.toLowerCase()
  if (word === 'today') return today
  if (word === 'yesterday') return new Date(Date.parse(`${today}T12:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/.exec(word) ?? []
  const written = year && `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (written && isDay(written)) return written
  throw new DeskError('invalid_request', `${operator}: takes a day, as in ${operator}:${today}. «${value}» is none.`)
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
