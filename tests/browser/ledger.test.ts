import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { OrderView, TicketOrders } from '../../shared/orders.ts'
import { FERN_AND_FIG, OUTLET } from '../../workbench/scenarios/shop-world/shop-world.ts'
import { until } from '../support/until.ts'
import { openLedger } from './support/ledger-screen.ts'
import { openShop, type Shop } from './support/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

const orderOf = async (subject: string, number: string): Promise<OrderView> => {
  const { shop: orders } = (await shop.ticket(subject)) as { shop: TicketOrders }
  const found = orders.orders.find((order) => order.number === number)
  if (!found) throw new Error(`The ticket "${subject}" shows ${orders.orders.map((one) => one.number).join(', ')}`)
  return found
}

test("the mail page leads to the shop's own side, where orders are found by number, name and tag", async () => {
  const nora = await shop.mailOf('nora')
  expect(await nora.page.getByTitle("The shop's back room").getAttribute('href')).toBe(shop.workbench.ledger)
  await nora.close()
  const ledger = await openLedger(shop)
  expect(await ledger.rows()).toHaveLength(50)
  await ledger.find('whitcombe')
  expect(await ledger.rows()).toHaveLength(6)
  await ledger.find('chargeback')
  expect((await ledger.rows()).join()).toContain('FF-20155')
  await ledger.close()
})

test('what the warehouse ships reaches the card of the mail that asks about it', async () => {
  const subject = 'Add a card to my order?'
  expect((await orderOf(subject, 'FF-20461')).fulfilment).toBe('UNFULFILLED')
  const ledger = await openLedger(shop)
  await ledger.open('FF-20461')
  await ledger.fill({ 'Parcel number': 'PW7740119999GB' })
  expect(await ledger.press('Ship what waits')).toBe('FF-20461-F1 is on its way.')
  expect(await ledger.text()).toContain('Parcelway PW7740119999GB')
  await until(
    'the desk knows of the parcel',
    async () => (await orderOf(subject, 'FF-20461')).fulfilment === 'FULFILLED',
  )
  await ledger.choose('The carrier says', 'Delivered')
  await ledger.press('Report of FF-20461-F1')
  await until(
    'the desk knows that it was delivered',
    async () => (await orderOf(subject, 'FF-20461')).details?.parcels[0]?.deliveredAt != null,
  )
  await ledger.close()
})

test('"Open in Shopify" on a card leads to the page of that order', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Refund for FF-20188')
  await nora.untilPanelShows('FF-20188')
  const opened = nora.page.waitForEvent('popup')
  await nora.sectionOf('FF-20188').getByRole('button', { name: 'Open in Shopify' }).click()
  const page = await opened
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('FF-20188')
  await Promise.all([page.close(), nora.close()])
})

test('cash is collected once, and a second try says why not', async () => {
  const ledger = await openLedger(shop)
  await ledger.open('FF-20416')
  expect(await ledger.press('Collect the money')).toBe('Collected £37.90.')
  expect(await ledger.text()).toContain('Paid')
  expect(await ledger.page.getByRole('button', { name: 'Collect the money' }).count()).toBe(0)
  await ledger.open('FF-20414')
  const other = await openLedger(shop)
  await other.open('FF-20414')
  await other.press('Collect the money')
  expect(await ledger.press('Collect the money')).toContain('FF-20414 waits for no money')
  await Promise.all([ledger.close(), other.close()])
})

test('a refund cannot give back more than came, and the bank settles or fails one that it held', async () => {
  const ledger = await openLedger(shop)
  await ledger.open('FF-20188')
  await ledger.fill({ 'Amount in GBP': '80' })
  expect(await ledger.press('Give money back')).toMatch(/greater than/)
  await ledger.fill({ 'Amount in GBP': '58.00', Note: 'Glasses came back.' })
  expect(await ledger.press('Give money back')).toBe('Gave £58.00 back.')
  expect(await ledger.text()).toContain('Refunded')
  await ledger.open('FF-20352')
  await ledger.press('Send it back to the shop')
  expect(await ledger.text()).toContain('Failure')
  await ledger.close()
})

test('an order that the warehouse holds is let go on the page that shows it, and is shipped', async () => {
  const ledger = await openLedger(shop)
  await ledger.open('FF-20440')
  expect(await ledger.press('Put on hold')).toBe('The warehouse waits with it.')
  expect(await ledger.page.getByRole('button', { name: 'Ship what waits' }).count()).toBe(0)
  expect(await ledger.press('End the hold')).toBe('The warehouse goes on with it.')
  expect(await ledger.press('Ship what waits')).toBe('FF-20440-F1 is on its way.')
  await ledger.close()
})

test('the bank says what it does with refunds from now on', async () => {
  const ledger = await openLedger(shop)
  await ledger.goTo('Money')
  await ledger.choose('Refunds', 'Kept until you say so')
  await ledger.press('Let it be so')
  expect(await ledger.page.getByLabel('Refunds').inputValue()).toBe('when-told')
  await ledger.choose('Refunds', 'Sent at once')
  await ledger.press('Let it be so')
  await ledger.close()
})

test('stock, money, webhooks and the other shop have pages; a frozen shop still shows its own', async () => {
  const ledger = await openLedger(shop)
  await ledger.goTo('Stock')
  expect(await ledger.text()).toContain('olive-oil-tin')
  await ledger.goTo('Money')
  expect(await ledger.text()).toContain('Still to be collected')
  await ledger.goTo('Webhooks')
  expect(await ledger.text()).toContain('orders/updated')
  await ledger.goTo('Go to Fern & Fig Outlet')
  expect((await ledger.rows()).join()).toContain('FO-1021')
  await ledger.goTo('Shop')
  await ledger.press('Freeze the shop')
  await ledger.page.locator('.bar .state', { hasText: 'Frozen' }).waitFor()
  expect(shop.workbench.shopify.shop(OUTLET).state.status).toBe('frozen')
  await ledger.press('Open the shop again')
  expect(shop.workbench.shopify.shop(OUTLET).state.status).toBe('open')
  await ledger.close()
})

test('an order that is deleted is gone for good', async () => {
  const ledger = await openLedger(shop)
  await ledger.open('FF-20447')
  expect(await ledger.press('Delete the order')).toBe('FF-20447 is deleted for good.')
  const { orders } = shop.workbench.shopify.shop(FERN_AND_FIG).tables
  expect(orders.by('name', 'FF-20447')).toEqual([])
  const page = await fetch(`${shop.workbench.ledger}/orders/4000020447`)
  expect(page.status).toBe(404)
  expect(await page.text()).toMatch(/It was deleted.*All orders/)
  await ledger.close()
})

test('each page has one heading, and the edges of its fields can be seen in light and dark', async () => {
  const ledger = await openLedger(shop)
  for (const colorScheme of ['light', 'dark'] as const) {
    await ledger.page.emulateMedia({ colorScheme })
    for (const place of ['Orders', 'Stock', 'Money', 'Webhooks', 'Shop']) {
      await ledger.goTo(place)
      expect(await ledger.page.locator('h1').allInnerTexts()).toEqual([place])
      expect([place, (await ledger.contrastOfEdges()) >= 3]).toEqual([place, true])
    }
  }
  await ledger.close()
})

test('on a phone nothing is wider than the screen', async () => {
  const ledger = await openLedger(shop, 'phone')
  for (const place of ['Orders', 'Stock', 'Money', 'Webhooks', 'Shop']) {
    await ledger.goTo(place)
    const { scrollWidth, clientWidth } = await ledger.page.evaluate(() => document.documentElement)
    expect([place, scrollWidth]).toEqual([place, clientWidth])
  }
  await ledger.close()
})

test('a page of another site cannot play the owner', async () => {
  const answer = await fetch(`${shop.workbench.ledger}/acts/freeze`, {
    method: 'POST',
    headers: { origin: 'http://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.status).toBe(403)
  expect(shop.workbench.shopify.shop(FERN_AND_FIG).state.status).toBe('open')
})
