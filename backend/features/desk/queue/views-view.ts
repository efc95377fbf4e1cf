import { html } from '../../../platform/html.ts'
import { SPAM_PATH } from '../../intake/index.ts'
import { choicesOf, keyOf, type Queue } from '../../queues/index.ts'
import { queuePath } from '../paths.ts'

/** Views that stand in front; the others are behind one line. */
const IN_FRONT = ['mine', 'unassigned', 'breaching', 'open']

/** Everything that can be looked at, with how much is in it. */
export function viewsView(queue: Queue) {
  const [front, others] = split(choicesOf(queue), ({ value }) => IN_FRONT.includes(value))
  const here = keyOf(queue.wanted)
  const item = ({ value, label }: Choice) => {
    const [view = '', ...of] = value.split('=')
    const href = queuePath(view, { of: of.length > 0 ? of.join('=') : null })
    return html`<li><a href=${href} aria-current=${value === here ? 'page' : undefined}>${label}</a></li>`
  }
  return html`<nav aria-label="Views">
    <ul class="row">${front.map(item)}</ul>
    ${
      others.length > 0 &&
      html`<details open=${others.some(({ value }) => value === here)}><summary>All views</summary><ul>${others.map(item)}<li><a href=${SPAM_PATH}>Suspected spam</a></li></ul></details>`
    }</nav>`
}

type Choice = ReturnType<typeof choicesOf>[number]

const split = <T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
]
