import { afterAll, beforeAll, test } from '@jest/globals'
import { tryMixtures } from '../support/action-mixtures.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

test('whatever can be planned Shopify does as it was planned, to the penny; the rest is refused with words', async () => {
  await tryMixtures(desk, 3)
})
