import { LEADS } from '../../../../shared/roles.ts'
import type { RuleTrial } from '../../../../shared/rules.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, timeIn, zoneOf } from '../../settings/index.ts'
import { presentTrial } from '../trials/presenting.ts'
import { trialOf } from '../trials/rows.ts'
import { PATH } from './rules-page.ts'

/** What rules would have done. */
export const trialPage = page(`${PATH}/trials/:trialId`, LEADS, async (ctx, { actor, params }) => {
  const { trial, zone } = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ trial: presentTrial(await trialOf(tx, params['trialId'] ?? '')), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Dry run', body: view(trial, zone) }
})

const view = (trial: RuleTrial, zone: string) => html`
  <p><a href=${PATH}>Rules</a></p>
  <h1>Dry run of ${timeIn(zone, new Date(trial.createdAt))}</h1>
  <p role="status">${progress(trial)}</p>
  <p class="soft">Nothing was changed. Each rule was tried alone: what one would have set off in another is not in it.</p>
  ${asOf(trial)}
  <section aria-label="Rules"><h2>Tickets that each would have changed</h2>
    <ul>${trial.rules.map(({ rule, count }) => html`<li>${rule.name}: ${times(count)}</li>`)}</ul></section>
  ${trial.tickets.length > 0 && html`<h2>The newest of them</h2>`}
  ${trial.tickets.map(
    ({ rule, ticket, at, acts, because }) => html`
    <section aria-label=${`${rule.name}, ${ticket.number}`}>
      <p><strong>${rule.name}</strong> on ${ticket.number} <span class="soft">${timeIn(zone, new Date(at))}</span></p>
      <p>${acts.join(', ')}${because.length > 0 && html` <span class="soft">because ${because.join(', and ')}</span>`}</p>
    </section>`,
  )}`

const times = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`)

function progress({ state, events, cut }: RuleTrial): string {
  if (state === 'running') return `At work: ${events.toLocaleString('en')} events so far. Load the page again.`
  const all = `Looked at ${events.toLocaleString('en')} events of the last 30 days.`
  return cut ? `${all} There were more: only the newest were looked at.` : all
}

function asOf({ asThen, asNow }: RuleTrial) {
  if (asThen.length + asNow.length === 0) return null
  const then = asThen.length > 0 ? `As it was then: ${asThen.join(', ')}. ` : ''
  const now = asNow.length > 0 ? `As it is now, because the past is not kept: ${asNow.join(', ')}.` : ''
  return html`<p>${then}${now}</p>`
}
