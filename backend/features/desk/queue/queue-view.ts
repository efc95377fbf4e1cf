import type { PanelSection } from '../../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { present } from '../../../platform/panel.ts'
import { standingSection } from '../../assignment/index.ts'
import { mayWriteView, type Queue, remindersSection, runningSection } from '../../queues/index.ts'
import { formToken, livePlace, type Visit } from '../../settings/index.ts'
import { enterButton } from '../panel/enter-button.ts'
import type { Scene } from '../panel/scene.ts'
import { sectionsView } from '../panel/sections.ts'
import { asked, CARD, cardPath } from '../paths.ts'
import type { Place } from '../place.ts'
import { listHtml } from './list-view.ts'
import { liveQueuePath } from './live-queue.ts'
import { searchBox } from './search-box.ts'

/** A list of tickets. @param first whether it is its first page, which changes by itself */
export function queueView(queue: Queue, { clock }: Place, first: boolean) {
  const { view, of } = queue.wanted
  const list = listHtml(queue, clock)
  return html`
    ${first ? livePlace(liveQueuePath(view, of), list) : html`<div dangerouslySetInnerHTML=${{ __html: list }}></div>`}
    ${searchBox('')}`
}

/** What stands above one's own tickets: what one wanted to be reminded of, what runs, and the next ticket to take. */
export const aboveView = (visit: Pick<Visit, 'formToken'>, queue: Queue, { clock }: Place, back: string) =>
  formOf(
    visit,
    back,
    clock,
    present(remindersSection(queue.reminders), runningSection(queue.running), standingSection(queue.standing)),
  )

const formOf = (visit: Pick<Visit, 'formToken'>, back: string, clock: Place['clock'], sections: PanelSection[]) => {
  const scene: Scene = { clock, typed: {}, ticketId: null, holdsTexts: false, apart: true }
  return (
    sections.length > 0 &&
    html`<form method="post" action=${CARD} autocomplete="off">
      ${formToken(visit)}${enterButton}<input type="hidden" name="back" value=${back} />
      ${sectionsView(sections, scene)}
    </form>`
  )
}

const AT_WORK: readonly string[] = PEOPLE_AT_WORK

/** What is done seldom: all of it is a card of the panel. */
export function moreView({ wanted }: Queue, { actor }: Visit) {
  const { view, of, saved } = wanted
  const ways = [
    ...(AT_WORK.includes(actor.role)
      ? [
          ['Several at once', asked(`/v1/queues/${view}/bulk-card`, { of })],
          ['New ticket from a call', '/v1/contacts/card'],
          ['My reminders', '/v1/reminders-card'],
          ['My tasks', '/v1/tasks/card'],
          ['Availability', '/v1/availability-card'],
        ]
      : []),
    ...(saved && mayWriteView(saved, actor) ? [['Change this view', asked('/v1/saved-view-form', { view: of })]] : []),
    ['New view', '/v1/saved-view-form'],
  ]
  return html`<details><summary>More</summary><ul>${ways.map(
    ([word = '', path = '']) => html`<li><a href=${cardPath(path, null)}>${word}</a></li>`,
  )}</ul></details>`
}
