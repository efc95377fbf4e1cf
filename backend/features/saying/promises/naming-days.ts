import { SPEECHES } from './languages/all.ts'
import type { Speech } from './languages/speech.ts'

const DAY_MS = 24 * 60 * 60_000

/** A day of the calendar as somebody wrote it; without a year where none was written. */
export type NamedDay = { day: number; month: number; year: string | null }

const ISO_DAY = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/gu
const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)/gu
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/gu

type Names = readonly (readonly string[])[]

const anyOf = (names: Names): string =>
  names
    .flat()
    .sort((a, b) => b.length - a.length)
    .join('|')

/** «24 November», «24. November», «24 de noviembre», «November 24th», each with or without a year. */
const namedPattern = (months: Names): RegExp =>
  new RegExp(
    `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.|er)? (?:of |de )?(${anyOf(months)})(?:,? (?:de )?(\\d{4}))?(?!\\p{L})|(?<!\\p{L})(${anyOf(months)}) (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d)`,
    'giu',
  )

const patterns = new Map<Names, RegExp>()

const monthOf = (months: Names, word: string): number =>
  months.findIndex((each) => each.includes(word.toLowerCase())) + 1

/** Every month's name in every language; no two of them mean different months. */
const ALL_MONTHS: Names = Array.from({ length: 12 }, (_, at) => [
  ...new Set(Object.values(SPEECHES).flatMap(({ months }) => months[at] ?? [])),
])

/**
 * Days of the calendar that a sentence names.
 * @param speech of the sentence; null where its language is not known: then every name of a month counts, and 3/4 is no day
 */
export function calendarDays(sentence: string, speech: Speech | null): NamedDay[] {
  const months = speech?.months ?? ALL_MONTHS
  const pattern = patterns.get(months) ?? namedPattern(months)
  patterns.set(months, pattern)
  const of = (day = '', month = '', year = ''): NamedDay => ({
    day: Number(day),
    month: Number(month),
    year: year === '' ? null : year,
  })
  return [
    ...[...sentence.matchAll(ISO_DAY)].map(([, year, month, day]) => of(day, month, year)),
    ...[...sentence.matchAll(DOTTED)].map(([, day, month, year]) => of(day, month, year)),
    ...(speech?.slashed ? [...sentence.matchAll(SLASHED)].map(([, day, month, year]) => of(day, month, year)) : []),
    ...[...sentence.matchAll(pattern)].map(([, d1, m1, y1, m2, d2, y2]) => ({
      ...of(d1 ?? d2, '', y1 ?? y2),
      month: monthOf(months, m1 ?? m2 ?? ''),
    })),
  ]
}

/** Days from now that a sentence names, YYYY-MM-DD; null stands for one that could be meant in two ways. */
export function daysIn(sentence: string, today: string, speech: Speech): (string | null)[] {
  const words = sentence.replace(/guten morgen|good morning/gu, '')
  const named = calendarDays(words, speech).map((day) => dated(today, day))
  return [...new Set([...relative(words, today, speech), ...weekdaysIn(words, today, speech), ...named])]
}

function relative(words: string, today: string, { dayAfter, tomorrow, today: now }: Speech): string[] {
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:(${dayAfter})|(${tomorrow})|(${now}))(?![\\p{L}\\d])`, 'gu')
  return [...words.matchAll(pattern)].map(([, two, one]) => later(today, two ? 2 : one ? 1 : 0))
}

function weekdaysIn(words: string, today: string, { weekdays, next }: Speech): (string | null)[] {
  const pattern = new RegExp(`(?<!\\p{L})((?:${next}) )?(${anyOf(weekdays)})( (?:${next}))?(?!\\p{L})`, 'gu')
  return [...words.matchAll(pattern)].map(([, before, name = '', after]) => {
    const weekday = weekdays.findIndex((each) => each.includes(name))
    return before || after ? null : comingDay(today, weekday)
  })
}

export const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** A Tuesday that is said on a Tuesday may be today. */
function comingDay(today: string, weekday: number): string | null {
  const ahead = (weekday - new Date(`${today}T12:00:00Z`).getUTCDay() + 7) % 7
  return ahead === 0 ? null : later(today, ahead)
}

/** A day without a year is the next one of that name. */
function dated(today: string, { day, month, year }: NamedDay): string | null {
  if (day < 1 || day > 31 || month < 1 || month > 12) return null
  const inYear = (of: string) => `${of}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const first = inYear(year ?? today.slice(0, 4))
  const chosen = year || first >= today ? first : inYear(String(Number(today.slice(0, 4)) + 1))
  return later(chosen, 0) === chosen ? chosen : null
}
