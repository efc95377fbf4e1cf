import type { Choice } from '../../kit/fields.ts'

const DAY_MS = 86_400_000

/** A period that goes with the calendar, or two days. */
export type Chosen = { preset: string; from: string; to: string }

export const PERIODS: readonly Choice[] = [
  { value: 'last-7', label: 'Last 7 days' },
  { value: 'last-28', label: 'Last 28 days' },
  { value: 'last-90', label: 'Last 90 days' },
  { value: 'this-week', label: 'This week' },
  { value: 'last-week', label: 'Last week' },
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'own', label: 'From … to …' },
]

export const USUAL_PERIOD = 'last-28'

/** The first and last day of a period. Of «last days» today is the last one. @param today YYYY-MM-DD of the reader's calendar */
export function daysOf({ preset, from, to }: Chosen, today: string): { from: string; to: string } {
  const [, count] = /^last-(\d+)$/.exec(preset) || []
  if (count) return { from: moved(today, 1 - Number(count)), to: today }
  const monday = moved(today, -((new Date(today).getUTCDay() + 6) % 7))
  if (preset === 'this-week') return { from: monday, to: today }
  if (preset === 'last-week') return { from: moved(monday, -7), to: moved(monday, -1) }
  const first = `${today.slice(0, 8)}01`
  if (preset === 'this-month') return { from: first, to: today }
  const before = moved(first, -1)
  if (preset === 'last-month') return { from: `${before.slice(0, 8)}01`, to: before }
  return { from, to }
}

/** As people say it. */
export const periodWords = ({ preset, from, to }: Chosen): string =>
  preset === 'own' ? `${from} to ${to}` : PERIODS.filter(({ value }) => value === preset)[0]?.label || preset

const moved = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
