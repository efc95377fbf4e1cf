import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { openSummary, shopifyIdOf } from '../../backend/features/orders/index.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
})
afterEach(async () => {
  const { faults, settings } = desk.shopify
  faults.clear()
  settings.setIndexLag(FERN, 0)
  settings.vanish()
})
afterAll(() => desk.stop())

const whereOf = ({ id }: { id: string }) => ({ workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) })
const cached = (order: { id: string }) => desk.read((tx) => tx.shopOrder.findFirst({ where: whereOf(order) }))
const wish = (order: { id: string }) => desk.read((tx) => tx.orderWish.findFirst({ where: whereOf(order) }))
const shopRow = () => desk.read((tx) => tx.shop.findFirstOrThrow({ where: { workspaceId: desk.workspaceId } }))
const feed = () => desk.read((tx) => tx.shopFeed.findFirstOrThrow({ where: { workspaceId: desk.workspaceId } }))

const countOfOrders = () => desk.read((tx) => tx.shopOrder.count({ where: { workspaceId: desk.workspaceId } }))

const tagsOf = async (order: { id: string }) => {
  const row = await cached(order)
  if (!row) return null
  return desk.read(async (tx) => openSummary(await desk.ctx.keyring.box(tx), row.id, row.summary).tags)
}

/** No webhook tells of what happens in here. */
function untold<T>(happening: () => T): T {
  const { webhooks } = desk.shopify
  const before = webhooks.counts().lost
  webhooks.lose(1_000)
  const result = happening()
  webhooks.lose(webhooks.counts().lost - before - 1_000)
  return result
}

/** Five minutes are the sweep's period. */
const nextSweep = async () => {
  await desk.travel('5 min')
  await desk.tick()
}

test('what webhooks lost is here after one period of the sweep', async () => {
  const orders = untold(() => [desk.fern.buy(), desk.fern.buy()])
  await desk.settle()
  expect(await cached(orders[0] ?? { id: '/0' })).toBeNull()
  await nextSweep()
  for (const order of orders) expect(await cached(order)).not.toBeNull()
})

test('sweeps follow each other within the period, whenever the minute strikes', async () => {
  await nextSweep()
  await desk.travel('3 s')
  const swept: number[] = []
  for (let minute = 0; minute < 16; minute++) {
    await desk.travel(minute % 2 === 0 ? '57 s' : '63 s')
    await desk.tick()
    swept.push((await feed()).sweptAt?.getTime() ?? 0)
  }
  const gaps = swept.slice(1).map((at, index) => at - (swept[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(5 * 60_000 - 20_000)
  expect(gaps.filter((gap) => gap > 0).length).toBeLessThan(6) // and not at every minute
})

test('a change that webhooks lost is here after one period of the sweep', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  await desk.travel('1 h')
  untold(() => desk.fern.change(order.id, { tags: ['lost'] }))
  await nextSweep()
  expect(await tagsOf(order)).toEqual(['lost'])
})

test('a sweep reads nothing that is here already', async () => {
  desk.fern.buy()
  await desk.settle()
  await nextSweep()
  const before = desk.shopify.faults.met('OrdersById').length
  await nextSweep()
  await nextSweep()
  expect(desk.shopify.faults.met('OrdersById')).toHaveLength(before)
})

test('what the search index shows late is caught by a later sweep', async () => {
  desk.shopify.settings.setIndexLag(FERN, 120)
  const early = untold(() => desk.fern.buy())
  await desk.travel('100 s')
  const late = untold(() => desk.fern.buy())
  await desk.travel('30 s')
  await desk.tick()
  await nextSweep()
  await nextSweep()
  expect(await cached(early)).not.toBeNull()
  expect(await cached(late)).not.toBeNull()
})

test('many changes are swept page by page, and a sweep that was cut off goes on', async () => {
  const before = await countOfOrders()
  const orders = untold(() => Array.from({ length: 230 }, () => desk.fern.buy()))
  await desk.travel('5 min')
  desk.shopify.faults.add({ operation: 'OrdersChangedSince', kind: 'partial', times: 1 })
  await desk.tick()
  await desk.travel('2 h')
  await nextSweep()
  expect(await countOfOrders()).toBe(before + orders.length)
  expect((await feed()).sweepPage).toBeNull()
})

test('throttling for minutes puts reading off and loses nothing', async () => {
  desk.shopify.faults.add({ operation: 'OrdersById', kind: 'throttle', times: 5 })
  const order = desk.fern.buy()
  await desk.settle()
  expect(await wish(order)).toMatchObject({ attempts: 0 })
  for (let minute = 0; minute < 5; minute++) {
    await desk.travel('1 min')
    await desk.tick()
  }
  expect(await cached(order)).not.toBeNull()
  expect(await wish(order)).toBeNull()
})

test('while Shopify is away orders wait, with the reason, and come when it is back', async () => {
  desk.shopify.faults.add({ operation: 'OrdersById', kind: '503', times: 3 })
  const order = desk.fern.buy()
  await desk.settle()
  expect(await wish(order)).toMatchObject({ attempts: 1, problem: expect.stringMatching(/Shopify/) })
  for (let minute = 0; minute < 5; minute++) {
    await desk.travel('1 min')
    await desk.tick()
  }
  expect(await cached(order)).not.toBeNull()
  expect(await wish(order)).toBeNull()
})

test('a field that vanished names itself, and stops only what needs it', async () => {
  desk.shopify.settings.vanish('Order.tags')
  const order = desk.fern.buy()
  await desk.settle()
  expect(await wish(order)).toMatchObject({ problem: expect.stringMatching(/tags/) })
  desk.shopify.settings.vanish()
  await desk.travel('1 min')
  await desk.tick()
  expect(await cached(order)).not.toBeNull()
})

test('an order that cannot be read holds up none beside it', async () => {
  desk.shopify.webhooks.hold()
  const [bad, good] = [desk.fern.buy(), desk.fern.buy()]
  desk.fern.change(bad.id, { note: { no: 'text' } as never })
  desk.shopify.webhooks.release()
  await desk.settle()
  expect(await cached(good)).not.toBeNull()
  expect(await wish(bad)).toMatchObject({ problem: expect.stringMatching(/./) })
})

test('a revoked token is said once; what was wished for comes when the shop is connected again', async () => {
  desk.shopify.apps.revokeTokens(FERN, 'desk-app')
  desk.shopify.faults.add({ operation: 'oauth.token', kind: 'token-revoked', times: 1_000 })
  const order = desk.fern.buy()
  await desk.settle()
  expect((await shopRow()).state).not.toBe('connected')
  expect((await shopRow()).problem).toMatch(/shop connect/)
  expect(await wish(order)).not.toBeNull()
  desk.shopify.faults.clear()
  await desk.connect(FERN)
  expect(await cached(order)).not.toBeNull()
})

test('a frozen shop keeps what it showed and reads on when it is open again', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  desk.shopify.settings.setStatus(FERN, 'frozen')
  desk.fern.change(order.id, { tags: ['frozen'] })
  await desk.settle()
  expect((await shopRow()).state).toBe('frozen')
  expect(await tagsOf(order)).toEqual([])
  desk.shopify.settings.setStatus(FERN, 'open')
  await desk.connect(FERN)
  expect(await tagsOf(order)).toEqual(['frozen'])
})
