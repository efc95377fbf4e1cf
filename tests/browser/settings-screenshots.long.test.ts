import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { startReceiver } from '../support/webhook-receiver.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

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

const pictureNamed = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url))

test('settings, as a phone shows them', async () => {
  const phone = await openPage(shop)
  const take = (name: string) => phone.page.screenshot({ path: pictureNamed(name), fullPage: true })
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
  await phone.page.getByLabel('Address').fill(`${receiver.url}/desk`)
  await phone.page.getByText('Tickets', { exact: true }).click()
  await phone.page.getByLabel('A ticket was made').check()
  await press('Add')
  receiver.answers(() => ({ status: 503, body: 'We are closed until nine' }))
  await phone.page.getByRole('link', { name: 'Warehouse' }).click()
  await press('Send a test')
  await phone.page.getByText('Sent', { exact: true }).waitFor()
  while (!(await phone.page.getByText('We are closed').count())) await phone.page.reload()
  await take('settings-webhook')
  await phone.open('/settings/assignment', 'anton')
  await take('settings-assignment')
  await phone.page.locator('li a').first().click()
  await take('settings-takes')
  await phone.open('/settings/changes', 'anton')
  await take('settings-changes')
  await phone.close()
}, 240_000)
