import { html } from '../../../platform/html.ts'
import { isDay } from '../wall-times.ts'

const DAY_MS = 86_400_000

/** The day that an address names, YYYY-MM-DD; today when it names none. */
export function dayAsked(query: URLSearchParams, today: string): string {
  const day = query.get('day') ?? ''
  return isDay(day) ? day : today
}

const moved = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** To the day before and after; there is nothing after today. */
export const dayLinks = (path: string, day: string, today: string) => html`
  <p class="row">
    <a href=${`${path}?day=${moved(day, -1)}`}>Day before</a>
    ${day < today && html` <a href=${`${path}?day=${moved(day, 1)}`}>Day after</a> <a href=${path}>Today</a>`}
  </p>`
