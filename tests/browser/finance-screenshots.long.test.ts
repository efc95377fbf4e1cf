import { afterAll, beforeAll, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { owePayout } from './support/payout.ts'
import { PHONE_SCALE, takePage } from './support/pictures.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('pages of finance, as a phone shows them', async () => {
  await owePayout(shop)
  const phone = await openPage(shop, 'light', { scale: PHONE_SCALE })
  await phone.open('/finance', 'anton')
  await takePage(phone.page, 'finance-to-pay')
  await phone.page
    .getByRole('link', { name: /^Fern & Fig/ })
    .first()
    .click()
  await takePage(phone.page, 'finance-books')
  await phone.close()
}, 180_000)
