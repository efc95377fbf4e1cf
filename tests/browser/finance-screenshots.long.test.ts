import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { owePayout } from './support/payout.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

const pictureNamed = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url))

test('pages of finance, as a phone shows them', async () => {
  await owePayout(shop)
  const phone = await openPage(shop)
  await phone.open('/finance', 'anton')
  await phone.page.screenshot({ path: pictureNamed('finance-to-pay'), fullPage: true })
  await phone.page
    .getByRole('link', { name: /^Fern & Fig/ })
    .first()
    .click()
  await phone.page.screenshot({ path: pictureNamed('finance-books'), fullPage: true })
  await phone.close()
}, 180_000)
