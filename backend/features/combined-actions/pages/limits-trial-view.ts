import type { LimitsTrial } from '../../../../shared/combined-actions.ts'
import { html } from '../../../platform/html.ts'
import { timeIn } from '../../settings/index.ts'
import { LISTED, TRIED_DAYS } from '../trying/trying.ts'

type Amounts = LimitsTrial['values']

/** What limits that nobody has saved would have made of the past. @param zone of the workspace */
export const trialView = (trial: LimitsTrial, zone: string) => html`<section>
  <h2>Tried on the last ${TRIED_DAYS} days, and not saved</h2>
  <p role="status">${counted(trial.actions)} actions of ${inWords(trial.values)} were confirmed. ${trial.leftOut > 0 && `${counted(trial.leftOut)} older ones are left out, because there are too many.`}</p>
  <div class="scroll"><table>
    <thead><tr><td></td><th>Wait for a second person</th><th>Worth</th></tr></thead>
    <tbody>
      <tr><th scope="row">By the limits of today</th><td>${counted(trial.was.actions)}</td><td>${inWords(trial.was.values)}</td></tr>
      <tr><th scope="row">As tried</th><td>${counted(trial.will.actions)}</td><td>${inWords(trial.will.values)}</td></tr>
    </tbody>
  </table></div>
  ${trial.people.length === 0 ? html`<p>No action would have been judged differently.</p>` : whose(trial, zone)}
</section>`

const whose = ({ people, changed }: LimitsTrial, zone: string) => html`
  <h3>Whose actions change</h3>
  <div class="scroll"><table>
    <thead><tr><td></td><th>Would wait</th><th>Would go on by themselves</th></tr></thead>
    <tbody>${people.map(({ name, held, freed }) => html`<tr><th scope="row">${name}</th><td>${counted(held)}</td><td>${counted(freed)}</td></tr>`)}</tbody>
  </table></div>
  <h3>Which ones, the newest first</h3>
  ${changed.length === LISTED && html`<p class="soft">The newest ${LISTED}.</p>`}
  <ul>${changed.map(({ ticketId, at, value, willBeHeld, words }) => html`<li><a href=${`/desk/tickets/${ticketId}`}>${timeIn(zone, new Date(at))}, ${value.text}</a> ${willBeHeld ? 'would wait' : 'would go on by itself'}: ${words.join('; ')}</li>`)}</ul>`

const inWords = (amounts: Amounts) => (amounts.length === 0 ? 'nothing' : amounts.map(({ text }) => text).join(' and '))
const counted = (count: number): string => count.toLocaleString('en')
