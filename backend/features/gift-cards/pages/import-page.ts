import type { z } from 'zod'
import type { importGiftCards } from '../../../../shared/gift-cards.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type View, type Visit } from '../../settings/index.ts'

type Result = z.infer<(typeof importGiftCards)['reply']>

export const importPage = (shops: readonly { id: string; name: string }[], visit: Visit): View => html`
  <h1>Import a history of gift cards</h1>
  <p>
    Cards that were issued before the desk, so that the log and the figures are whole. The first line names the columns: <code>issued_on,amount,currency,last4,reason,agent,order,expires_on</code>. The last three may be empty or missing.
  </p>
  ${shops.length === 0 && html`<p>No shop is connected yet.</p>`}
  ${
    shops.length > 0 &&
    html`<form method="post" action="/gift-card-imports">
      ${formToken(visit)}
      <label>
        Shop
        <select name="shop">${shops.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select>
      </label>
      <label>
        CSV
        <small>Paste up to a thousand lines at a time. A line that is known counts once.</small>
        <textarea name="csv" rows="12" required></textarea>
      </label>
      <button>Import</button>
    </form>`
  }
  <p><a href="/gift-cards">All gift cards</a></p>
`

export const importedPage = ({ imported, known, refused }: Result): View => html`
  <h1>Imported</h1>
  <p class="good" role="status">${imported} new, ${known} known already.</p>
  ${
    refused.length > 0 &&
    html`<p class="bad">${refused.length} not taken:</p>
      <ul>${refused.map(({ line, why }) => html`<li>Line ${line}: ${why}</li>`)}</ul>`
  }
  <p><a href="/gift-card-imports">Import more</a></p>
  <p><a href="/gift-cards">All gift cards</a></p>
`
