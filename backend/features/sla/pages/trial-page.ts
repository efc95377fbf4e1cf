import { LEADS } from '../../../../shared/roles.ts'
import { SLA_TARGETS, type SlaTrial } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, labelsIn } from '../../tickets/index.ts'
import { minutesInWords, TARGET_WORDS } from '../showing/words.ts'
import { type TriedPolicy, targetDifferences } from '../trying/differing.ts'
import { LISTED } from '../trying/found.ts'
import { readTrial, type Tried, triedIn } from '../trying/reading.ts'
import { TRIED_DAYS } from '../trying/trials.ts'
import { conditionWords } from './policies-page.ts'

/** What rules that nobody has saved would have made of the past. */
export const trialPage = page('/settings/sla/trials/:slaTrialId', LEADS, async (ctx: Ctx, visit: Visit) => {
  const { workspaceId } = visit.actor
  const id = visit.params['slaTrialId'] ?? ''
  const { trial, tried, labels } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({ trial: await readTrial(tx, id), tried: await triedIn(tx, id), labels: await labelsIn(tx) }),
    { reads: true },
  )
  return { title: `Trial of ${trial.name}`, body: view(trial, triedView(trial, tried, labels)) }
})

const view = (trial: SlaTrial, tried: ReturnType<typeof triedView>) => html`
  <p><a href="/settings/sla">Answering times</a></p>
  <h1>Trial of «${trial.name}»</h1>
  ${
    trial.endedAt
      ? html`<p class="good" role="status">All tickets of the last ${TRIED_DAYS} days are counted: ${trial.tickets.toLocaleString('en')}.</p>`
      : html`<p role="status">${trial.tickets.toLocaleString('en')} tickets of the last ${TRIED_DAYS} days are counted so far. <a class="quiet" href=${`/settings/sla/trials/${trial.id}`}>Refresh</a></p>`
  }
  <p>Nothing is changed by this. What happened is judged again by the policies of today and by those that you tried; answers that are still owed count as they stood when you asked.</p>
  ${tried}
  ${targetsTable(trial)}
  ${peopleTable(trial)}
  ${ticketsTable(trial)}`

/** What is otherwise than today, and the way to save it. */
const triedView = ({ id }: SlaTrial, { policies, others }: Tried, labels: CategoryLabels) => html`<section>
  <h2>What was tried</h2>
  ${policies.length === 0 && !others && html`<p>All is by now as it was tried.</p>`}
  ${others && html`<p>Other business hours, or others who are plus or VIP customers, than those of today.</p>`}
  ${policies.map(
    ({ policy, today }) => html`
    <p><strong>${policy.name}</strong>${today === null && ', a policy that is not there today'}</p>
    <ul>${differencesIn({ policy, today }, labels).map((words) => html`<li>${words}</li>`)}</ul>
    <p><a class="button" href=${`/settings/sla/policies/${today === null ? 'new' : policy.id}?tried=${id}`}>Open it as it was tried</a> <small>and save it there</small></p>`,
  )}
</section>`

function differencesIn(tried: TriedPolicy, labels: CategoryLabels): string[] {
  const { policy, today } = tried
  const takes = conditionWords(policy, labels)
  const words = [
    ...(today && takes === conditionWords(today, labels) ? [] : [`It takes ${takes}.`]),
    ...targetDifferences(tried),
  ]
  return words.length > 0 ? words : ['Its targets are those of today.']
}

const targetsTable = ({ targets, lateMinutes }: SlaTrial) => html`<section>
  <h2>Late answers</h2>
  <div class="scroll"><table>
    <thead><tr><td></td><th scope="col" class="number">Promised</th><th scope="col" class="number">Late today</th><th scope="col" class="number">Late as tried</th><th scope="col" class="number">Difference</th></tr></thead>
    <tbody>${SLA_TARGETS.map((target) => {
      const { clocks, wasLate, willBeLate } = targets[target]
      return html`<tr><th scope="row">${TARGET_WORDS[target]}</th><td class="number">${counted(clocks)}</td><td class="number">${counted(wasLate)}</td><td class="number">${counted(willBeLate)}</td><td class="number">${signed(willBeLate - wasLate)}</td></tr>`
    })}</tbody>
  </table></div>
  <p>Customers waited ${minutesInWords(lateMinutes.was)} beyond what is promised today, and ${minutesInWords(lateMinutes.will)} beyond what would be.</p>
</section>`

const peopleTable = ({ people }: SlaTrial) =>
  people.length === 0
    ? html`<p>No ticket would have been judged differently.</p>`
    : html`<section>
    <h2>Whose tickets change</h2>
    <div class="scroll"><table>
      <thead><tr><td></td><th scope="col" class="number">Would be late</th><th scope="col" class="number">Would be in time</th></tr></thead>
      <tbody>${people.map(({ name, late, spared }) => html`<tr><th scope="row">${name}</th><td class="number">${counted(late)}</td><td class="number">${counted(spared)}</td></tr>`)}</tbody>
    </table></div>
  </section>`

const ticketsTable = ({ changed }: SlaTrial) =>
  changed.length > 0 &&
  html`<section>
    <h2>Which tickets</h2>
    ${changed.length === LISTED && html`<p class="soft">The first ${LISTED}.</p>`}
    <ul>${changed.map(({ ticketId, number, target, willBeLate }) => html`<li><a href=${`/desk/tickets/${ticketId}`}>TKT-${String(number).padStart(6, '0')}</a> ${TARGET_WORDS[target]}: ${willBeLate ? 'would be late' : 'would be in time'}</li>`)}</ul>
  </section>`

const counted = (count: number): string => count.toLocaleString('en')
const signed = (count: number) => (count > 0 ? `+${counted(count)}` : counted(count).replace('-', '−'))
