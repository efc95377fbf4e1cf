import type { Payout } from '../../../../shared/finance.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type View, type Visit } from '../../settings/index.ts'
import type { BooksOf } from '../shops.ts'

/** A reference that was typed and not taken, and why. */
export type Refused = { payoutId: string; typed: string; problem: string }

export type ToPay = {
  payouts: Payout[]
  /** Where this page of the list begins; null at its beginning. */
  after: string | null
  next: string | null
  shops: BooksOf[]
  paid: boolean
  refused: Refused | null
}

/** What finance does first: whom to pay, and where the books of each shop are. */
export const payoutsPage = (toPay: ToPay, visit: Visit): View => html`
  <h1>Finance</h1>
  ${toPay.paid && html`<p class="good" role="status">It is marked as paid.</p>`} ${refusedElsewhere(toPay)}
  <h2>To pay</h2>
  ${toPay.payouts.length === 0 && nothingHere(toPay)}
  ${toPay.payouts.map((payout) => payoutCard(payout, toPay, visit))}
  ${toPay.next && html`<p><a href=${pageFrom(toPay.next)}>More to pay</a></p>`}
  <h2>Books</h2>
  ${toPay.shops.length === 0 && html`<p>No shop is connected yet.</p>`}
  <ul>
    ${toPay.shops.map(shopLine)}
  </ul>
`

/** Somebody else was quicker, or it is on another page: what was typed is not lost with its card. */
const refusedElsewhere = ({ payouts, refused }: ToPay): View | null =>
  refused === null || payouts.some(({ id }) => id === refused.payoutId)
    ? null
    : html`<section role="alert">
        <p class="bad"><strong>${refused.problem}</strong></p>
        ${refused.typed.trim() !== '' && html`<p>You had typed the reference: ${refused.typed}</p>`}
      </section>`

const nothingHere = ({ after }: ToPay): View =>
  after === null
    ? html`<p>Nothing waits to be paid.</p>`
    : html`<p>Nothing more waits to be paid here. <a href="/finance">Back to the oldest</a></p>`

const pageFrom = (after: string) => `/finance?${new URLSearchParams({ after })}`

const shopLine = ({ id, name, state }: BooksOf): View => html`<li>
  <a href=${`/finance/shops/${id}`}>${name}: export, periods, comparisons with Shopify</a>
  ${state !== 'connected' && html` <strong class="bad">It cannot be asked now.</strong>`}
</li>`

const payoutCard = (payout: Payout, toPay: ToPay, visit: Visit): View => html`
  <section aria-label=${`${payout.amount.text} to ${payout.payee.name}`}>
    <dl>
      <dt>Amount</dt>
      <dd><strong>${payout.amount.text}</strong></dd>
      <dt>To</dt>
      <dd>${payout.payee.name}<br />${payout.payee.account}</dd>
      <dt>For</dt>
      <dd>order ${payout.orderNumber}, by ${payout.by}, ${payout.createdAt.slice(0, 10)}</dd>
    </dl>
    ${paymentForm(payout.id, toPay, visit)}
  </section>
`

const paymentForm = (payoutId: string, { after, refused: one }: ToPay, visit: Visit): View => {
  const refused = one?.payoutId === payoutId ? one : null
  const here = after === null ? '' : `?${new URLSearchParams({ after })}`
  return html`<form method="post" action=${`/finance/payouts/${payoutId}${here}`}>
    ${formToken(visit)}
    ${refused && html`<p class="bad" role="alert">${refused.problem}</p>`}
    <label>
      Reference of the transfer
      <small>After you have paid it at the bank. It goes into the books and cannot be changed.</small>
      <input
        name="reference"
        required
        maxlength="140"
        autocomplete="off"
        value=${refused?.typed ?? ''}
        autofocus=${refused !== null}
      />
    </label>
    <button>Mark as paid</button>
  </form>`
}
