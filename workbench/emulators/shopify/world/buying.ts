import { moving } from '../resources/orders/changing.ts'
import { mainLocation, stockChanges } from '../resources/stock.ts'
import type { Shop } from '../shop.ts'
import { type Change, put } from '../store/entries.ts'
import type { OrderRecord, TransactionRecord } from '../store/records/orders.ts'
import { CARD, type Paid, transactionsFor } from './paying.ts'
import { fulfillmentOrdersFor, orderFrom, type Purchase } from './purchase.ts'

export type Basket = Omit<Purchase, 'number' | 'name' | 'at'> & {
  number?: number
  /** How the customer pays; by card when left out, [] for not at all. */
  paid?: Paid[]
  /** The currency the customer sees, and what one unit of the shop's money is worth in it. */
  seenIn?: { currency: string; rate: string }
}

/** A customer goes through the checkout. */
export function buy(shop: Shop, basket: Basket): OrderRecord {
  const { paid = [CARD], seenIn, ...rest } = basket
  const { currency } = shop.seed
  const number = basket.number ?? nextNumber(shop)
  const money = { currency, presentmentCurrency: seenIn?.currency ?? currency, rate: seenIn?.rate ?? '1' }
  const order = orderFrom(
    { ...buyer(shop, rest), number, name: orderName(shop, number), at: shop.at() },
    money,
    shop.newGid,
  )
  const transactions = transactionsFor(order, paid, shop.newGid)
  shop.commit(
    [...placing(shop, order, transactions), ...spending(shop, transactions)],
    [
      { topic: 'ORDERS_CREATE', record: order },
      ...transactions.flatMap((one) => moving(one).notices),
      ...(transactions.every(({ status, kind }) => status === 'SUCCESS' && kind === 'SALE')
        ? [{ topic: 'ORDERS_PAID', record: order }]
        : []),
    ],
  )
  return order
}

/** All that a new order brings about. */
export function placing(shop: Shop, order: OrderRecord, transactions: TransactionRecord[], fromStock = true): Change[] {
  const locationId = mainLocation(shop)
  const moves = order.lines.map(({ variantId, quantity }) => ({
    variantId,
    locationId,
    units: quantity,
    how: 'commit' as const,
  }))
  return [
    put('orders', order),
    ...transactions.map((one) => put('transactions', one)),
    ...fulfillmentOrdersFor(order, locationId, shop.newGid).map((one) => put('fulfillmentOrders', one)),
    ...(fromStock ? stockChanges(shop, moves) : []),
    shop.effect('order.made', { subjectId: order.id, words: `Order ${order.name} was placed`, by: order.appId }),
  ]
}

/** Behind the newest order's; the first is 1001. */
export function nextNumber(shop: Shop): number {
  const [newest] = shop.tables.orders.ordered('createdAt', { reverse: true })
  let number = newest ? newest.number + 1 : 1001
  while (shop.tables.orders.by('name', orderName(shop, number)).length > 0) number++
  return number
}

export const orderName = ({ seed }: Shop, number: number) =>
  `${seed.orderPrefix ?? '#'}${number}${seed.orderSuffix ?? ''}`

function buyer(shop: Shop, basket: Omit<Basket, 'paid' | 'seenIn'>) {
  const customer = basket.customerId ? shop.tables.customers.get(basket.customerId) : undefined
  if (!customer) return basket
  return { email: customer.email, phone: customer.phone, shippingAddress: customer.addresses[0] ?? null, ...basket }
}

/** Gift cards that paid hold less afterwards. */
function spending(shop: Shop, transactions: TransactionRecord[]): Change[] {
  return transactions.flatMap(({ giftCardId, amount }) => {
    const card = giftCardId ? shop.tables.giftCards.get(giftCardId) : undefined
    if (!card) return []
    const spent = { id: shop.newGid('GiftCardDebitTransaction'), at: shop.at(), amount: amount.shop, note: null }
    return [
      put('giftCards', {
        ...card,
        balance: { ...card.balance, minor: Math.max(0, card.balance.minor - amount.shop.minor) },
        updatedAt: shop.at(),
        transactions: [...card.transactions, { ...spent, kind: 'debit' as const }],
      }),
    ]
  })
}
