import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { OPERATIONS } from '../../backend/clients/shopify/operations/all.ts'
import { optionsOf } from '../../backend/features/combined-actions/planning/options.ts'
import { goodsOfProduct, readForAction, standingNow } from '../../backend/features/combined-actions/planning/reading.ts'
import { difference } from '../../backend/features/combined-actions/standing.ts'
import { ordersOf, plannerOf } from '../support/action-orders.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let planner: ReturnType<typeof plannerOf>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  planner = plannerOf(desk)
})
afterEach(() => desk.shopify.faults.clear())
afterAll(() => desk.stop())

test('an order is read as it is now, not as the desk knew it', async () => {
  const order = shop.buy()
  expect((await planner.read(order)).stage).toBe('unsent')
  const orderId = await planner.idOf(order)
  shop.delivered(order)
  const live = await readForAction(desk.ctx, desk.workspaceId, orderId)
  expect(live).toMatchObject({ stage: 'delivered', name: order.name, customer: { name: 'Ada Moss' } })
  expect(live.lines.map(({ title, ordered, unsent }) => [title, ordered, unsent])).toEqual([
    ['Green tea', 2, 0],
    ['Mug', 1, 0],
  ])
  expect(JSON.parse(JSON.stringify(live))).toEqual(live)
})

test('when the shop’s rate limit is used up for a moment, a form waits instead of failing', async () => {
  const { orderId } = await planner.read(shop.buy())
  desk.shopify.faults.add({ operation: 'ToSend', kind: 'throttle' })
  desk.shopify.faults.add({ operation: 'Variants', kind: 'throttle' })
  await expect(readForAction(desk.ctx, desk.workspaceId, orderId)).resolves.toMatchObject({ stage: 'unsent' })
})

test('while Shopify is away the words say so, and nothing is half known', async () => {
  const live = await planner.read(shop.buy())
  desk.shopify.faults.add({ operation: 'SuggestedRefund', kind: '503' })
  const asked = readForAction(desk.ctx, desk.workspaceId, live.orderId)
  await expect(asked).rejects.toMatchObject({ code: 'shopify_unavailable' })
})

test('whether an order moved is one small question', async () => {
  const order = shop.buy()
  const live = await planner.read(order)
  const before = desk.shopify.faults.met().length
  expect(difference(live.standing, await standingNow(desk.ctx, desk.workspaceId, live), 'GBP')).toBeNull()
  expect(desk.shopify.faults.met().length - before).toBe(1)
  desk.fern.refund(order.id, 400)
  expect(difference(live.standing, await standingNow(desk.ctx, desk.workspaceId, live), 'GBP')).toBe(
    'Somebody refunded £4.00 in Shopify.',
  )
})

test('reading an order for a form leaves most of what a shop may be asked at once', async () => {
  const live = await planner.read(shop.buy())
  const before = desk.shopify.faults.met().length
  await readForAction(desk.ctx, desk.workspaceId, live.orderId)
  const met = desk.shopify.faults.met().slice(before)
  const points = OPERATIONS.filter(({ name }) => met.some(({ names }) => names.includes(name))).map(({ cost }) => cost)
  expect(met).toHaveLength(7)
  expect(points.reduce((sum, cost) => sum + cost, 0)).toBeLessThan(450)
})

test('what could be sent instead comes with its stock and price', async () => {
  const goods = await goodsOfProduct(desk.ctx, desk.workspaceId, desk.shopId(FERN), shop.mug.productId)
  expect(goods).toMatchObject([
    { title: 'Mug', price: { minor: 800, currency: 'GBP' }, available: null, forSale: true },
  ])
})

test('ways of sending come from the shop, and a form does without them when it does not say', async () => {
  const order = shop.buy()
  const { reship } = optionsOf(await planner.read(order))
  expect(reship.method).toBe('Standard')
  expect(reship.methods).toEqual([
    { title: 'Standard', price: { minor: 500, currency: 'GBP' } },
    { title: 'Express', price: { minor: 1_200, currency: 'GBP' } },
  ])
  const narrow = await startShopDesk({ without: ['read_draft_orders'], connect: [FERN] })
  const { methods } = await plannerOf(narrow).read(ordersOf(narrow.fern).buy())
  expect(methods).toEqual([])
  await narrow.stop()
})

test('a shop that has not allowed gift cards can do all the rest', async () => {
  const narrow = await startShopDesk({ without: ['write_gift_cards'], connect: [FERN] })
  const order = ordersOf(narrow.fern).buy()
  const live = await plannerOf(narrow).read(order)
  const can = optionsOf(live)
  expect(can.giftCard.why).toBe(
    'Sidedesk may not issue gift cards in Fern & Fig. An admin connects the shop again and allows it.',
  )
  expect([can.cancel.why, can.refund.why, can.reship.why]).toEqual([null, null, null])
  await narrow.stop()
})
