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
  <section aria-label="Find a card"><form method="get" action="/gift-cards">
    <label>
      Find a card
      <small>Its last four characters, or more of them</small>
      <input name="last" value=${last} minlength="4" maxlength="8" autocomplete="off" />
    </label>
    <button class="second">Find</button>
  </form></section>
  ${items.length === 0 && html`<p>${last ? `No card of the log ends with ${last}.` : 'No gift card was issued yet.'}</p>`}
  ${items.map(lineOf)}
  ${next && html`<p><a href=${`/gift-cards?${new URLSearchParams({ ...(last && { last }), after: next })}`}>Earlier cards</a></p>`}
  ${seesFigures && html`<p><a href="/gift-card-figures">Figures: issued, redeemed, outstanding</a></p>`}
  ${imports && html`<p><a href="/gift-card-imports">Import a history</a></p>`}
`

const lineOf = (card: Card): View => html`
  <section aria-label=${`Card ${maskedCode(card.last)}`}>
    <h2><a href=${`/gift-cards/${card.id}`}>${maskedCode(card.last)}</a> · ${card.amount.text}</h2>
    <p>${aboutIt(card)}</p>
    <p class="soft">${whence(card)}</p>
  </section>
`

const aboutIt = (card: Card): string =>
  [capital(stateWords(card)), card.balance && `${card.balance.text} left`, card.reason].filter(Boolean).join(' · ')

const whence = ({ issuedAt, by, orderNumber }: Card): string =>
  [issuedAt?.slice(0, 10), `by ${by}`, orderNumber && `order ${orderNumber}`].filter(Boolean).join(' · ')

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const STATES: Record<Card['state'], string> = {
  planned: 'not confirmed by Shopify yet',
  issued: 'issued',
  refused: 'refused by Shopify',
  deactivated: 'taken back',
}

export const stateWords = ({ state, replacedById }: Card): string =>
  state === 'deactivated' && replacedById !== null ? 'taken back, replaced' : STATES[state]
