import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { until } from '../support/until.ts'
import { giveCard } from './support/given-card.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('a supervisor finds a card on a phone, looks at its code, and gives it anew with one press', async () => {
  await giveCard(shop)
  const phone = await openPage(shop)
  await phone.open('/gift-cards', 'june')
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)
  await phone.page
    .getByRole('link', { name: /^ccgc…/ })
    .first()
    .click()
  expect(await phone.text()).toMatch(/State ?issued ?Amount ?£15\.00 ?Left on it ?£15\.00 ?Good until ?2029-12-31/)
  expect(await phone.text()).not.toMatch(/ccgc[2-9a-z]{16}/)
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)
  await phone.page.getByRole('button', { name: 'Show the code' }).click()
  expect(await phone.text()).toMatch(/ccgc[2-9a-z]{16}/)
  await phone.page.getByRole('link', { name: 'Back to the card' }).click()
  await phone.page.getByRole('button', { name: 'Deactivate and reissue' }).click()
  await until('the new card', async () => {
    await phone.page.reload()
    return (await phone.text()).includes('The new card is done.')
  })
  await phone.page.getByRole('link', { name: 'The card that replaces it' }).click()
  expect(await phone.text()).toMatch(/Amount ?£15\.00/)
  await phone.close()
}, 120_000)
