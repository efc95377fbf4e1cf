import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { until } from '../support/until.ts'
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

/** Customers of the demo's shop by how they paid, and the words that their card shows. */
const PAID = [
  {
    picture: 'order-cod-open',
    name: 'Desmond Achebe',
    email: 'desmond.achebe@millbrook.example',
    number: 'FF-20458',
    words: 'Cash on delivery, not collected yet',
  },
  {
    picture: 'order-cod-collected',
    name: 'Desmond Achebe',
    email: 'desmond.achebe@millbrook.example',
    number: 'FF-20366',
    words: 'Cash on delivery, collected',
  },
  {
    picture: 'order-prepaid',
    name: 'Mateusz Zieliński',
    email: 'mateusz.zielinski@hopyard.example',
    number: 'FF-20430',
    words: 'Paid with',
  },
  {
    picture: 'order-gift-card',
    name: 'Hana Kobayashi',
    email: 'hana.kobayashi@papermoon.example',
    number: 'FF-20399',
    words: 'Paid with a gift card',
  },
  {
    picture: 'order-mixed',
    name: 'Ivo Petrović',
    email: 'ivo.petrovic@lindenlane.example',
    number: 'FF-20405',
    words: 'Gift card \\+ PayPal',
  },
  {
    picture: 'order-store-credit',
    name: 'Elsie Farrow',
    email: 'elsie.farrow@oldmill.example',
    number: 'FF-20393',
    words: 'Paid with store credit',
  },
  {
    picture: 'order-abroad',
    name: 'Björn Sandell',
    email: 'bjorn.sandell@skarpost.example',
    number: 'FF-20352',
    words: 'Paid with Klarna',
  },
] as const

test('the pictures of the README are what the workbench shows', async () => {
  const giftCards = async () => {
    const { compensation } = (await shop.ticket('Olive oil all over my parcel')).shop
    return (compensation ?? []).some(({ giftCardCount }) => giftCardCount > 0)
  }
  await until('the first sweep of gift cards', giftCards, { seconds: 90 })
  const nora = await shop.mailOf('nora')
  await nora.page.setViewportSize({ width: 1040, height: 640 })
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('FF-20418')
  await nora.scrollPanelTo('Orders')
  await nora.page.mouse.move(0, 0)
  await nora.page.screenshot(image('order-beside-the-mail'))
  await nora.close()

  const ledger = await openLedger(shop)
  await ledger.open('FF-20291')
  await ledger.page.screenshot(image('ledger'))
  await ledger.close()
})

test('the pictures of orders in the documentation are what the workbench shows', async () => {
  const nora = await shop.mailOf('nora')
  await nora.page.setViewportSize({ width: 1180, height: 1400 })
  for (const { picture, name, email, number, words } of PAID) {
    const subject = `Question about ${number}`
    await nora.writeAsCustomer({ name, email, subject, text: `Hello, this is about ${number}.` })
    await nora.row(subject).first().waitFor()
    await nora.open(subject)
    await nora.untilPanelShows(new RegExp(`${number} · \\d+ \\w+ Named in the mail · Fern & Fig ${words}`))
    await nora.sectionOf(number).screenshot(image(picture))
  }

  const subject = 'A present that leaks'
  await nora.writeAsCustomer({
    name: 'Ruth Nakagawa',
    email: 'ruth@lantern-yard.example',
    subject,
    text: 'Order FF-20408 leaks.',
  })
  await nora.row(subject).first().waitFor()
  await nora.open(subject)
  await nora.untilPanelShows('is not known to be the buyer')
  await nora.sectionOf('FF-20408').screenshot(image('order-locked'))
  await nora.page.setViewportSize({ width: 1180, height: 620 })
  await nora.press('Find an order')
  await nora.panel.locator('[data-field=by]').selectOption('name')
  await nora.panel.locator('[data-field=text]').fill('Nakagawa')
  await nora.press('Search')
  await nora.untilPanelShows('FF-20408')
  await nora.panel.screenshot(image('order-search'))
  await nora.close()
}, 300_000)
