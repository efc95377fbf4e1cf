import { afterAll, beforeAll, test } from '@jest/globals'
import { giveCard } from './support/given-card.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { PHONE_SCALE, takePage } from './support/pictures.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('pages of gift cards, as a phone shows them', async () => {
  await giveCard(shop)
  const phone = await openPage(shop, 'light', { scale: PHONE_SCALE })
  await phone.open('/gift-cards', 'june')
  await takePage(phone.page, 'gift-cards')
  await phone.page
    .getByRole('link', { name: /^ccgc…/ })
    .first()
    .click()
  await takePage(phone.page, 'gift-card')
  await phone.open('/gift-card-figures', 'june')
  await takePage(phone.page, 'gift-card-figures')
  await phone.close()
}, 180_000)
