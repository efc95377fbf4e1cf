import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { sentencesOf } from '../sentences.ts'
import { SPEECHES } from './languages/all.ts'
import type { Speech } from './languages/speech.ts'
import { daysIn } from './naming-days.ts'
import { clocksIn, partOfDay } from './naming-hours.ts'

/** A promise to be back at a time, found in an answer. */
export type Promised = { at: Date; words: string }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const FARTHEST_DAYS = 60
const LONGEST_SENTENCE = 400

/**
 * The first promise of an answer that names one clear time; what could be meant in two ways is none.
 * @param fresh the answer without what it quotes
 * @param timeZone of the workspace: «tomorrow» is tomorrow there
 */
export function promiseIn(fresh: string, sentAt: Date, timeZone: string): Promised | null {
  for (const sentence of sentencesOf(fresh, LONGEST_SENTENCE)) {
    const speech = spokenIn(sentence)
    const at = speech && timeIn(sentence.toLowerCase(), speech, { sentAt, timeZone })
    if (at && at > sentAt && at.getTime() - sentAt.getTime() < FARTHEST_DAYS * DAY_MS) return { at, words: sentence }
  }
  return null
}

/** The language in which a sentence promises to be back; null for one that does not, or is not sure. */
function spokenIn(sentence: string): Speech | null {
  if (sentence.includes('?')) return null
  const spoken = Object.values(SPEECHES).filter(({ back }) => back.test(sentence))
  return spoken.some(({ unsure }) => unsure.test(sentence)) ? null : (spoken[0] ?? null)
}

type Said = { sentAt: Date; timeZone: string }

function timeIn(sentence: string, speech: Speech, { sentAt, timeZone }: Said): Date | null {
  const after = spanIn(sentence, speech)
  const days = daysIn(sentence, dayIn(timeZone, sentAt), speech)
  if (after !== null) return days.length === 0 ? new Date(sentAt.getTime() + after) : null
  const clocks = clocksIn(sentence, speech)
  if (days.length > 1 || clocks.length > 1) return null
  const [day] = days
  const [minutes] = clocks
  if (day === undefined && minutes === undefined) return null
  if (day === null) return null
  return instantIn(timeZone, day ?? dayIn(timeZone, sentAt), minutes ?? partOfDay(sentence, speech))
}

/** «In two hours», «innerhalb von 3 Tagen», in milliseconds. */
function spanIn(sentence: string, { span, numbers, hours }: Speech): number | null {
  const [, count = '', unit = ''] = span.exec(sentence) ?? []
  const written = numbers.findIndex((each) => each.includes(count)) + 1
  const number = /^\d+$/.test(count) ? Number(count) : written
  if (number === 0) return null
  return number * (/^min/.test(unit) ? 60_000 : hours.test(unit) ? HOUR_MS : DAY_MS)
}
