import { afterEach, expect, test } from '@jest/globals'
import { put } from '../../../workbench/emulators/shopify/store/entries.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ADA, type OpenShop, openShop, POT, TEA, usual } from './shop-with-goods.ts'

interface Created {
  order: { id: string; fulfillmentOrders: { nodes: { status: string }[] } } | null
  userErrors: { code: string; field: string[]; message: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

const reship = (order: Record<string, unknown> = {}, inventoryBehaviour = 'DECREMENT_OBEYING_POLICY') => {
  const free = { shopMoney: { amount: '0', currencyCode: 'EUR' } }
  return open.ask<Created>('reship-order-create', {
    order: {
      lineItems: [{ variantId: TEA, quantity: 2, requiresShipping: true, priceSet: free }],
      customer: { toAssociate: { id: ADA } },
      sourceIdentifier: 'action-1',
      tags: ['ca-action-1'],
      ...order,
    },
    options: { inventoryBehaviour },
  })
}

const stockOfTea = () => open.shop.tables.levels.by('inventoryItemId', 'gid://shopify/InventoryItem/31')[0]

test('a reship costs nothing, takes its goods from stock, and waits for the warehouse', async () => {
  open = await openShop()
  expect(await reship()).toMatchObject({
    order: {
      sourceIdentifier: 'action-1',
      tags: ['ca-action-1'],
      displayFinancialStatus: 'PAID',
      currentTotalPriceSet: { shopMoney: { amount: '0.0' } },
      fulfillmentOrders: { nodes: [{ status: 'OPEN' }] },
    },
    userErrors: [],
  })
  expect(stockOfTea()).toMatchObject({ available: 18, committed: 2 })
})

test('lines that do not say that they are sent are never sent', async () => {
  open = await openShop()
  const lineItems = [{ variantId: TEA, quantity: 1 }]
  const { order } = await reship({ lineItems }, 'BYPASS')
  expect(order?.fulfillmentOrders.nodes).toEqual([])
  expect(stockOfTea()).toMatchObject({ available: 20, committed: 0 })
  expect(await open.ask('payment-mode', { id: order?.id })).toMatchObject({ displayFinancialStatus: 'PENDING' })
})

test('what is not in stock is refused where stock is obeyed', async () => {
  open = await openShop()
  const lineItems = [{ variantId: POT, quantity: 21, requiresShipping: true }]
  expect((await reship({ lineItems })).userErrors[0]?.code).toBe('INVENTORY_CLAIM_FAILED')
  expect((await reship({ lineItems }, 'DECREMENT_IGNORING_POLICY')).userErrors).toEqual([])
})

test('a unique key finds the order at once and keeps a second one away; tags are found when the index has caught up', async () => {
  open = await openShop({ indexLag: 10 })
  const find = () =>
    open.run('reship-find-by-custom-id', {
      identifier: { customId: { namespace: 'desk', key: 'action', value: 'a1' } },
    })
  expect((await find()).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND')
  const definition = {
    id: open.shop.newGid('MetafieldDefinition'),
    ownerType: 'ORDER',
    namespace: 'desk',
    key: 'action',
    name: 'Action',
    type: 'id',
    unique: true,
  }
  open.shop.commit([put('definitions', { ...definition } as Parameters<typeof put<'definitions'>>[1])])
  expect((await find()).data).toEqual({ orderByIdentifier: null })
  const metafields = [{ namespace: 'desk', key: 'action', type: 'id', value: 'a1' }]
  const { order } = await reship({ metafields })
  expect((await find()).data).toMatchObject({ orderByIdentifier: { id: order?.id } })
  expect((await reship({ metafields })).userErrors[0]?.message).toBe('Value has already been taken')
  const search = () =>
    open.ask<{ nodes: unknown[] }>('reship-find-by-search', { q: 'source_identifier:"action-1" OR tag:"ca-action-1"' })
  expect((await search()).nodes).toEqual([])
  open.clock.travel(11_000)
  expect((await search()).nodes).toHaveLength(1)
})

test("a draft in other money than the shop's is refused", async () => {
  open = await openShop()
  const dollars = { amount: '10.00', currencyCode: 'USD' }
  const draft = (more: object, shippingLine: object | null = null) =>
    open.ask<{ draftOrder: object | null; userErrors: object[] }>('reship-draft-create', {
      input: { lineItems: [{ title: 'Tea', quantity: 1, ...more }], shippingLine },
    })
  for (const made of [
    await draft({ originalUnitPriceWithCurrency: dollars }),
    await draft({ priceOverride: dollars }),
    await draft({}, { title: 'Courier', priceWithCurrency: dollars }),
  ])
    expect(made).toMatchObject({ draftOrder: null, userErrors: [{}] })
})

test('a draft becomes one order, however often it is completed', async () => {
  open = await openShop()
  const input = {
    lineItems: [{ variantId: TEA, quantity: 2 }],
    purchasingEntity: { customerId: ADA },
    appliedDiscount: { value: 100, valueType: 'PERCENTAGE', title: 'Reship' },
    tags: ['ca-action-2'],
  }
  const { draftOrder } = await open.ask<{ draftOrder: { id: string } }>('reship-draft-create', { input })
  expect(draftOrder).toMatchObject({
    name: '#D1',
    status: 'OPEN',
    ready: true,
    totalPriceSet: { shopMoney: { amount: '0.0' } },
  })
  const first = await open.ask<{ draftOrder: { order: { id: string } } }>('reship-draft-complete', {
    id: draftOrder.id,
  })
  expect(first.draftOrder).toMatchObject({ status: 'COMPLETED', order: { displayFinancialStatus: 'PAID' } })
  const second = await open.ask<Record<string, unknown>>('reship-draft-complete', { id: draftOrder.id })
  expect(second).toMatchObject({
    draftOrder: { order: { id: first.draftOrder.order.id } },
    userErrors: [{ message: 'This order has been paid' }],
  })
  expect(await open.ask('draft-find', { q: 'tag:"ca-action-2"' })).toMatchObject({
    nodes: [{ id: draftOrder.id, order: { id: first.draftOrder.order.id } }],
  })
  expect(stockOfTea()).toMatchObject({ available: 18 })
})

test('a draft copies the lines of an order, and can be thrown away', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { draftOrder } = await open.ask<{ draftOrder: { id: string } }>('reship-draft-from-order', {
    orderId: order.id,
  })
  expect(draftOrder).toMatchObject({ lineItems: { nodes: [{ quantity: 2, variant: { id: TEA } }, { quantity: 1 }] } })
  expect(await open.ask('draft-delete', { input: { id: draftOrder.id } })).toEqual({
    deletedId: draftOrder.id,
    userErrors: [],
  })
  expect(open.shop.tables.drafts.get(draftOrder.id)).toBeUndefined()
})

test('a discount over everything is refused', async () => {
  open = await openShop()
  const input = {
    lineItems: [{ variantId: TEA, quantity: 1 }],
    appliedDiscount: { value: 101, valueType: 'PERCENTAGE' },
  }
  expect(await open.ask('reship-draft-create', { input })).toMatchObject({
    draftOrder: null,
    userErrors: [{ field: ['appliedDiscount', 'value'] }],
  })
})

test('note and tags of an order are overwritten by an update', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, tags: ['vip'] })
  expect(await open.ask('order-update-note', { input: { id: order.id, note: 'Leave at the door' } })).toMatchObject({
    order: { note: 'Leave at the door', tags: ['vip'] },
  })
  expect(await open.ask('order-update-note', { input: { id: order.id, tags: ['a', 'b'] } })).toMatchObject({
    order: { note: 'Leave at the door', tags: ['a', 'b'] },
  })
})

test('an address that is none is refused', async () => {
  open = await openShop()
  expect((await reship({ email: 'not an address' })).userErrors).toMatchObject([
    { field: ['order', 'email'], message: 'Email is invalid' },
  ])
  const { id } = buy(open.shop, usual)
  const update =
    'mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { email } userErrors { message } } }'
  expect(await open.ask(update, { input: { id, email: 'not an address' } })).toMatchObject({
    userErrors: [{ message: 'Email is invalid' }],
  })
  expect(await open.ask(update, { input: { id, email: 'bea@home.example' } })).toMatchObject({
    order: { email: 'bea@home.example' },
    userErrors: [],
  })
})

test("a price in other money than the shop's is refused", async () => {
  open = await openShop()
  const dollars = { shopMoney: { amount: '10.00', currencyCode: 'USD' } }
  const { order, userErrors } = await reship({ lineItems: [{ variantId: TEA, quantity: 1, priceSet: dollars }] })
  expect([order, userErrors]).toMatchObject([null, [{ code: 'INVALID', field: ['order', 'lineItems'] }]])
})
