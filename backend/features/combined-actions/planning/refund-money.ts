import type { ActionInput } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { SuggestedRefund } from '../../../clients/shopify/index.ts'
import type { LiveOrder } from './live-order.ts'
import { byGateway, byHand } from './refund-options.ts'
import { addUp, partOf, proportion, type Share, type Shared, shareOut } from './sharing.ts'

export type RefundInput = NonNullable<ActionInput['refund']>

/** What Shopify says that the wanted comes to: amounts may be lowered, never raised. */
export type Suggestion = Pick<SuggestedRefund, 'amount' | 'tax' | 'transactions'>

export type Moved = { shares: Share[]; shop: Money; customer: Money; tax: Money }

/** What a refund moves, and from which payments; no more than the suggestion, whatever the amount says. */
export function moneyOf(live: LiveOrder, refund: RefundInput, suggestion: Suggestion): Moved {
  const { amount, tax } = suggestion
  const payments = paymentsFor(live, refund, suggestion)
  const most = refund.to === 'store_credit' ? amount.presentment.minor : sumOf(payments)
  const minor = Math.min(refund.amount?.minor ?? most, most)
  const shares = shareOut(minor, payments)
  const shop = refund.to === 'store_credit' ? partOf(amount, minor).shop : addUp(live.shop.currency, 'shop', shares)
  return {
    shares,
    shop,
    customer: { minor, currency: live.customerCurrency },
    tax: { ...tax.shop, minor: proportion(tax.shop.minor, minor, amount.presentment.minor) },
  }
}

/** The most that each payment takes back: what Shopify suggested, unless some of these payments are not on the route. */
function paymentsFor(live: LiveOrder, { to }: RefundInput, { amount, transactions }: Suggestion): Shared[] {
  if (to === 'store_credit') return []
  const onRoute = new Map((to === 'payout' ? byHand(live) : byGateway(live)).map((one) => [one.parentId, one]))
  if (transactions.every(({ parentId }) => onRoute.has(parentId)))
    return transactions.map(({ parentId, gateway, amount: most }) => ({ parentId, gateway, most }))
  const payments = [...onRoute.values()]
  const left = Math.min(amount.presentment.minor, sumOf(payments))
  return shareOut(left, payments).map(({ parentId, gateway, amount: most }) => ({ parentId, gateway, most }))
}

const sumOf = (payments: readonly Pick<Shared, 'most'>[]) =>
  payments.reduce((sum, { most }) => sum + most.presentment.minor, 0)
