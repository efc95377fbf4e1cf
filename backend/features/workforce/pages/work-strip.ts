import type { BreakKind, Work } from '../../../../shared/workforce.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type Visit } from '../../settings/index.ts'
import { clockIn } from '../wall-times.ts'
import { breakWords, endedForThem, isOverdue, OVERDUE_WORDS } from '../words.ts'

export const PRESS = '/desk/work/press'

/** Hand-over is a feature above this one, which knows its paths alone: what is open is shown before somebody goes. */
const HAND_OVER = '/desk/handover'
const LEAVE = `${HAND_OVER}/leaving`

/** Where a page of the desk stands in time. @param from the page that is shown again after a press, a path of /desk */
type Place = { now: Date; zone: string; from: string }

/** Log-in, breaks and log-out, for any page of the desk. */
export const workStrip = (visit: Pick<Visit, 'formToken'>, work: Work, place: Place) => html`
  <section aria-label="Work">
    ${workStanding(work, place)}
    <form method="post" action=${PRESS}>
      ${formToken(visit)}<input type="hidden" name="from" value=${place.from} />
      <p class="row">${isOverdue(work, place.now) && html`<button name="press" value="stay">I work on</button> `}${presses(work)}</p>
    </form>
  </section>`

/** Since when somebody is at work or on a break, in words. */
export function workStanding(work: Work, { now, zone }: Pick<Place, 'now' | 'zone'>) {
  const time = (at: Date) => clockIn(zone, at)
  const { session } = work
  if (session === null) {
    const ended = endedForThem(work, now, time)
    return html`<p>You are not logged in.</p>${ended && html`<p class="soft">${ended}</p>`}`
  }
  const { since, plannedEnd, onBreak } = session
  return html`
    <p>At work since ${time(new Date(since))}${plannedEnd && html`<span class="soft">, shift until ${time(new Date(plannedEnd))}</span>`}</p>
    ${isOverdue(work, now) && html`<p class="bad">${OVERDUE_WORDS}</p>`}
    ${onBreak && html`<p><strong>${onBreak.label}</strong> since ${time(new Date(onBreak.since))}: ${breakWords(onBreak, now)}</p>`}`
}

function presses({ session, kinds }: Work) {
  if (session === null) return html`<button name="press" value="log_in">Log in</button>`
  const out = html`<button formaction=${LEAVE} class="second">Log out</button> <a href=${HAND_OVER}>Hand over</a>`
  if (session.onBreak) return html`<button name="press" value="back">I am back</button> ${out}`
  return html`${kinds.map(kindButton)} ${out}`
}

/** One field says what is pressed, so that the form works without a script. */
const kindButton = ({ id, label, minutes }: BreakKind) =>
  html`<button name="press" value=${`break=${id}`} class="second">${label} (${minutes} min)</button> `
