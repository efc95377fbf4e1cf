import type { VNode } from 'preact'
import { inWords, type Money, toDecimal } from '../../../../shared/money.ts'
import { html } from '../../../platform/html.ts'
import type { ApprovalFacts } from './approval-facts.ts'

/** What was typed into a form that was refused, and why it was. */
export type Typed = { problem: string | null; refund?: string; giftCard?: string; word?: string }

/** Approve, lower and approve, or decline: three forms, because each is one press. */
export const decisionForms = (facts: ApprovalFacts, token: VNode | VNode[], typed: Typed) => {
  if (facts.cannotDecide !== null) return html`<section><p>${facts.cannotDecide}</p></section>`
  const path = `/actions/${facts.id}`
  return html`
    <section aria-label="Approve">
      ${
        facts.cannotApprove === null
          ? html`<form method="post" action=${`${path}/approval`}>${token}<button>Approve as it is</button></form>`
          : html`<p>${facts.cannotApprove}</p>`
      }
    </section>
    ${(facts.refund || facts.giftCard) && lowerForm(facts, path, token, typed)}
    <section aria-label="Decline">
      <form method="post" action=${`${path}/refusal`}>
        ${token}
        <label>Decline, with a word to ${facts.by}
          <textarea name="word" rows="2" maxlength="500" required>${typed.word ?? ''}</textarea></label>
        <button class="second">Decline</button>
      </form>
    </section>`
}

const lowerForm = ({ refund, giftCard }: ApprovalFacts, path: string, token: VNode | VNode[], typed: Typed) => html`
  <section aria-label="Lower">
    <form method="post" action=${`${path}/approval`}>
      ${token}
      <h2>Or lower it first</h2>
      ${refund && amountField('refund', 'Refund', refund, typed.refund)}
      ${giftCard && amountField('giftCard', 'Gift card', giftCard, typed.giftCard)}
      <button class="second">Approve with these amounts</button>
    </form>
  </section>`

const amountField = (name: string, label: string, most: Money, typed: string | undefined) => html`
  <label>${label}<small>at most ${inWords(most)}</small>
    <input name=${name} inputmode="decimal" autocomplete="off" value=${typed ?? toDecimal(most)} /></label>`
