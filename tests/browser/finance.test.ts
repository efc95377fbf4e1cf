import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { owePayout } from './support/payout.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('cash that is owed is paid on a phone, and the books are downloaded from it', async () => {
  await owePayout(shop)
  const phone = await openPage(shop)
  await phone.open('/finance', 'anton')
  expect(await phone.text()).toMatch(
    /Amount ?£6\.50 ?To ?Desmond Achebe ?GB33BUKB20201555555555 ?For ?order FF-20366, by Nora Lindqvist/,
  )
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)

  await phone.page.getByLabel('Reference of the transfer').fill('TX 4711')
  await phone.page.getByRole('button', { name: 'Mark as paid' }).click()
  expect(await phone.text()).toContain('Nothing waits to be paid.')

  await phone.page
    .getByRole('link', { name: /^Fern & Fig/ })
    .first()
    .click()
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)
  const coming = phone.page.waitForEvent('download')
  await phone.page.getByRole('link', { name: 'Download as CSV' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/-open-\d{4}-\d\d-\d\d\.csv$/)
  const parts: Buffer[] = []
  for await (const part of await file.createReadStream()) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  expect(text).toMatch(/FF-20366,refund,quality,Quality,Nora Lindqvist,6\.50,GBP,6\.50,GBP,1,/)
  expect(text).toContain('paid,TX 4711')
  await phone.close()
}, 180_000)
