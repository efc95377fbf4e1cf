import { bagOf, minus, total } from '../resources/bags.ts'
import { originalTotal } from '../resources/orders/totals.ts'
import type { Gid } from '../store/records/ids.ts'
import type { Bag } from '../store/records/money.ts'
import type { OrderRecord, TransactionRecord } from '../store/records/orders.ts'
import type { NewGid } from './purchase.ts'

/** One way an order is paid. Without an amount it takes what the others left. */
export interface Paid {
  /** As Shopify names it: shopify_payments, paypal, gift_card, Cash on Delivery (COD). */
  gateway: string
  /** Smallest unit of the customer's currency. */
  amount?: number
  /** captured when left out; open is promised by the customer alone, as cash on delivery is. */
  state?: 'captured' | 'authorized' | 'open'
  card?: { company: string; last4: string }
  giftCardId?: Gid
}

export const CARD: Paid = { gateway: 'shopify_payments', card: { company: 'Visa', last4: '4242' } }
export const ON_DELIVERY: Paid = { gateway: 'Cash on Delivery (COD)', state: 'open' }

/** Gateways where a person says that the money came. */
export const isManual = (gateway: string) => /cash on delivery|\bcod\b|bank deposit|money order|manual/i.test(gateway)

export function transactionsFor(order: OrderRecord, paid: Paid[], newGid: NewGid): TransactionRecord[] {
  const named = total(
    order,
    paid.flatMap(({ amount }) => (amount === undefined ? [] : [bagOf(order, amount)])),
  )
  const rest = minus(priceOf(order), named)
  return paid.map((way) =>
    transactionFor(order, way, way.amount === undefined ? rest : bagOf(order, way.amount), newGid),
  )
}

const priceOf = (order: OrderRecord): Bag => originalTotal({ ...NO_PARTS, order })

const NO_PARTS = { transactions: [], refunds: [], fulfillments: [], fulfillmentOrders: [], returns: [], disputes: [] }

function transactionFor(order: OrderRecord, way: Paid, amount: Bag, newGid: NewGid): TransactionRecord {
  const id = newGid('OrderTransaction')
  return {
    id,
    orderId: order.id,
    parentId: null,
    kind: way.state === 'authorized' ? 'AUTHORIZATION' : 'SALE',
    status: way.state === 'open' ? 'PENDING' : 'SUCCESS',
    gateway: way.gateway,
    formattedGateway: formatted(way.gateway),
    manual: isManual(way.gateway),
    amount,
    createdAt: order.createdAt,
    processedAt: way.state === 'open' ? null : order.createdAt,
    errorCode: null,
    paymentId: `${order.name.replace(/\W/g, '')}.${id.split('/').at(-1)}`,
    test: order.test,
    card: way.card ? { company: way.card.company, number: way.card.last4, wallet: null } : null,
    giftCardId: way.giftCardId ?? null,
    refundId: null,
  }
}

const NAMES: Record<string, string> = {
  shopify_payments: 'Shopify Payments',
  paypal: 'PayPal Express Checkout',
  gift_card: 'Gift card',
  shopify_store_credit: 'Store credit',
}

export const formatted = (gateway: string) =>
  NAMES[gateway] ?? `${gateway.charAt(0).toUpperCase()}${gateway.slice(1).replaceAll('_', ' ')}`
