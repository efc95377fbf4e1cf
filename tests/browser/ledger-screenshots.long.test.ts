import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { openLedger } from './support/ledger-screen.ts'
import { openShop, type Shop } from './support/open-shop.ts'

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))

let shop: Shop
beforeAll(async () => {
  await mkdir(IMAGES, { recursive: true })
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

const image = (name: string) => ({ path: `${IMAGES}${name}.png`, animations: 'disabled' as const })

test("the pictures of the shop's own side are what the ledger shows", async () => {
  const ledger = await openLedger(shop)
  await ledger.page.screenshot(image('ledger-orders'))
  await ledger.open('FF-20352')
  await ledger.page.screenshot(image('ledger-order'))
  await ledger.goTo('Money')
  await ledger.page.screenshot(image('ledger-money'))
  await ledger.page.emulateMedia({ colorScheme: 'dark' })
  await ledger.open('FF-20461')
  await ledger.press('Ship what waits')
  await ledger.page.screenshot(image('ledger-dark'))
  await ledger.goTo('Webhooks')
  await ledger.page.screenshot(image('ledger-webhooks'))
  await ledger.close()

  const phone = await openLedger(shop, 'phone')
  await phone.page.screenshot(image('ledger-phone'))
  await phone.close()
})
