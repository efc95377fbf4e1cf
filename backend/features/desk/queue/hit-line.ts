import type { SearchHit } from '../../../../shared/search.ts'
import { html } from '../../../platform/html.ts'
import { STATUS_WORDS } from '../../tickets/index.ts'
import { type Clock, clockWords } from '../panel/clock.ts'
import { ticketPath } from '../paths.ts'

/** One ticket that was found, with the words that it was found by. */
export function hitLine({ id, number, status, voidReason, customer, subject, found }: SearchHit, clock: Clock) {
  const above = [
    number,
    voidReason ?? STATUS_WORDS[status],
    customer.name || customer.email,
    clockWords(new Date(found.at), clock),
  ]
  return html`<li><a class="line" href=${ticketPath(id)}>
    <small>${above.join(' · ')}</small><strong>${subject || '(no subject)'}</strong>
    <small>${found.author && `${found.author}: `}${marked(found)}</small></a></li>`
}

/** What was searched for stands out. */
function marked({ excerpt, marks }: SearchHit['found']) {
  const ends = marks.map(({ start, length }) => start + length)
  return [
    ...marks.flatMap(({ start, length }, at) => [
      excerpt.slice(ends[at - 1] ?? 0, start),
      html`<mark>${excerpt.slice(start, start + length)}</mark>`,
    ]),
    excerpt.slice(ends.at(-1) ?? 0),
  ]
}
