import { afterEach, expect, test } from '@jest/globals'
import { capture, collect, failRefund, letBank, settleRefund } from '../../../workbench/emulators/shopify/world/bank.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { CARD, ON_DELIVERY } from '../../../workbench/emulators/shopify/world/paying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { type OpenShop, openShop, TEA, usual } from './shop-with-goods.ts'

interface Refunded {
  refund: { id: string; transactions: { nodes: { id: string; status: string }[] } } | null
  order: { displayFinancialStatus: string } | null
  userErrors: { field: string[] | null; message: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

let key = 0
const refund = (input: Record<string, unknown>) => open.ask<Refunded>('refund-create', { input, key: `key-${++key}` })

/** The transactions input for one payment of an order. */
const back = (orderId: string, amount: string, nth = 0) => {
  const parent = open.shop.tables.transactions.by('orderId', orderId)[nth]
  return [{ orderId, parentId: parent?.id, kind: 'REFUND', gateway: 'any', amount }]
}

const teaOf = (order: { lines: { id: string }[] }) => order.lines[0]?.id
const stockOfTea = () => open.shop.tables.levels.by('inventoryItemId', 'gid://shopify/InventoryItem/31')[0]

test('a line that is refunded with CANCEL leaves the order, goes back on the shelf, and gives its money back', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  expect(stockOfTea()).toMatchObject({ available: 18, committed: 2 })
  const answer = await refund({
    orderId: order.id,
    note: 'ca:1:refund',
    refundLineItems: [{ lineItemId: teaOf(order), quantity: 1, restockType: 'CANCEL' }],
    transactions: back(order.id, '12.50'),
  })
  expect(answer).toMatchObject({
    refund: {
      note: 'ca:1:refund',
      totalRefundedSet: { shopMoney: { amount: '12.5' } },
      transactions: { nodes: [{ status: 'SUCCESS' }] },
    },
    order: { displayFinancialStatus: 'PARTIALLY_REFUNDED' },
    userErrors: [],
  })
  expect(stockOfTea()).toMatchObject({ available: 19, committed: 1 })
  expect(await open.ask('order-snapshot', snapshot(order.id))).toMatchObject({
    currentTotalPriceSet: { shopMoney: { amount: '57.5' } },
    totalOutstandingSet: { shopMoney: { amount: '0.0' } },
    netPaymentSet: { shopMoney: { amount: '57.5' } },
    lineItems: { nodes: [{ quantity: 2, currentQuantity: 1, refundableQuantity: 1, unfulfilledQuantity: 1 }, {}] },
    refunds: [{ note: 'ca:1:refund', refundLineItems: { nodes: [{ quantity: 1, restockType: 'CANCEL' }] } }],
  })
})

const snapshot = (id: string) => ({ id, ns: 'desk', claimKey: 'claim' })

test('more than was received is refused in the words that Shopify uses', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { refund: none, userErrors } = await refund({ orderId: order.id, transactions: back(order.id, '75.00') })
  expect(none).toBeNull()
  expect(userErrors[0]?.message).toBe('Refund amount €75.00 is greater than net payment received €70.00')
})

test('a refund names a payment of the same order, and refunds it', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const other = buy(open.shop, usual)
  const foreign = await refund({
    orderId: order.id,
    transactions: back(other.id, '5.00').map((one) => ({ ...one, orderId: order.id })),
  })
  expect(foreign.userErrors[0]?.message).toBe('Transactions require a parent_id associated with the order')
  const wrong = await refund({
    orderId: order.id,
    transactions: back(order.id, '5.00').map((one) => ({ ...one, kind: 'AUTHORIZATION' })),
  })
  expect(wrong.userErrors[0]?.message).toBe('Kind authorization is not a valid transaction')
  const many = await refund({
    orderId: order.id,
    refundLineItems: [{ lineItemId: teaOf(order), quantity: 3, restockType: 'NO_RESTOCK' }],
  })
  expect(many.userErrors[0]?.message).toBe('Quantity cannot refund more items than were purchased')
})

test('lines of an order that nobody paid are cancelled without money', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, paid: [ON_DELIVERY] })
  const lines = [{ lineItemId: teaOf(order), quantity: 2, restockType: 'CANCEL' }]
  expect((await refund({ orderId: order.id, refundLineItems: lines, transactions: [] })).userErrors).toEqual([])
  expect(await open.ask('order-snapshot', snapshot(order.id))).toMatchObject({
    displayFinancialStatus: 'PENDING',
    totalOutstandingSet: { shopMoney: { amount: '45.0' } },
    fulfillmentOrders: { nodes: [{ status: 'OPEN' }] },
  })
  collect(open.shop, order.id)
  expect(await open.ask('payment-mode', { id: order.id })).toMatchObject({ transactions: [{ status: 'SUCCESS' }] })
})

test('what was sent can come back, but cannot be cancelled', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  ship(open.shop, order.id)
  const lines = (restockType: string) => [{ lineItemId: teaOf(order), quantity: 1, restockType }]
  const cancelled = await refund({ orderId: order.id, refundLineItems: lines('CANCEL') })
  expect(cancelled.userErrors[0]?.field).toEqual(['refundLineItems', '0', 'restockType'])
  const returned = await refund({
    orderId: order.id,
    refundLineItems: lines('RETURN'),
    transactions: back(order.id, '12.50'),
  })
  expect(returned.userErrors).toEqual([])
  expect(stockOfTea()).toMatchObject({ available: 19, committed: 0, onHand: 19 })
})

test('the bank may take its time, and may refuse', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  letBank(open.shop, 'when-told')
  const made = await refund({ orderId: order.id, transactions: back(order.id, '30.00') })
  const pending = made.refund?.transactions.nodes[0]
  expect(pending?.status).toBe('PENDING')
  expect(made.order?.displayFinancialStatus).toBe('PAID')
  const again = await refund({ orderId: order.id, transactions: back(order.id, '50.00') })
  expect(again.userErrors[0]?.message).toBe('Refund amount €50.00 is greater than net payment received €40.00')
  failRefund(open.shop, pending?.id ?? '')
  const second = await refund({ orderId: order.id, transactions: back(order.id, '50.00') })
  settleRefund(open.shop, second.refund?.transactions.nodes[0]?.id ?? '')
  expect(await open.ask('order-snapshot', snapshot(order.id))).toMatchObject({
    displayFinancialStatus: 'PARTIALLY_REFUNDED',
    totalRefundedSet: { shopMoney: { amount: '50.0' } },
    refunds: [
      { totalRefundedSet: { shopMoney: { amount: '0.0' } } },
      { totalRefundedSet: { shopMoney: { amount: '50.0' } } },
    ],
  })
})

test('a suggestion spreads over the payments, gift cards last, and says what is the most', async () => {
  open = await openShop()
  const card = {
    id: 'gid://shopify/GiftCard/71',
    code: 'abcdefgh12345678',
    initial: { minor: 3000, currency: 'EUR' },
    balance: { minor: 3000, currency: 'EUR' },
    note: null,
    createdAt: open.shop.at(),
    updatedAt: open.shop.at(),
    expiresOn: null,
    deactivatedAt: null,
    customerId: null,
    recipientId: null,
    orderId: null,
    source: 'manual' as const,
    templateSuffix: null,
    transactions: [],
  }
  open.shop.commit([{ t: 'put', table: 'giftCards', record: card }])
  const paid = [{ gateway: 'gift_card', amount: 3000, giftCardId: card.id }, CARD]
  const order = buy(open.shop, { ...usual, paid })
  expect(open.shop.tables.giftCards.get(card.id)?.balance.minor).toBe(0)
  const lines = order.lines.map(({ id, quantity }) => ({ lineItemId: id, quantity, restockType: 'CANCEL' }))
  const suggested = await open.ask<{ suggestedRefund: Record<string, unknown> }>('suggested-refund', {
    id: order.id,
    lines,
    shipping: '5.00',
  })
  expect(suggested.suggestedRefund).toMatchObject({
    amountSet: { shopMoney: { amount: '70.0' } },
    maximumRefundableSet: { shopMoney: { amount: '70.0' } },
    shipping: { amountSet: { presentmentMoney: { amount: '5.0' } } },
    suggestedTransactions: [
      { kind: 'SUGGESTED_REFUND', gateway: 'shopify_payments', amountSet: { presentmentMoney: { amount: '40.0' } } },
      { gateway: 'gift_card', amountSet: { presentmentMoney: { amount: '30.0' } } },
    ],
  })
  await refund({ orderId: order.id, transactions: back(order.id, '10.00', 0) })
  expect(open.shop.tables.giftCards.get(card.id)?.balance.minor).toBe(1000)
})

test('money that becomes store credit is refunded too', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const refundMethods = [{ storeCreditRefund: { amount: { amount: '20.00', currencyCode: 'EUR' } } }]
  const answer = await refund({ orderId: order.id, refundMethods })
  expect(answer.userErrors).toEqual([])
  const [account] = open.shop.tables.storeCredits.by('customerId', usual.customerId)
  expect(account).toMatchObject({ balance: { minor: 2000, currency: 'EUR' } })
  const rest = await refund({ orderId: order.id, transactions: back(order.id, '70.00') })
  expect(rest.userErrors[0]?.message).toBe('Refund amount €70.00 is greater than net payment received €50.00')
})

test('an order seen in another currency is refunded in that one, and to the last cent in both', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, seenIn: { currency: 'SEK', rate: '11.37' } })
  const silent = await refund({ orderId: order.id, transactions: back(order.id, '33.33') })
  expect(silent.userErrors[0]?.field).toEqual(['currency'])
  for (const amount of ['33.33', '33.33', '3.34'])
    expect(
      (await refund({ orderId: order.id, currency: 'SEK', transactions: back(order.id, amount) })).userErrors,
    ).toEqual([])
  expect(await open.ask('order-snapshot', snapshot(order.id))).toMatchObject({
    displayFinancialStatus: 'REFUNDED',
    presentmentCurrencyCode: 'SEK',
    netPaymentSet: {
      shopMoney: { amount: '0.0', currencyCode: 'EUR' },
      presentmentMoney: { amount: '0.0', currencyCode: 'SEK' },
    },
  })
})

test('an authorization is nothing to refund until it is captured', async () => {
  open = await openShop()
  const order = buy(open.shop, {
    ...usual,
    lines: [{ title: 'Green tea', variantId: TEA, price: 1250 }],
    paid: [{ ...CARD, state: 'authorized' }],
  })
  expect(await open.ask('payment-mode', { id: order.id })).toMatchObject({ displayFinancialStatus: 'AUTHORIZED' })
  const early = await refund({ orderId: order.id, transactions: back(order.id, '5.00') })
  expect(early.userErrors[0]?.message).toBe('Transactions require a parent_id associated with the order')
  capture(open.shop, order.id)
  expect((await refund({ orderId: order.id, transactions: back(order.id, '5.00', 1) })).userErrors).toEqual([])
})
