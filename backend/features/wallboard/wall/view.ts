import type { Wallboard, WallPerson } from '../../../../shared/wallboard.ts'
import { html, htmlOf } from '../../../platform/html.ts'
import { breakWords, clockIn, isOverBreak, spanWords } from '../../workforce/index.ts'
import { type Nameless, namelessOf } from './nameless.ts'
import { elsewhereOf, type Load, type Tile, tilesOf } from './tiles.ts'

const MINUTE = 60_000 // ms

/** Whom a wallboard is shown to: people who lead, or whoever passes by. */
export type Shape = 'named' | 'nameless'

/** What of the page changes. */
export const wallPart = (wall: Wallboard, shape: Shape): string =>
  htmlOf(html`
  <p class="soft">Today, ${clockIn(wall.timeZone, new Date(wall.at))} (${wall.timeZone})</p>
  <dl class="tiles">${tilesOf(wall).map(tileView)}</dl>
  <h2>At work</h2>
  ${wall.people.length === 0 && html`<p>Nobody is logged in.</p>`}
  <ul class="people">
    ${shape === 'named' ? wall.people.map((one) => named(one, wall)) : namelessOf(wall).map((one) => nameless(one, wall))}
    ${elsewhere(elsewhereOf(wall))}
  </ul>`)

const tileView = ({ word, figure, more, bad }: Tile) => html`
  <div class="card">
    <dt>${word}</dt><dd class=${bad ? 'figure bad' : 'figure'}>${figure}</dd>${more && html`<dd class="soft">${more}</dd>`}
  </div>`

const named = (person: WallPerson, wall: Wallboard) =>
  personView(person, wall, { id: `p-${person.staff.id}`, name: person.staff.name, pause: person.onBreak?.label ?? '' })

const nameless = (person: Nameless, wall: Wallboard) =>
  personView(person, wall, { id: `p-${person.number}`, name: `Agent ${person.number}`, pause: 'On a break' })

type Called = { id: string; name: string; pause: string }

const personView = (person: Nameless | WallPerson, { at, timeZone }: Wallboard, { id, name, pause }: Called) => {
  const now = new Date(at)
  const { words, bad } = standing(person, now, { timeZone, pause })
  const plan = planWords(person, timeZone)
  return html`
    <li id=${id} class="card">
      <strong>${name}</strong>
      <span class=${bad ? 'bad' : undefined}>${words}</span>
      ${plan && html`<span class="soft">${plan}</span>`}
      ${loadView(person)}
    </li>`
}

const loadView = ({ open, late, dueNext }: Load) =>
  html`<span>${open} open${late > 0 && html`, <span class="bad">${late} late</span>`}${dueNext > late && `, ${dueNext - late} due next`}</span>`

const elsewhere = (load: Load) =>
  load.open > 0 && html`<li id="p-rest" class="card"><strong>Nobody, or not at work</strong>${loadView(load)}</li>`

function standing(
  { since, onBreak, shift }: Nameless | WallPerson,
  now: Date,
  { timeZone, pause }: { timeZone: string; pause: string },
): { words: string; bad: boolean } {
  const time = (at: string) => clockIn(timeZone, new Date(at))
  if (since === null) return { words: `Not here, shift since ${time(shift?.startsAt ?? now.toISOString())}`, bad: true }
  if (onBreak === null) return { words: `At work, ${spanWords(now.getTime() - Date.parse(since))}`, bad: false }
  return { words: `${pause}, ${breakWords(onBreak, now)}`, bad: isOverBreak(onBreak, now) }
}

/** How the shift goes; empty where none is planned. */
function planWords(
  { shift, adherence, lateMinutes, overBreakMinutes }: Nameless | WallPerson,
  timeZone: string,
): string {
  return [
    ...(shift ? [`Shift until ${clockIn(timeZone, new Date(shift.endsAt))}`] : []),
    ...(adherence === null ? [] : [`${adherence} % of the plan`]),
    ...(lateMinutes > 0 ? [`${spanWords(lateMinutes * MINUTE)} late`] : []),
    ...(overBreakMinutes > 0 ? [`${spanWords(overBreakMinutes * MINUTE)} over breaks`] : []),
  ].join(', ')
}
