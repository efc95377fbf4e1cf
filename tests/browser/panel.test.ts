import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

test("the homepage lists the agent's own work, and an entry opens its ticket", async () => {
  const sam = await shop.mailOf('sam')
  await sam.untilPanelShows('Mine (4)')
  expect(await sam.panelText()).toContain('Stockist enquiry')
  await sam.panel.locator('[data-act=click]', { hasText: 'Stockist enquiry' }).first().click()
  await sam.panel.locator('.sd-title', { hasText: 'On hold' }).waitFor()
  await sam.close()
})

test('an agent takes a ticket and leaves a note; the other agent sees both after opening the mail', async () => {
  const nora = await shop.mailOf('nora')
  const number = await nora.open('Wrong hamper')
  await nora.press('Take')
  expect(await nora.panelText()).toContain('Nora Lindqvist (you)')
  await nora.panel.locator('[data-field=note]').fill('Vegetarian hampers are packed beside the salami ones.')
  await nora.press('Add note')
  expect(await nora.panelText()).toContain('packed beside the salami ones')
  const sam = await shop.mailOf('sam')
  expect(await sam.open('Wrong hamper')).toBe(number)
  expect(await sam.panelText()).toMatch(/Assignee Nora Lindqvist .*packed beside the salami ones/)
  await Promise.all([nora.close(), sam.close()])
})

test('an empty note is kept back in the panel and never reaches the desk', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Stockist enquiry')
  await nora.panel.getByRole('button', { name: 'Add note', exact: true }).click()
  await nora.panel.locator('.sd-problem', { hasText: 'This field is required' }).waitFor()
  await nora.close()
})

test('on a phone the mail fills the screen, and the panel comes up from below without a homepage', async () => {
  const sam = await shop.mailOf('sam', 'phone')
  expect(await sam.page.locator('.list').isVisible()).toBe(true)
  expect(await sam.panel.isVisible()).toBe(false)
  await sam.row('Do the flowers come with the vase?').click()
  await sam.page.locator('.conversation h1', { hasText: 'vase' }).waitFor()
  expect(await sam.page.locator('.list').isVisible()).toBe(false)
  await sam.page.locator('[data-do=sheet]').click()
  await sam.panel.locator('.sd-title', { hasText: 'TKT-' }).waitFor()
  expect((await sam.panel.boundingBox())?.width).toBeLessThanOrEqual(412)
  await sam.page.locator('[data-do=sheet]').click()
  await sam.page.locator('[data-do=back-to-list]').click()
  expect(await sam.page.locator('.list').isVisible()).toBe(true)
  await sam.close()
})

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

test("switching the agent shows the other one's mailbox and work", async () => {
  const nora = await shop.mailOf('nora')
  await nora.page.locator('#agent').selectOption('sam')
  await nora.page.waitForURL('**/mail/sam')
  await nora.untilPanelShows('Sam Okafor')
  await nora.close()
})

test('the list can be walked with the keyboard and a mail opened with Enter', async () => {
  const nora = await shop.mailOf('nora')
  await nora.page.locator('.row').first().focus()
  await nora.page.keyboard.press('ArrowDown')
  const second = (await nora.page.locator('.row .row-subject').nth(1).textContent()) ?? ''
  await nora.page.keyboard.press('Enter')
  await nora.page.locator('.conversation h1', { hasText: second }).waitFor()
  await nora.close()
})

test('a backend that is down gives a card that says so, and the mail stays readable', async () => {
  const nora = await shop.mailOf('nora')
  await nora.untilPanelShows('Mine')
  await shop.workbench.backend.stop()
  await nora.row('Corked?').click()
  await nora.page.locator('.conversation', { hasText: 'Corked?' }).waitFor()
  await nora.panel.locator('.sd-title', { hasText: 'Sidedesk does not answer' }).waitFor()
  expect(await nora.panelText()).toContain('Your mail is safe')
  await nora.panel.getByRole('button', { name: 'Retry' }).waitFor()
  await nora.close()
})
