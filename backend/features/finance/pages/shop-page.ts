import type { FinancePeriod, Reconciliation } from '../../../../shared/finance.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type View, type Visit } from '../../settings/index.ts'
import { comparisonWords } from '../reconciling/last.ts'
import type { BooksOf } from '../shops.ts'

type Paged<T> = { items: T[]; next: string | null }

/** A day that was typed and cannot be closed, and why. */
export type Refused = { typed: string; problem: string }

export type ShopBooks = {
  shop: BooksOf
  /** The newest day that can be closed. */
  yesterday: string
  /** The last day that is closed; null while none is. */
  closedTo: string | null
  /** What was just closed. */
  closed: FinancePeriod | null
  refused: Refused | null
  periods: Paged<FinancePeriod>
  reconciliations: Paged<Reconciliation>
}

/** The books of one shop: as files, by periods, and compared with Shopify. */
export const shopPage = (books: ShopBooks, visit: Visit): View => html`
  <p><a href="/finance">Finance</a></p>
  <h1>Books of ${books.shop.name}</h1>
  ${books.closed && html`<p class="good" role="status">Closed up to ${books.closed.to}: ${linesIn(books.closed)}.</p>`}
  ${closing(books, visit)} ${closedPeriods(books)} ${comparisons(books)}
`

const closing = ({ shop, yesterday, closedTo, refused }: ShopBooks, visit: Visit): View => html`
  <section>
    <h2>Not closed yet</h2>
    <p>
      ${closedTo ? `Everything after ${closedTo}, and corrections of what was closed before.` : 'Everything so far.'} Days go by the clocks of the shop
      (${shop.timeZone}).
    </p>
    <p><a class="button" href=${`/finance/shops/${shop.id}/export`}>Download as CSV</a></p>
    <form method="post" action=${`/finance/shops/${shop.id}/periods`}>
      ${formToken(visit)}
      ${refused && html`<p class="bad" role="alert">${refused.problem}</p>`}
      <label>
        Close up to and with
        <small>This cannot be taken back: a closed period stays as it is. What changes later is a correction in the next one.</small>
        <input type="date" name="to" required max=${yesterday} value=${refused?.typed ?? ''} autofocus=${refused !== null} />
      </label>
      <button class="second">Close the period</button>
    </form>
  </section>
`

const closedPeriods = ({ shop, periods }: ShopBooks): View => html`
  <h2>Closed periods</h2>
  ${periods.items.length === 0 && html`<p>None yet.</p>`}
  <ul>
    ${periods.items.map(
      (period) => html`<li>
        <a href=${`/finance/shops/${shop.id}/export?${new URLSearchParams({ period: period.id })}`}>
          ${period.from} to ${period.to}</a
        >
        <span class="soft"> ${linesIn(period)}, closed by ${period.by}</span>
      </li>`,
    )}
  </ul>
  ${periods.next && html`<p><a href=${`/finance/shops/${shop.id}?${new URLSearchParams({ periods: periods.next })}`}>Older periods</a></p>`}
`

const comparisons = ({ shop, reconciliations }: ShopBooks): View => html`
  <h2>Compared with Shopify</h2>
  ${
    shop.state !== 'connected' &&
    html`<p class="bad">
      Not compared now. ${shop.problem ?? 'This shop is disconnected.'} Once it can be asked again, all that came meanwhile is compared.
    </p>`
  }
  ${reconciliations.items.length === 0 && html`<p>Nothing was compared yet. It happens every night.</p>`}
  ${reconciliations.items.map((one) => comparison(one, shop))}
  ${
    reconciliations.next &&
    html`<p>
      <a href=${`/finance/shops/${shop.id}?${new URLSearchParams({ comparisons: reconciliations.next })}`}>Older ones</a>
    </p>`
  }
`

const comparison = ({ from, to, endedAt, compared, differences }: Reconciliation, { state }: BooksOf): View => html`
  <section>
    <h3>${minute(from)} to ${minute(to)}</h3>
    <p class=${differences.length > 0 ? 'bad' : 'soft'}>
      ${endedAt !== null ? '' : state === 'connected' ? 'Runs now. ' : 'Cut off. '}${comparisonWords({ compared, differences: differences.length })}.
    </p>
    ${differences.length > 0 && html`<ul>${differences.map(({ words }) => html`<li>${words}</li>`)}</ul>`}
  </section>
`

const minute = (instant: string) => `${instant.slice(0, 16).replace('T', ' ')} UTC`
const linesIn = ({ rows }: FinancePeriod) => `${rows} line${rows === 1 ? '' : 's'}`
