import { expect, test } from '@jest/globals'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { FERN, startShopDesk } from '../support/shop.ts'

test.each([
  ['ahead', 3_600_000],
  ['behind', -3_600_000],
])("nothing is lost when Shopify's clock is an hour %s", async (_where, skew) => {
  const desk = await startShopDesk({ connect: [] })
  try {
    desk.shopify.settings.setSkew(skew)
    await desk.connect(FERN)
    const isHere = async ({ id }: { id: string }) =>
      (await desk.read((tx) =>
        tx.shopOrder.count({ where: { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) } }),
      )) === 1

    const told = desk.fern.buy()
    await desk.settle()
    expect(await isHere(told)).toBe(true)

    desk.shopify.webhooks.lose(1_000)
    const first = desk.fern.buy()
    await desk.travel('5 min')
    await desk.tick()
    expect(await isHere(first)).toBe(true)

    await desk.travel('2 h')
    const second = desk.fern.buy()
    await desk.travel('5 min')
    await desk.tick()
    expect(await isHere(second)).toBe(true)
  } finally {
    await desk.stop()
  }
})
