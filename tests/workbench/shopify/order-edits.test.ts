import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { type OpenShop, openShop, POT, usual } from './shop-with-goods.ts'

interface Begun {
  calculatedOrder: {
    id: string
    lineItems: { nodes: { id: string; quantity: number; editableQuantity: number }[] }
  } | null
  orderEditSession: { id: string } | null
  userErrors: { message: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

const begin = (id: string) => open.ask<Begun>('order-edit-begin', { id })
const firstLine = ({ calculatedOrder }: Begun) => calculatedOrder?.lineItems.nodes[0]
const set = (begun: Begun, quantity: number) =>
  open.ask<{ userErrors: { message: string }[] }>('order-edit-set-quantity', {
    id: begun.calculatedOrder?.id,
    lineItemId: firstLine(begun)?.id,
    quantity,
    restock: true,
  })
const commit = (id: string | undefined) =>
  open.ask<Record<string, unknown>>('order-edit-commit', { id, notifyCustomer: false })

test('an edit takes units out of a paid order and leaves the money owed to the customer', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const begun = await begin(order.id)
  expect(await set(begun, 0)).toMatchObject({
    calculatedLineItem: { quantity: 0, restocking: true },
    calculatedOrder: { totalOutstandingSet: { presentmentMoney: { amount: '-25.0' } } },
  })
  expect(await commit(begun.orderEditSession?.id)).toMatchObject({
    order: { edited: true, totalOutstandingSet: { presentmentMoney: { amount: '-25.0' } } },
    userErrors: [],
  })
  const lines = await open.ask<{ lineItems: unknown }>(
    'query L($id: ID!) { order(id: $id) { lineItems(first: 5) { nodes { quantity currentQuantity } } } }',
    { id: order.id },
  )
  expect(lines.lineItems).toEqual({
    nodes: [
      { quantity: 2, currentQuantity: 0 },
      { quantity: 1, currentQuantity: 1 },
    ],
  })
  const [level] = open.shop.tables.levels.by('inventoryItemId', 'gid://shopify/InventoryItem/31')
  expect(level).toMatchObject({ available: 20, committed: 0 })
})

test('an edit is committed once, and a cancelled order takes none', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { calculatedOrder } = await begin(order.id)
  await commit(calculatedOrder?.id)
  expect(await commit(calculatedOrder?.id)).toMatchObject({
    order: null,
    userErrors: [{ message: 'The calculated order does not exist.' }],
  })
  await open.run('order-cancel', { orderId: order.id, reason: 'OTHER', restock: true })
  open.clock.travel(2000)
  expect((await begin(order.id)).userErrors[0]?.message).toBe('The order cannot be edited.')
})

test('what was sent cannot be edited away', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const line = order.lines[0]?.id ?? ''
  ship(open.shop, order.id, { lines: [{ lineId: line, quantity: 1 }] })
  const begun = await begin(order.id)
  expect(firstLine(begun)).toMatchObject({ quantity: 2, editableQuantity: 1 })
  expect((await set(begun, 0)).userErrors).toHaveLength(1)
  expect((await set(begun, 1)).userErrors).toEqual([])
})

test('a variant that is in the order already is added once more only when that is said', async () => {
  open = await openShop()
  const begun = await begin(buy(open.shop, usual).id)
  const add = (more: string) =>
    open.ask<{ userErrors: { field: string[] }[] }>(
      `mutation A($id: ID!) { orderEditAddVariant(id: $id, variantId: "${POT}", ${more}) { userErrors { field message } } }`,
      { id: begun.calculatedOrder?.id },
    )
  expect((await add('quantity: 1')).userErrors).toMatchObject([{ field: ['variantId'] }])
  expect((await add('quantity: 0, allowDuplicates: true')).userErrors).toMatchObject([{ field: ['quantity'] }])
  expect((await add('quantity: 1, allowDuplicates: true')).userErrors).toEqual([])
})

test('a variant that an edit adds is charged and waits to be sent', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const begun = await begin(order.id)
  await open.ask(
    'mutation A($id: ID!, $variant: ID!) { orderEditAddVariant(id: $id, variantId: $variant, quantity: 1, allowDuplicates: true) { userErrors { message } } }',
    {
      id: begun.calculatedOrder?.id,
      variant: POT,
    },
  )
  expect(await commit(begun.calculatedOrder?.id)).toMatchObject({
    order: { totalOutstandingSet: { presentmentMoney: { amount: '40.0' } } },
  })
  expect(ship(open.shop, order.id).lines).toHaveLength(3)
})
