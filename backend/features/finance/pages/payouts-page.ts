import type { Payout } from '../../../../shared/finance.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type View, type Visit } from '../../settings/index.ts'
import type { BooksOf } from '../shops.ts'

export type ToPay = { payouts: Payout[]; next: string | null; shops: BooksOf[]; paid: boolean }

/** What finance does first: whom to pay, and where the books of each shop are. */
export const payoutsPage = ({ payouts, next, shops, paid }: ToPay, visit: Visit): View => html`
  <h1>Finance</h1>
  ${paid && html`<p class="good" role="status">It is marked as paid.</p>`}
  <h2>To pay</h2>
  ${payouts.length === 0 && html`<p>Nothing waits to be paid.</p>`}
  ${payouts.map((payout) => payoutCard(payout, visit))}
  ${next && html`<p><a href=${`/finance?${new URLSearchParams({ after: next })}`}>More to pay</a></p>`}
  <h2>Books</h2>
  ${shops.length === 0 && html`<p>No shop is connected yet.</p>`}
  <ul>
    ${shops.map(shopLine)}
  </ul>
`

const shopLine = ({ id, name, state }: BooksOf): View => html`<li>
  <a href=${`/finance/shops/${id}`}>${name}: export, periods, comparisons with Shopify</a>
  ${state !== 'connected' && html` <strong class="bad">It cannot be asked now.</strong>`}
</li>`

const payoutCard = (payout: Payout, visit: Visit): View => html`
  <section aria-label=${`${payout.amount.text} to ${payout.payee.name}`}>
    <dl>
      <dt>Amount</dt>
      <dd><strong>${payout.amount.text}</strong></dd>
      <dt>To</dt>
      <dd>${payout.payee.name}<br />${payout.payee.account}</dd>
      <dt>For</dt>
      <dd>order ${payout.orderNumber}, by ${payout.by}, ${payout.createdAt.slice(0, 10)}</dd>
    </dl>
    <form method="post" action=${`/finance/payouts/${payout.id}`}>
      ${formToken(visit)}
      <label>
        Reference of the transfer
        <small>After you have paid it at the bank. It goes into the books and cannot be changed.</small>
        <input name="reference" required maxlength="140" autocomplete="off" />
      </label>
      <button>Mark as paid</button>
    </form>
  </section>
`
