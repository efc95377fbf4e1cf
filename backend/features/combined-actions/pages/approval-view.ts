import type { ActionState, StepState } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'
import { weekdayTimeIn } from '../../../platform/calendar.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type Visit } from '../../settings/index.ts'
import type { ApprovalFacts } from './approval-facts.ts'
import { decisionForms, type Typed } from './decision-forms.ts'
import { STATE_WORDS, STEP_WORDS } from './state-words.ts'

/** One action: what, for whom, why it needs approval, what was given before, and the decision. Reads from top to bottom on a phone. */
export const approvalView = (facts: ApprovalFacts, visit: Visit, typed: Typed) => html`
  <h1>${facts.order}: ${facts.words}</h1>
  ${typed.problem && html`<p class="bad" role="alert"><strong>${typed.problem}</strong></p>`}
  ${standing(facts)}
  <section>
    <dl>
      <dt>Customer</dt><dd>${facts.customer}</dd>
      <dt>Asked by</dt><dd>${facts.by}, ${weekdayTimeIn(facts.timeZone, facts.createdAt)}</dd>
      <dt>Reason</dt><dd>${facts.reason}</dd>
      <dt>Worth</dt><dd>${inWords(facts.value)}</dd>
    </dl>
  </section>
  ${facts.causes.length > 0 && html`<section><h2>Why somebody must agree</h2><ul>${facts.causes.map((words) => html`<li>${words}</li>`)}</ul></section>`}
  <section><h2>What is done</h2><ol>${facts.steps.map((step) => stepLine(facts.state, step))}</ol>
    <h2>What the customer is told</h2>
    ${facts.notices.length === 0 ? html`<p class="soft">Nothing by itself; the agent writes.</p>` : html`<ul>${facts.notices.map((words) => html`<li>${words}</li>`)}</ul>`}
  </section>
  <section><h2>What they were given</h2><p>${facts.compensation}</p>${earlier(facts)}</section>
  ${facts.state === 'waiting_approval' && decisionForms(facts, formToken(visit), typed)}
  ${facts.asked.length > 0 && html`<p class="soft">Asked so far: ${facts.asked.join(', ')}.</p>`}
`

/** How it stands, who decided, and what happens next. */
function standing(facts: ApprovalFacts) {
  const { state, decision, timeZone, problem } = facts
  return html`
    <div class="card" role="status">
      <p><strong>${NEXT[state]}</strong>${state === 'undoable' && facts.leavesAt && html` It leaves at ${weekdayTimeIn(timeZone, facts.leavesAt)}.`}</p>
      ${problem && html`<p class="bad">${problem}</p>`}
      ${decision && html`<p>${capital(DECIDED[decision.what] ?? 'decided')} by ${decision.by}, ${weekdayTimeIn(timeZone, decision.at)}${decision.word && html`: «${decision.word}»`}</p>`}
    </div>`
}

const NEXT: Record<ActionState, string> = {
  waiting_approval: 'It waits for approval. Goods that have not left are held meanwhile.',
  undoable: 'It goes on by itself; for a moment it can still be taken back.',
  running: 'It is running.',
  parked: 'It stands still and waits for its agent.',
  done: 'It is done.',
  undone: 'It was taken back; nothing was done.',
  declined: 'It was declined; nothing was done, and the agent is told.',
  stopped: 'It was ended half-way; what was done stays.',
}

const DECIDED: Record<string, string> = { approved: 'approved', lowered: 'lowered and approved', declined: 'declined' }

const stepLine = (state: ActionState, step: ApprovalFacts['steps'][number]) => html`
  <li>${step.words}${state !== 'waiting_approval' && html` <span class="soft">(${STEP_WORDS[step.state as StepState]})</span>`}
    ${step.problem && html`<br /><span class="bad">${step.problem}</span>`}</li>`

const earlier = ({ earlier: actions, timeZone }: ApprovalFacts) =>
  actions.length === 0
    ? html`<p class="soft">No earlier action on this order.</p>`
    : html`<ul>${actions.map(({ words, state, by, at }) => html`<li>${weekdayTimeIn(timeZone, at)}, ${by}: ${words} (${STATE_WORDS[state]})</li>`)}</ul>`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
