import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))

let shop: Shop
beforeAll(async () => {
  await mkdir(IMAGES, { recursive: true })
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

const image = (name: string) => ({ path: `${IMAGES}${name}.png`, animations: 'disabled' as const })

test('the pictures of the documentation are what the workbench shows', async () => {
  const nora = await shop.mailOf('nora')
  await nora.untilPanelShows('Mine')
  await nora.page.screenshot(image('inbox'))

  await nora.open('Olive oil all over my parcel')
  await nora.press('Reply in Gmail')
  await nora.page.locator('form.compose').waitFor()
  await nora.page.screenshot(image('answer'))
  await nora.page.locator('[data-do=discard]').click()

  await nora.page.locator('[data-do=write]').click()
  await nora.page.locator('#customer-dialog').waitFor()
  await nora.page.screenshot(image('write-as-a-customer'))
  await nora.close()

  const dark = await shop.mailOf('sam')
  await dark.page.locator('[data-do=theme]').click()
  await dark.open('Broken bottle in order FF-20377')
  await dark.page.screenshot(image('dark'))
  await dark.close()

  const phone = await shop.mailOf('sam', 'phone')
  await phone.row('Nut allergy').click()
  await phone.page.locator('.conversation').waitFor()
  await phone.page.screenshot(image('phone-mail'))
  await phone.page.locator('[data-do=sheet]').click()
  await phone.panel.locator('.sd-title', { hasText: 'TKT-' }).waitFor()
  await phone.untilPanelShows('TKT-')
  await phone.page.screenshot(image('phone-ticket'))
  await phone.close()

  const down = await shop.mailOf('nora')
  await down.untilPanelShows('Mine')
  await shop.workbench.backend.stop()
  await down.row('Corked?').click()
  await down.panel.locator('.sd-title', { hasText: 'does not answer' }).waitFor()
  await down.page.screenshot(image('error-card'))
  await down.close()
})
