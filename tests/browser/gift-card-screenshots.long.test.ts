import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { giveCard } from './support/given-card.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

const pictureNamed = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url))

test('pages of gift cards, as a phone shows them', async () => {
  await giveCard(shop)
  const phone = await openPage(shop)
  await phone.open('/gift-cards', 'june')
  await phone.page.screenshot({ path: pictureNamed('gift-cards'), fullPage: true })
  await phone.page
    .getByRole('link', { name: /^ccgc…/ })
    .first()
    .click()
  await phone.page.screenshot({ path: pictureNamed('gift-card'), fullPage: true })
  await phone.open('/gift-card-figures', 'june')
  await phone.page.screenshot({ path: pictureNamed('gift-card-figures'), fullPage: true })
  await phone.close()
}, 180_000)
