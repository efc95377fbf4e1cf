import { type Hours, MINUTES_OF_DAY, type Slot } from '../../../../shared/shifts.ts'
import { minuteWords, WEEKDAYS } from './words.ts'

const WEEK = 7 * MINUTES_OF_DAY

/** What is wrong with a week, in words that name both; null when nothing is. After Sunday comes Monday. */
export function weekProblemOf(slots: readonly Slot[]): string | null {
  const ordered = slots
    .map((slot) => ({ slot, at: (slot.weekday - 1) * MINUTES_OF_DAY + slot.from }))
    .toSorted((a, b) => a.at - b.at)
  for (const [n, { slot, at }] of ordered.entries()) {
    const next = ordered[n + 1] ?? ordered[0]
    const begin = n + 1 < ordered.length ? (next?.at ?? 0) : (next?.at ?? 0) + WEEK
    if (next && at + slot.to - slot.from > begin)
      return `Two shifts lie over each other: ${slotWords(slot)} and ${slotWords(next.slot)}. Move one of them.`
  }
  return null
}

/** The same for the hours of one day. */
export function dayProblemOf(hours: readonly Hours[]): string | null {
  const ordered = hours.toSorted((a, b) => a.from - b.from)
  for (const [n, one] of ordered.entries()) {
    const next = ordered[n + 1]
    if (next && one.to > next.from)
      return `Two shifts lie over each other: ${minutesWords(one)} and ${minutesWords(next)}. Move one of them.`
  }
  return null
}

/** 22:00 to 06:00 */
export const minutesWords = ({ from, to }: Hours): string => `${minuteWords(from)} to ${minuteWords(to)}`

const slotWords = (slot: Slot): string => `${WEEKDAYS[slot.weekday - 1]} ${minutesWords(slot)}`
