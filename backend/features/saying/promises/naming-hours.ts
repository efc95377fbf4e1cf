import type { Speech } from './languages/speech.ts'

/** A day without an hour ends with the working day. */
const EVENING = 18 * 60

const CLOCK =
  /(?<![\d.:-])(\d{1,2})(?::(\d{2})(?: ?(am|pm|uhr|h)(?!\p{L}))?|\.(\d{2}) ?(uhr|am|pm)(?!\p{L})| ?(am|pm|a\.m\.|p\.m\.|uhr|o['’]clock)(?!\p{L}))?/gu

/** Times of the clock that a sentence names, in minutes since midnight, each once. */
export function clocksIn(sentence: string, { clock }: Speech): number[] {
  const common = [...sentence.matchAll(CLOCK)].flatMap(([, hour = '', m1, u1, m2, u2, u3]) => {
    if (m1 === undefined && m2 === undefined && u3 === undefined) return []
    const unit = (u1 ?? u2 ?? u3 ?? '').replace(/\./g, '')
    const hours =
      unit === 'pm' && Number(hour) < 12 ? Number(hour) + 12 : unit === 'am' && hour === '12' ? 0 : Number(hour)
    return minutesOf(hours, m1 ?? m2)
  })
  const own = clock
    ? [...sentence.matchAll(clock)].flatMap(([, hour, minutes]) => minutesOf(Number(hour), minutes))
    : []
  return [...new Set([...common, ...own])]
}

const minutesOf = (hours: number, minutes: string | undefined): number[] =>
  hours < 24 && Number(minutes ?? 0) < 60 ? [hours * 60 + Number(minutes ?? 0)] : []

/** When a part of a day ends, in minutes since midnight; the evening where none is named. */
export function partOfDay(sentence: string, { parts: [noon, afternoon, evening] }: Speech): number {
  if (afternoon.test(sentence)) return 17 * 60
  if (noon.test(sentence)) return 12 * 60
  return evening.test(sentence) ? 20 * 60 : EVENING
}
