import type { z } from 'zod'
import type { giftCardFigures } from '../../../../shared/gift-cards.ts'
import { html } from '../../../platform/html.ts'
import type { View } from '../../settings/index.ts'

type By = z.infer<(typeof giftCardFigures)['query']>['by']
type Figures = z.input<(typeof giftCardFigures)['reply']>['items']

const WORDS: Record<By, string> = { reason: 'Reason', agent: 'Person', week: 'Week from Monday' }

export const figuresPage = (by: By, items: Figures): View => html`
  <h1>Gift cards in figures</h1>
  <p>
    ${(Object.keys(WORDS) as By[]).map(
      (one) =>
        html`<a href=${`/gift-card-figures?by=${one}`} aria-current=${one === by ? 'page' : undefined}>${WORDS[one]}</a> `,
    )}
  </p>
  ${items.length === 0 && html`<p>No gift card was issued yet.</p>`}
  <div class="scroll"><table>
    <thead><tr><th>${WORDS[by]}</th><th>Cards</th><th>Issued</th><th>Redeemed</th><th>Outstanding</th></tr></thead>
    <tbody>
      ${items.map(
        ({ group, count, issued, redeemed, outstanding }) => html`<tr>
          <td>${group}</td>
          <td class="number">${count}</td>
          <td class="number">${issued.text}</td>
          <td class="number">${redeemed.text}</td>
          <td class="number">${outstanding.text}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>
  <p><small>By the balances that Shopify told last. Of a card that was taken back counts what had been spent; cards that have ended are not outstanding.</small></p>
  <p><a href="/gift-cards">All gift cards</a></p>
`
