import { html } from '../../../platform/html.ts'
import { daysFrom, laterBy, mondayOf } from '../shifts/days.ts'
import { isDay } from '../wall-times.ts'

/** The Monday of the week that an address names; of today's when it names none. Days are YYYY-MM-DD. */
export function mondayAsked(query: URLSearchParams, today: string): string {
  const from = query.get('from') ?? ''
  return mondayOf(isDay(from) ? from : today)
}

/** To the week before and after. */
export const weekLinks = (path: string, monday: string, today: string) => html`
  <p class="row"><a href=${`${path}?from=${laterBy(monday, -7)}`}>Week before</a> <a href=${`${path}?from=${laterBy(monday, 7)}`}>Week after</a>
    ${monday !== mondayOf(today) && html` <a href=${path}>This week</a>`}</p>`

/** Days that an address asks for, today when it asks for none. What lies the wrong way round is turned, and cut to `most` days. */
export function daysAsked(query: URLSearchParams, today: string, most: number): { from: string; to: string } {
  const [from, to] = ['from', 'to'].map((name) => query.get(name) ?? '').map((day) => (isDay(day) ? day : today))
  const [first = today, last = today] = [from, to].toSorted()
  return { from: first, to: daysFrom(first, last) < most ? last : laterBy(first, most - 1) }
}

/** Chooses days of a page. */
export const daysForm = (path: string, { from, to }: { from: string; to: string }, today: string) => html`
  <form method="get" action=${path}>
    <label>From<input type="date" name="from" value=${from} /></label>
    <label>To<input type="date" name="to" value=${to} /></label>
    <button class="second">Show</button>
  </form>
  <p class="row"><a href=${path}>Today</a> <a href=${`${path}?from=${mondayOf(today)}&to=${today}`}>This week</a>
    <a href=${`${path}?from=${laterBy(mondayOf(today), -7)}&to=${laterBy(mondayOf(today), -1)}`}>Last week</a></p>`
