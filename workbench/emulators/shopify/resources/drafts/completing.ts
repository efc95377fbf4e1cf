import type { Shop } from '../../shop.ts'
import type { DraftRecord } from '../../store/records/drafts.ts'
import type { DiscountRecord, OrderRecord, ShippingLineRecord, TransactionRecord } from '../../store/records/orders.ts'
import { nextNumber, orderName } from '../../world/buying.ts'
import { transactionsFor } from '../../world/paying.ts'
import { nothing } from '../bags.ts'
import { discountOf, totalOf } from './draft-sums.ts'

interface Completion {
  sourceName: string
  appId: string
  paymentPending: boolean
}

/** The order that a draft becomes; money that is due counts as paid by hand unless it is left open. */
export function completed(shop: Shop, draft: DraftRecord, { sourceName, appId, paymentPending }: Completion) {
  const order = orderFrom(shop, draft, sourceName, appId)
  const due = totalOf(draft).presentment.minor > 0
  const paid = { gateway: 'manual', state: paymentPending ? ('open' as const) : ('captured' as const) }
  const transactions: TransactionRecord[] = due ? transactionsFor(order, [paid], shop.newGid) : []
  return { order, transactions }
}

function orderFrom(shop: Shop, draft: DraftRecord, sourceName: string, appId: string): OrderRecord {
  const number = nextNumber(shop)
  const { customerId, email, note, tags, currency, presentmentCurrency, rate, shippingAddress } = draft
  return {
    id: shop.newGid('Order'),
    name: orderName(shop, number),
    number,
    confirmationNumber: null,
    createdAt: shop.at(),
    processedAt: shop.at(),
    updatedAt: shop.at(),
    cancelledAt: null,
    cancelReason: null,
    cancelStaffNote: null,
    closedAt: null,
    ...{ customerId, email, note, tags, currency, presentmentCurrency, rate, shippingAddress },
    phone: null,
    billingAddress: shippingAddress,
    taxesIncluded: true,
    lines: draft.lines.map((line) => ({ ...line, id: shop.newGid('LineItem') })),
    shippingLines: shippingFrom(shop, draft),
    discounts: discountsFrom(draft),
    discountCodes: [],
    customAttributes: [],
    test: false,
    sourceName,
    sourceIdentifier: null,
    gatewayNames: null,
    appId,
    edited: false,
    statedFinancialStatus: null,
  }
}

const shippingFrom = (shop: Shop, draft: DraftRecord): ShippingLineRecord[] =>
  draft.shippingLine
    ? [
        {
          id: shop.newGid('ShippingLine'),
          title: draft.shippingLine.title,
          code: 'custom',
          price: draft.shippingLine.price,
          discounted: draft.shippingLine.price,
          tax: nothing(draft),
        },
      ]
    : []

function discountsFrom(draft: DraftRecord): DiscountRecord[] {
  const sum = discountOf(draft)
  if (sum.presentment.minor === 0) return []
  const { discount } = draft
  const value = discount?.kind === 'PERCENTAGE' ? { percentage: discount.value } : { amount: sum }
  return [{ kind: 'manual', name: discount?.title ?? 'Custom discount', value, total: sum }]
}
