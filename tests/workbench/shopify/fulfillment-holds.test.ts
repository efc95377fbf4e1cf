import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Held {
  fulfillmentHold: { id: string } | null
  fulfillmentOrder: { status: string } | null
  userErrors: { code: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

const hold = (id: string, handle: string, more: Record<string, unknown> = {}) =>
  open.ask<Held>('fulfillment-hold', { id, hold: { reason: 'OTHER', reasonNotes: 'Wait', handle, ...more } })

const bought = () => {
  const order = buy(open.shop, usual)
  const [list] = open.shop.tables.fulfillmentOrders.by('orderId', order.id)
  if (!list) throw new Error('nothing to send')
  return { order, list }
}

test('a held list is not sent until the hold is released', async () => {
  open = await openShop()
  const { order, list } = bought()
  const { fulfillmentHold } = await hold(list.id, 'action-1')
  expect(fulfillmentHold).toMatchObject({ handle: 'action-1', heldByRequestingApp: true })
  expect(() => ship(open.shop, order.id)).toThrow('nothing that waits')
  expect(await open.ask('fulfillment-release-hold', { id: list.id, holdIds: [fulfillmentHold?.id] })).toMatchObject({
    fulfillmentOrder: { status: 'OPEN' },
    userErrors: [],
  })
  expect(ship(open.shop, order.id).lines).toHaveLength(2)
})

test('a handle is used once, and an app holds a list ten times at most', async () => {
  open = await openShop()
  const { list } = bought()
  await hold(list.id, 'action-0')
  expect((await hold(list.id, 'action-0')).userErrors[0]?.code).toBe('DUPLICATE_FULFILLMENT_HOLD_HANDLE')
  for (let n = 1; n < 10; n++) expect((await hold(list.id, `action-${n}`)).userErrors).toEqual([])
  expect((await hold(list.id, 'action-10')).userErrors[0]?.code).toBe('FULFILLMENT_ORDER_HOLD_LIMIT_REACHED')
})

test('a handle has 64 characters at the most', async () => {
  open = await openShop()
  const { list } = bought()
  const long = await hold(list.id, 'h'.repeat(65))
  expect([long.fulfillmentHold, long.userErrors]).toEqual([null, [expect.anything()]])
  expect((await hold(list.id, 'h'.repeat(64))).userErrors).toEqual([])
})

test('holding some units splits the list', async () => {
  open = await openShop()
  const { order, list } = bought()
  const some = { fulfillmentOrderLineItems: [{ id: list.lines[0]?.id, quantity: 1 }] }
  expect(await hold(list.id, 'some', some)).toMatchObject({
    fulfillmentOrder: { status: 'ON_HOLD' },
    remainingFulfillmentOrder: { status: 'OPEN' },
  })
  expect(ship(open.shop, order.id).lines.map(({ quantity }) => quantity)).toEqual([1, 1])
})
