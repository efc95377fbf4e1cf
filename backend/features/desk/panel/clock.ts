import type { VNode } from 'preact'
import { dayIn } from '../../../platform/calendar.ts'
import { html } from '../../../platform/html.ts'

/** By which clock a page is read: the workspace's (IANA name), at this instant. */
export type Clock = { zone: string; now: Date }

type Formats = Record<'time' | 'day' | 'year', Intl.DateTimeFormat>

/** Making them takes longer than using them; workspaces are in few time zones. */
const known = new Map<string, Formats>()

function formatsOf(timeZone: string): Formats {
  const found = known.get(timeZone)
  if (found) return found
  const format = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone, ...parts })
  const made = {
    time: format({ hour: '2-digit', minute: '2-digit' }),
    day: format({ day: 'numeric', month: 'short' }),
    year: format({ day: 'numeric', month: 'short', year: 'numeric' }),
  }
  known.set(timeZone, made)
  return made
}

/** `14:05` today, `19 Nov, 14:05` before, with its year when that is another. */
export function clockWords(at: Date, { zone, now }: Clock): string {
  const { time } = formatsOf(zone)
  const day = dayIn(zone, at) === dayIn(zone, now) ? '' : `${dayWords(at, { zone, now })}, `
  return `${day}${time.format(at)}`
}

/** `19 Nov`, with its year when that is another. */
export function dayWords(at: Date, { zone, now }: Clock): string {
  const { day, year } = formatsOf(zone)
  return (dayIn(zone, at).slice(0, 4) === dayIn(zone, now).slice(0, 4) ? day : year).format(at)
}

/** Odd parts are instants, exactly as the backend writes them: see shared/panel.ts. */
const INSTANT = /\{\{(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\}\}/

/** A text of a card with its instants as people read them. */
export const timedText = (text: string, clock: Clock): string =>
  partsOf(text, clock)
    .map(({ words }) => words)
    .join('')

/** The same for a page, which says the instant to machines as well. */
export const timed = (text: string, clock: Clock): (string | VNode | VNode[])[] =>
  partsOf(text, clock).map(({ words, iso }) => (iso === null ? words : html`<time datetime=${iso}>${words}</time>`))

const partsOf = (text: string, clock: Clock): { words: string; iso: string | null }[] =>
  text.split(INSTANT).map((part, at) => (at % 2 === 0 ? { words: part, iso: null } : instantWords(part, clock)))

/** People write braces, too: what the calendar has not stays as they wrote it. */
const instantWords = (iso: string, clock: Clock) =>
  Number.isNaN(Date.parse(iso)) ? { words: `{{${iso}}}`, iso: null } : { words: clockWords(new Date(iso), clock), iso }
