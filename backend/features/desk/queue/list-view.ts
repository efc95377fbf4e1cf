import { html, htmlOf } from '../../../platform/html.ts'
import { countOf, countWords, nothingWords, presentRow, type Queue, viewWords } from '../../queues/index.ts'
import type { Clock } from '../panel/clock.ts'
import { queuePath } from '../paths.ts'
import { lineView } from './line-view.ts'
import { viewsView } from './views-view.ts'

/** What a view is called, and how much is in it. */
export function titleOf({ wanted, counts, labels }: Queue): string {
  const count = countOf(wanted, counts)
  return `${viewWords(wanted, labels)}${count === null ? '' : ` (${countWords(count)})`}`
}

/** The views with their counts, and the tickets of one of them: the part of a list that changes by itself, as HTML. */
export const listHtml = (queue: Queue, clock: Clock): string =>
  htmlOf(html`${viewsView(queue)}
    <section aria-label=${titleOf(queue)}><h2>${titleOf(queue)}</h2>${ticketsView(queue, clock)}</section>`)

function ticketsView({ wanted, rows, next, dueNextMinutes }: Queue, clock: Clock) {
  if (rows.length === 0) return html`<p class="soft">${nothingWords(wanted, dueNextMinutes)}</p>`
  return html`
    <ul class="plain">${rows.map((row) => lineView(presentRow(row), clock, wanted.view))}</ul>
    ${next && html`<p><a class="button second" href=${queuePath(wanted.view, { of: wanted.of, cursor: next })}>More</a></p>`}`
}
