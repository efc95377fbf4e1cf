import type { Address } from '../../../../shared/combined-actions.ts'
import {
  type BothMoney,
  isByHand,
  type OrderStanding,
  paymentMode,
  type ShopFulfilment,
  type ShopLine,
  type ShopOrder,
  type ShopTransaction,
  type SuggestedRefund,
} from '../../../clients/shopify/index.ts'
import { emailKeysOf, shopifyIdOf } from '../../orders/index.ts'
import type { LiveLine, LiveOrder, LivePayment, Stage } from './live-order.ts'

/** What was read of an order and its shop. */
export type Read = Pick<LiveOrder, 'orderId' | 'shop' | 'standing' | 'goods' | 'shipsTo' | 'methods' | 'giftCards'> & {
  readAt: Date
  order: ShopOrder
  everything: SuggestedRefund
  toSend: OrderStanding['fulfilmentOrders']
}

/** As forms keep it: plain JSON, and nothing that they do not need. */
export function presentLive({ readAt, order, everything, toSend, ...rest }: Read): LiveOrder {
  const { customer } = order
  const emailKeys = emailKeysOf(order)
  return {
    ...rest,
    id: order.id,
    name: order.name,
    readAt: readAt.toISOString(),
    customerCurrency: order.presentmentCurrency,
    placedAt: order.processedAt.toISOString(),
    cancelledAt: order.cancelledAt?.toISOString() ?? null,
    test: order.test,
    returning: RETURNING.has(order.returnStatus),
    disputed: order.disputes.some(({ status }) => DISPUTED.has(status)),
    authorized: order.financialStatus === 'AUTHORIZED',
    payment: paymentMode(order),
    customer: {
      id: customer?.id ?? null,
      name: customer?.name || order.shippingAddress?.name || '',
      email: order.email ?? customer?.email ?? null,
      cardsTo: customer?.email ?? null,
    },
    receiver: {
      customerShopifyId: customer ? String(shopifyIdOf(customer.id)) : null,
      emailKey: emailKeys[0] ?? null,
      emailKeys,
    },
    address: order.shippingAddress && addressOf(order.shippingAddress),
    stage: stageOf(order),
    total: order.originalTotal,
    lines: order.lines.map(lineOf),
    shippingLeft: everything.shipping.maximum,
    refundable: everything.maximum,
    everything: { amount: everything.amount, tax: everything.tax, transactions: everything.transactions },
    payments: paymentsOf(order, everything),
    fulfilmentOrders: toSend.map(({ id, status, lines }) => ({ id, status, lines })),
  }
}

const RETURNING = new Set(['IN_PROGRESS', 'INSPECTION_COMPLETE'])
const DISPUTED = new Set(['NEEDS_RESPONSE', 'UNDER_REVIEW'])

function stageOf({ fulfilments, lines }: ShopOrder): Stage {
  const parcels = fulfilments.filter(({ status }) => !GONE.has(status))
  if (parcels.length === 0) return 'unsent'
  if (lines.some(({ unfulfilled }) => unfulfilled > 0)) return 'partly'
  return parcels.every(hasArrived) ? 'delivered' : 'sent'
}

const GONE = new Set(['CANCELLED', 'ERROR', 'FAILURE'])
const hasArrived = ({ deliveredAt, displayStatus }: ShopFulfilment) =>
  deliveredAt !== null || displayStatus === 'DELIVERED'

const lineOf = (line: ShopLine): LiveLine => ({
  id: line.id,
  title: [line.title, line.variant].filter(Boolean).join(', '),
  sku: line.sku,
  ordered: line.quantity,
  left: line.currentQuantity,
  unsent: line.unfulfilled,
  refundable: line.refundable,
  each: line.discountedUnitPrice,
  variantId: line.variantId,
  isGiftCard: line.isGiftCard,
})

/** Shopify keeps one name; the last word of it counts as the family's. */
export function addressOf(address: NonNullable<ShopOrder['shippingAddress']>): Address | null {
  const { name, address1, address2, city, zip, province, country, phone } = address
  if (country === null) return null
  const words = (name ?? '').trim().split(/\s+/)
  return {
    firstName: words.slice(0, -1).join(' '),
    lastName: words.at(-1) ?? '',
    company: '',
    address1: address1 ?? '',
    address2: address2 ?? '',
    city: city ?? '',
    province: province ?? '',
    zip: zip ?? '',
    country,
    phone: phone ?? '',
  }
}

const paymentsOf = (order: ShopOrder, everything: SuggestedRefund): LivePayment[] =>
  everything.transactions.map(({ parentId, gateway, amount, maximum }) => {
    const payment = order.transactions.find(({ id }) => id === parentId)
    return {
      parentId,
      gateway,
      words: wordsOf(gateway, payment),
      manual: isByHand(payment ?? { gateway, manual: false }),
      most: maximum ? least(maximum, everything.maximum) : amount,
    }
  })

/** Less of the two, in both currencies. */
const least = (one: BothMoney, other: BothMoney): BothMoney =>
  one.presentment.minor <= other.presentment.minor ? one : other

function wordsOf(gateway: string, payment: ShopTransaction | undefined): string {
  if (/^gift.?card$/i.test(gateway)) return 'the gift card that paid'
  if (/store.?credit/i.test(gateway)) return 'store credit'
  const { name, lastDigits } = payment?.method ?? { name: null, lastDigits: null }
  if (lastDigits) return `${name ?? 'card'} •••• ${lastDigits}`
  return name ?? (gateway === 'shopify_payments' ? 'the card that paid' : gateway)
}
