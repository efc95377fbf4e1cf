import { afterAll, beforeAll, test } from '@jest/globals'
import { startReceiver } from '../support/webhook-receiver.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { PHONE_SCALE, takePage } from './support/pictures.ts'
import { fillSettings } from './support/settings-filled.ts'

let shop: Shop
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  shop = await openShop()
  receiver = await startReceiver()
}, 180_000)
afterAll(async () => {
  await receiver?.close()
  await shop?.close()
})

test('settings, as a phone shows them', async () => {
  await fillSettings(shop)
  const phone = await openPage(shop, 'light', { scale: PHONE_SCALE })
  const take = (name: string) => takePage(phone.page, name)
  const press = (name: string) => phone.page.getByRole('button', { name }).first().click()
  await phone.open('/settings', 'anton')
  await take('settings-home')
  await phone.open('/settings/staff', 'anton')
  await take('settings-staff')
  await phone.open('/settings/keys', 'anton')
  await phone.page.getByLabel('What it is for').fill('Monthly report')
  await press('Make a key')
  await phone.page.getByText('Keep this key now').waitFor()
  await phone.page.evaluate(() => {
    for (const code of document.querySelectorAll('code')) code.textContent = 'sdk_…'
  })
  await take('settings-keys')
  await phone.open('/settings/webhooks', 'anton')
  await phone.page.getByLabel('What it is for').fill('Warehouse')
  await phone.page.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/desk`)
  await phone.page.getByText('Tickets', { exact: true }).click()
  await phone.page.getByLabel('A ticket was made').check()
  await press('Add')
  receiver.answers(() => ({ status: 503, body: 'We are closed until nine' }))
  await phone.page.getByRole('link', { name: 'Warehouse' }).click()
  await press('Send a test')
  await phone.page.getByText('Sent', { exact: true }).waitFor()
  while (!(await phone.page.getByText('We are closed').count())) await phone.page.reload()
  await take('settings-webhook')
  await phone.open('/settings/sla', 'anton')
  await take('settings-policies')
  await phone.open('/settings/sla/policies/default', 'anton')
  await take('settings-policy')
  await phone.open('/settings/triage', 'anton')
  await phone.page.getByLabel('Subject').fill('Broken jar')
  await phone.page.getByLabel('Text').fill('My order came in pieces, please look at it as soon as you can.')
  await press('Try it')
  await take('settings-keywords')
  await phone.open('/settings/rules', 'anton')
  await take('settings-rules')
  await phone.open('/settings/replies', 'anton')
  await take('settings-replies')
  await phone.open('/settings/assignment', 'anton')
  await take('settings-assignment')
  await phone.page.locator('li a').first().click()
  await take('settings-takes')
  await phone.open('/settings/changes', 'anton')
  await take('settings-changes')
  await phone.close()
}, 240_000)
