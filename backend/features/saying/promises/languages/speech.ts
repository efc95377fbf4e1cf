/** How a language says that somebody will be back, and by when. Sentences are in lower case when their times are read. */
export type Speech = {
  /** «I will get back to you». */
  back: RegExp
  /** Whoever says «if», «not» or asks has promised nothing that a clock could hold. */
  unsure: RegExp
  /** «In two hours»: the count, then the unit; working days are somebody else's calendar. */
  span: RegExp
  /** Of the units of a span. */
  hours: RegExp
  /** Counts that are written as words: one first. */
  numbers: readonly (readonly string[])[]
  today: string
  tomorrow: string
  dayAfter: string
  /** Sunday first. */
  weekdays: readonly (readonly string[])[]
  /** Before or after a weekday: this week's to some, next week's to others. */
  next: string
  /** January first. */
  months: readonly (readonly string[])[]
  /** Parts of a day: until noon, until five, until eight. */
  parts: readonly [noon: RegExp, afternoon: RegExp, evening: RegExp]
  /** Hours of the clock as only this language writes them: the hour, then the minutes. */
  clock?: RegExp
  /** Writes the day first in 24/11. */
  slashed?: true
}

/** Whole words, whatever letters stand around them. */
export const words = (...each: string[]): RegExp => new RegExp(`(?<!\\p{L})(?:${each.join('|')})(?!\\p{L})`, 'iu')
