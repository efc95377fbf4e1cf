import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { APP, FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
})
afterAll(() => desk.stop())

const basket = (lines: number) => ({
  lines: Array.from({ length: lines }, (_, at) => ({ title: `Tea ${at}`, price: 100 })),
})

/** Ticks the seconds of a worker that comes again when it is told to. */
async function seconds(count: number): Promise<void> {
  for (let second = 0; second < count; second++) {
    await desk.travel('1 s')
    await desk.settle()
  }
}

test('orders that take several calls each are read, though the rate limit was used up when they were told of', async () => {
  desk.shopify.settings.setBucket(2_000, 100)
  desk.shopify.settings.drain(FERN, APP.clientId)
  const orders = Array.from({ length: 10 }, () => desk.fern.buy(basket(120)))
  await seconds(90)
  const wanted = orders.map(({ id }) => shopifyIdOf(id))
  const here = await desk.read((tx) =>
    tx.shopOrder.count({ where: { workspaceId: desk.workspaceId, shopifyId: { in: wanted } } }),
  )
  expect(here).toBe(10)
})
