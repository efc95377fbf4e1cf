import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('the customer’s orders stand beside the mail, the one that it names on top', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('Named in the mail')
  const text = await nora.panelText()
  expect(text).toMatch(/FF-20418 · .*Named in the mail · Fern & Fig .*£128\.30 Delivered · as of/)
  expect(text).toMatch(/Given back in 12 months .*1 reship/)
  const picture = nora.panel.locator('img[alt="Olive oil"]').first()
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBeGreaterThan(0)
  await nora.close()
})

test('the recipient of a gift: found by name, linked, opened by the postcode, taken off again', async () => {
  const nora = await shop.mailOf('nora')
  const subject = 'A present that leaks'
  await nora.writeAsCustomer({ name: 'Ruth', email: 'ruth@lantern-yard.example', subject, text: 'The pears leak.' })
  await nora.row(subject).first().waitFor()
  await nora.open(subject)
  await nora.untilPanelShows('No order of this customer is known.')
  await nora.press('Find an order')
  await nora.panel.locator('[data-field=by]').selectOption('name')
  await nora.panel.locator('[data-field=text]').fill('ruth nakagawa')
  await nora.press('Search')
  const found = await nora.panelText()
  expect(found).toContain('FF-20408')
  expect(found).not.toMatch(/Clement|pears/i)
  await nora.press('Link to this ticket')
  expect(await nora.panelText()).toMatch(/Linked by Nora Lindqvist .*is not known to be the buyer/)

  await nora.panel.locator('[data-field=number]').fill('FF-20408')
  await nora.panel.locator('[data-field=postcode]').fill('SN99 1XX')
  await nora.press('Confirm')
  expect(await nora.panelText()).toContain('do not belong together')
  expect(await nora.panel.locator('[data-field=postcode]').inputValue()).toBe('SN99 1XX')
  await nora.panel.locator('[data-field=postcode]').fill('sn99 1rn')
  await nora.press('Confirm')
  expect(await nora.panelText()).toMatch(/Linked by Nora Lindqvist, confirmed .*Paid with/)

  await nora.press('Whole order')
  expect(await nora.panelText()).toContain('2 Lantern Yard')
  await nora.press('Back')
  await nora.press('Unlink')
  expect(await nora.panelText()).toContain('No order of this customer is known.')
  await nora.close()
})
