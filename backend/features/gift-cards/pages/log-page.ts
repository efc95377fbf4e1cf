import type { z } from 'zod'
import type { IssuedGiftCard } from '../../../../shared/gift-cards.ts'
import { html } from '../../../platform/html.ts'
import type { View } from '../../settings/index.ts'
import { maskedCode } from '../codes.ts'

export type Card = z.input<typeof IssuedGiftCard>

type Log = { items: Card[]; next: string | null; last: string; seesFigures: boolean; imports: boolean }

/** The issuance log, and the way to one card in it. */
export const logPage = ({ items, next, last, seesFigures, imports }: Log): View => html`
  <h1>Gift cards</h1>
  <form method="get" action="/gift-cards">
    <label>
      Find a card
      <small>Its last four characters, or more of them</small>
      <input name="last" value=${last} minlength="4" maxlength="8" autocomplete="off" />
    </label>
    <button class="second">Find</button>
  </form>
  ${items.length === 0 && html`<p>${last ? `No card of the log ends with ${last}.` : 'No gift card was issued yet.'}</p>`}
  ${
    items.length > 0 &&
    html`<div class="scroll"><table>
      <thead>
        <tr><th>Card</th><th>Amount</th><th>Left</th><th>Reason</th><th>By</th><th>Order</th><th>Issued</th><th>State</th></tr>
      </thead>
      <tbody>${items.map(lineOf)}</tbody>
    </table></div>`
  }
  ${next && html`<p><a href=${`/gift-cards?${new URLSearchParams({ ...(last && { last }), after: next })}`}>Earlier cards</a></p>`}
  ${seesFigures && html`<p><a href="/gift-card-figures">Figures: issued, redeemed, outstanding</a></p>`}
  ${imports && html`<p><a href="/gift-card-imports">Import a history</a></p>`}
`

const lineOf = (card: Card): View => html`
  <tr>
    <td><a href=${`/gift-cards/${card.id}`}>${maskedCode(card.last)}</a></td>
    <td class="number">${card.amount.text}</td>
    <td class="number">${card.balance?.text ?? '–'}</td>
    <td>${card.reason}</td>
    <td>${card.by}</td>
    <td>${card.orderNumber ?? '–'}</td>
    <td>${card.issuedAt?.slice(0, 10) ?? '–'}</td>
    <td>${stateWords(card)}</td>
  </tr>
`

const STATES: Record<Card['state'], string> = {
  planned: 'not confirmed by Shopify yet',
  issued: 'issued',
  refused: 'refused by Shopify',
  deactivated: 'taken back',
}

export const stateWords = ({ state, replacedById }: Card): string =>
  state === 'deactivated' && replacedById !== null ? 'taken back, replaced' : STATES[state]
