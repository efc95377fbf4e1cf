import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { fetchWished } from '../../backend/features/orders/fetching.ts'
import { shopifyIdOf, wishFor } from '../../backend/features/orders/index.ts'
import { giveBack, leaseWishes, settleLeases } from '../../backend/features/orders/leasing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { until } from '../support/until.ts'

let desk: ShopDesk
let shopId: string
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  shopId = desk.shopId(FERN)
})
afterEach(() => desk.shopify.faults.clear())
afterAll(() => desk.stop())

const whereOf = ({ id }: { id: string }) => ({ workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) })
const isHere = async (order: { id: string }) =>
  (await desk.read((tx) => tx.shopOrder.count({ where: whereOf(order) }))) === 1
const wish = (order: { id: string }) => desk.read((tx) => tx.orderWish.findFirst({ where: whereOf(order) }))

/** Nobody is told of what happens in here. */
function untold<T>(happening: () => T): T {
  const { webhooks } = desk.shopify
  const before = webhooks.counts().lost
  webhooks.lose(1_000)
  const result = happening()
  webhooks.lose(webhooks.counts().lost - before - 1_000)
  return result
}

const minutes = async (count: number) => {
  for (let minute = 0; minute < count; minute++) {
    await desk.travel('1 min')
    await desk.tick()
  }
}

test('a second webhook that holds the wish while the first wakes a reader loses nothing', async () => {
  const order = untold(() => desk.fern.buy())
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    wishFor(tx, shopId, [{ shopifyId: shopifyIdOf(order.id), changedAt: null }]),
  )
  let reading: Promise<boolean> | undefined
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.$executeRaw`update desk.order_wish set changed_at = ${tx.now} where workspace_id = ${desk.workspaceId}::uuid`
    reading = fetchWished(desk.ctx, desk.workspaceId, shopId).then(() => true)
    const waits = () => tx.$queryRaw<unknown[]>`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await until('the reader', async () => (await waits()).length > 0, { everyMs: 10, seconds: 25 })
  })
  await reading
  expect(await isHere(order)).toBe(true)
})

test('a reader takes no more wishes than it asks for, whatever PostgreSQL believes of the table', async () => {
  const { ctx, workspaceId, database } = desk
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('analyze desk.order_wish')
  await owner.end()
  const wanted = Array.from({ length: 300 }, (_, index) => ({ shopifyId: BigInt(index + 1), changedAt: null }))
  await inWorkspace(ctx, workspaceId, (tx) => wishFor(tx, shopId, wanted))
  expect(await leaseWishes(ctx, workspaceId, shopId, 5)).toHaveLength(5)
  await inWorkspace(ctx, workspaceId, (tx) => tx.orderWish.deleteMany({ where: { workspaceId } }))
  await desk.settle()
})

test('those who wish for many orders at the same time, and who settles them, never wait for each other', async () => {
  const { ctx, workspaceId } = desk
  const every = (step: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ shopifyId: BigInt(1 + index * step), changedAt: null }))
  const wishing = (step: number, count: number) =>
    inWorkspace(ctx, workspaceId, (tx) => wishFor(tx, shopId, every(step, count)))
  for (let round = 0; round < 6; round++) {
    await Promise.all([wishing(1, 2_000), wishing(6, 330), wishing(50, 40), wishing(2, 1_000)])
    const leases = await leaseWishes(ctx, workspaceId, shopId, 300)
    const settling = inWorkspace(ctx, workspaceId, (tx) => giveBack(tx, shopId, leases, tx.now))
    await Promise.all([settling, wishing(1, 2_000)])
  }
  await inWorkspace(ctx, workspaceId, (tx) => tx.orderWish.deleteMany({ where: { workspaceId } }))
  await desk.settle()
})

test('two readers never hold the same wish', async () => {
  const { ctx, workspaceId } = desk
  const wanted = Array.from({ length: 20 }, (_, index) => ({ shopifyId: BigInt(index + 1), changedAt: null }))
  await inWorkspace(ctx, workspaceId, (tx) => wishFor(tx, shopId, wanted))
  const held = (await Promise.all([1, 2, 3, 4].map(() => leaseWishes(ctx, workspaceId, shopId, 5)))).flat()
  expect(held.length).toBeGreaterThan(4)
  expect(new Set(held.map(({ shopifyId }) => shopifyId)).size).toBe(held.length)
  await inWorkspace(ctx, workspaceId, (tx) => tx.orderWish.deleteMany({ where: { workspaceId } }))
  await desk.settle()
})

test('an order that is told of once more while it is read is read once more', async () => {
  const { ctx, workspaceId } = desk
  const order = desk.fern.buy()
  await desk.settle()
  const wanted = [{ shopifyId: shopifyIdOf(order.id), changedAt: null }]
  const tell = () => inWorkspace(ctx, workspaceId, (tx) => wishFor(tx, shopId, wanted))
  await tell()
  const first = await leaseWishes(ctx, workspaceId, shopId, 5)
  await tell()
  await inWorkspace(ctx, workspaceId, (tx) => settleLeases(tx, shopId, first))
  const second = await leaseWishes(ctx, workspaceId, shopId, 5)
  expect(second).toMatchObject([{ shopifyId: shopifyIdOf(order.id) }])
  await inWorkspace(ctx, workspaceId, (tx) => settleLeases(tx, shopId, second))
  expect(await wish(order)).toBeNull()
  await desk.settle()
})

test('a reader that was killed leaves its orders to the next one', async () => {
  const order = untold(() => desk.fern.buy())
  const wanted = [{ shopifyId: shopifyIdOf(order.id), changedAt: null }]
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => wishFor(tx, shopId, wanted))
  expect(await leaseWishes(desk.ctx, desk.workspaceId, shopId, 5)).toHaveLength(1)
  expect(await leaseWishes(desk.ctx, desk.workspaceId, shopId, 5)).toEqual([])
  await desk.travel('121 s')
  await desk.tick()
  expect(await isHere(order)).toBe(true)
})

test('an order for which Shopify itself fails holds up none beside it', async () => {
  desk.shopify.faults.add({ operation: 'OrderLines', kind: 'internal-error', times: 1_000 })
  const lines = Array.from({ length: 9 }, (_, index) => ({ title: `Tea ${index}`, price: 100 }))
  desk.shopify.webhooks.hold()
  const orders = [desk.fern.buy(), desk.fern.buy(), desk.fern.buy(), desk.fern.buy({ lines }), desk.fern.buy()]
  desk.shopify.webhooks.release()
  await desk.settle()
  await minutes(5)
  expect(await Promise.all(orders.map(isHere))).toEqual([true, true, true, false, true])
  expect(await wish(orders[3] ?? { id: '/0' })).toMatchObject({ problem: expect.stringMatching(/Shopify failed/) })
})

test('when Shopify fails once, the order comes seconds later, not with the next minute', async () => {
  desk.shopify.faults.add({ operation: 'OrdersById', kind: '503', times: 1 })
  const order = desk.fern.buy()
  await desk.settle()
  expect(await isHere(order)).toBe(false)
  await desk.travel('11 s')
  await desk.settle()
  expect(await isHere(order)).toBe(true)
})

test('five orders of 400 lines fit together into what the rate limit leaves to our own work', async () => {
  const lines = Array.from({ length: 400 }, (_, index) => ({ title: `Tea ${index}`, price: 100 }))
  const orders = untold(() => [1, 2, 3, 4, 5].map(() => desk.fern.buy({ lines })))
  desk.shopify.settings.setBucket(2_000, 100)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    wishFor(
      tx,
      shopId,
      orders.map(({ id }) => ({ shopifyId: shopifyIdOf(id), changedAt: null })),
    ),
  )
  await desk.settle()
  await minutes(5)
  desk.shopify.settings.setBucket(null)
  expect(await Promise.all(orders.map(isHere))).toEqual([true, true, true, true, true])
})

test('an order that the desk cannot read is not taken for deleted, and says what is wrong with it', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const [line] = order.lines
  const half = { minor: 100.5, currency: 'GBP' }
  if (line) desk.fern.change(order.id, { lines: [{ ...line, tax: { shop: half, presentment: half } }] })
  await desk.settle()
  const { deletedAt } = await desk.read((tx) => tx.shopOrder.findFirstOrThrow({ where: whereOf(order) }))
  expect(deletedAt).toBeNull()
  expect(await wish(order)).toMatchObject({ problem: expect.stringMatching(/Shopify has changed/) })
})
