import { dayIn, instantIn } from '../../../platform/calendar.ts'

/** A promise to be back at a time, found in an answer. */
export type Promised = { at: Date; words: string }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A day without an hour ends with the working day. */
const EVENING = 18 * 60
const FARTHEST_DAYS = 60
const LONGEST_SENTENCE = 400

const BACK =
  /\b(?:i|we)\s?(?:['’]ll|will|shall|am going to|are going to)\b.{0,60}\b(?:get back|come back|be back|be in touch|reply|answer|respond|write|call|let you know|update you|contact|follow up)\b|\byou\s?(?:['’]ll| will) (?:hear|have an answer) from (?:me|us)\b|\bmelden? (?:ich|wir) (?:mich|uns)\b|\b(?:ich|wir) (?:werden? )?(?:melden?|antworten?|schreiben?|rufen?|geben?)\b|\b(?:ich|wir) werden? .{0,80}\b(?:melden|antworten|schreiben|anrufen|bescheid geben)\b|\bsie (?:hören|erhalten|bekommen) .{0,60}\bvon (?:mir|uns)\b/iu

/** Whoever says «if», «not» or asks has promised nothing that a clock could hold. */
const UNSURE =
  /\b(?:not|never|if|when|once|as soon as|unless|probably|maybe|perhaps|nicht|nie|wenn|falls|sobald|vielleicht|wahrscheinlich)\b|n['’]t\b|\?/iu

/**
 * The first promise of an answer that names one clear time; what could be meant in two ways is none.
 * @param fresh the answer without what it quotes
 * @param timeZone of the workspace: «tomorrow» is tomorrow there
 */
export function promiseIn(fresh: string, sentAt: Date, timeZone: string): Promised | null {
  for (const sentence of sentencesOf(fresh)) {
    if (!BACK.test(sentence) || UNSURE.test(sentence)) continue
    const at = timeIn(sentence.toLowerCase(), sentAt, timeZone)
    if (at && at > sentAt && at.getTime() - sentAt.getTime() < FARTHEST_DAYS * DAY_MS) return { at, words: sentence }
  }
  return null
}

/** A full stop between digits (15.00, 24.11.) ends no sentence. */
const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[!?])\s+|(?<=[^\d\s][.])\s+|\n+/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '' && sentence.length <= LONGEST_SENTENCE)

function timeIn(sentence: string, sentAt: Date, timeZone: string): Date | null {
  const after = spanIn(sentence)
  const days = daysIn(sentence, dayIn(timeZone, sentAt))
  if (after !== null) return days.length === 0 ? new Date(sentAt.getTime() + after) : null
  const clocks = clocksIn(sentence)
  if (days.length > 1 || clocks.length > 1) return null
  const [day] = days
  const [minutes] = clocks
  if (day === undefined && minutes === undefined) return null
  if (day === null) return null
  return instantIn(timeZone, day ?? dayIn(timeZone, sentAt), minutes ?? partOfDay(sentence))
}

const NUMBERS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  einer: 1,
  einem: 1,
  eine: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
}
const SPAN =
  /\b(?:in|within|innerhalb(?: von| der)?|binnen)(?: the| den| der)?(?: next| nächsten)? (\d{1,3}|[a-zü]+) (minutes?|minuten?|hours?|stunden?|days?|tag(?:en?)?)\b/u

/** «In two hours», «innerhalb von 3 Tagen», in milliseconds; working days are somebody else's calendar. */
function spanIn(sentence: string): number | null {
  const [, count = '', unit = ''] = SPAN.exec(sentence) ?? []
  const number = /^\d+$/.test(count) ? Number(count) : NUMBERS[count]
  if (number === undefined) return null
  return number * (/^min/.test(unit) ? 60_000 : /^[hs]/.test(unit) ? HOUR_MS : DAY_MS)
}

const WEEKDAYS = [
  ['sunday', 'sonntag'],
  ['monday', 'montag'],
  ['tuesday', 'dienstag'],
  ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'],
  ['friday', 'freitag'],
  ['saturday', 'samstag', 'sonnabend'],
]
const MONTHS = [
  ['january', 'jan', 'januar'],
  ['february', 'feb', 'februar'],
  ['march', 'mar', 'märz'],
  ['april', 'apr'],
  ['may', 'mai'],
  ['june', 'jun', 'juni'],
  ['july', 'jul', 'juli'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oct', 'oktober', 'okt'],
  ['november', 'nov'],
  ['december', 'dec', 'dezember', 'dez'],
]
const numberOf = (names: string[][], word: string) => names.findIndex((each) => each.includes(word))
const anyOf = (names: string[][]) =>
  names
    .flat()
    .sort((a, b) => b.length - a.length)
    .join('|')

const DAY_WORD =
  /(?<![\p{L}\d])(?:(day after tomorrow|übermorgen)|(tomorrow|(?<!guten )(?<!am )morgen)|(today|tonight|heute|end of (?:the )?day))(?![\p{L}\d])/gu
const WEEKDAY = new RegExp(`(?<!\\p{L})(next |nächsten |kommenden )?(${anyOf(WEEKDAYS)})(?!\\p{L})`, 'gu')
const ISO_DAY = /(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)/gu
const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)/gu
const NAMED = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?(${anyOf(MONTHS)})(?!\\p{L})|(?<!\\p{L})(${anyOf(MONTHS)}) (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)`,
  'gu',
)

/** Days that a sentence names, YYYY-MM-DD; null stands for one that could be meant in two ways. */
function daysIn(sentence: string, today: string): (string | null)[] {
  const words = sentence.replace(/guten morgen|good morning/gu, '')
  const relative = [...words.matchAll(DAY_WORD)].map(([, two, one]) => later(today, two ? 2 : one ? 1 : 0))
  const weekdays = [...words.matchAll(WEEKDAY)].map(([, next, name = '']) =>
    weekdayAfter(today, numberOf(WEEKDAYS, name), next),
  )
  const iso = [...words.matchAll(ISO_DAY)].map(([, day = '']) => day)
  const dotted = [...words.matchAll(DOTTED)].map(([, day, month, year]) =>
    dated(today, Number(day), Number(month), year),
  )
  const named = [...words.matchAll(NAMED)].map(([, d1, m1, m2, d2]) =>
    dated(today, Number(d1 ?? d2), numberOf(MONTHS, m1 ?? m2 ?? '') + 1),
  )
  return [...new Set([...relative, ...weekdays, ...iso, ...dotted, ...named])]
}

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** «Next Tuesday» is this week's to some and next week's to others, and a Tuesday said on a Tuesday may be today. */
function weekdayAfter(today: string, weekday: number, next: string | undefined): string | null {
  const ahead = (weekday - new Date(`${today}T12:00:00Z`).getUTCDay() + 7) % 7
  return next === 'next ' || next === 'nächsten ' || ahead === 0 ? null : later(today, ahead)
}

/** A day without a year is the next one of that name. */
function dated(today: string, day: number, month: number, year?: string): string | null {
  if (day < 1 || day > 31 || month < 1 || month > 12) return null
  const inYear = (of: string) => `${of}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const first = inYear(year ?? today.slice(0, 4))
  const chosen = year || first >= today ? first : inYear(String(Number(today.slice(0, 4)) + 1))
  return later(chosen, 0) === chosen ? chosen : null
}

const CLOCK =
  /(?<![\d.:-])(\d{1,2})(?::(\d{2})(?: ?(am|pm|uhr|h)\b)?|\.(\d{2}) ?(uhr|am|pm)\b| ?(am|pm|a\.m\.|p\.m\.|uhr|o['’]clock)(?!\p{L}))/gu

/** Times of the clock that a sentence names, in minutes since midnight. */
function clocksIn(sentence: string): number[] {
  return [...sentence.matchAll(CLOCK)].flatMap(([, hour = '', m1, u1, m2, u2, u3]) => {
    const unit = (u1 ?? u2 ?? u3 ?? '').replace(/\./g, '')
    const hours =
      unit === 'pm' && Number(hour) < 12 ? Number(hour) + 12 : unit === 'am' && hour === '12' ? 0 : Number(hour)
    const minutes = Number(m1 ?? m2 ?? 0)
    return hours < 24 && minutes < 60 ? [hours * 60 + minutes] : []
  })
}

function partOfDay(sentence: string): number {
  if (/\b(?:morning|noon|vormittag|mittag|früh)\b/u.test(sentence)) return 12 * 60
  if (/\b(?:afternoon|nachmittag)\b/u.test(sentence)) return 17 * 60
  return /\b(?:evening|tonight|abend)\b/u.test(sentence) ? 20 * 60 : EVENING
}
