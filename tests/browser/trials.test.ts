import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { until } from '../support/until.ts'
import { faultsOf } from './support/axe.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

/** What rules would have made of the past, as whoever is about to save them reads it on a phone. */
const PHONE = { width: 390, height: 844 }

let shop: Shop
let phone: Awaited<ReturnType<typeof openPage>>
beforeAll(async () => {
  shop = await openShop()
  phone = await openPage(shop, 'light', { size: PHONE, scripts: true, scale: 1 })
})
afterAll(async () => {
  await phone?.close()
  await shop?.close()
})

/** What is wrong with the page that stands there, by day and in the dark. */
async function faults(): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await phone.page.emulateMedia({ colorScheme })
    found.push(...(await faultsOf(phone.page, { rules: 'all' })))
  }
  return [...found, ...(await phone.stumblingBlocks()), ...(await phone.smallTargets())]
}

test('a rule for mails is tried, and its mails fit the screen', async () => {
  await phone.open('/settings/mail-rules/new', 'anton')
  await phone.page.locator('[name=name]').fill('Money back')
  await phone.page.locator('[name=subjects]').fill('refund\ninvoice\nparcel')
  await phone.press('Try on the last 200 mails')
  expect(await phone.text()).toMatch(/this rule would have decided [1-9]/)
  const times = await phone.page.locator('section[aria-label="Dry run"] tbody td:first-child').allTextContents()
  const sorted = times.toSorted((one, other) => Date.parse(other) - Date.parse(one))
  expect(times).toEqual(sorted) // the newest first, although all of them were read at once
  expect(await faults()).toEqual([])
})

test('answering times are tried, say what they were tried with, and are brought back into the form', async () => {
  await phone.open('/settings/sla/policies/default', 'june')
  await phone.page.locator('[name="normal.first"]').fill('10 min')
  await phone.press('Try on the past')
  await until('all to be counted', async () => {
    await phone.page.reload()
    return (await phone.text()).includes('All tickets of the last 90 days are counted')
  })
  expect(await phone.text()).toContain('Normal, first answer: 10 min instead of 24 h')
  expect(await faults()).toEqual([])
  await phone.follow('Open it as it was tried')
  expect(await phone.page.locator('[name="normal.first"]').inputValue()).toBe('10 min')
  expect(await faults()).toEqual([])
})

test('limits of actions are tried, and the form stays as it was typed', async () => {
  const ticket = await shop.ticket('Olive oil all over my parcel')
  await shop.write(`tickets/${ticket.id}/orders/${ticket.shop.orders[0]?.id}/combined-actions`, 'POST', {
    reason: { code: 'damaged' },
    refund: { what: 'amount', amount: { minor: 500, currency: 'GBP' } },
  })
  await phone.open('/settings/actions', 'anton')
  await phone.page.locator('[name="supervisor.action"]').fill('1.00')
  await phone.press('Try on the past')
  expect(await phone.text()).toContain('Whose actions change')
  expect(await phone.page.locator('[name="supervisor.action"]').inputValue()).toBe('1.00')
  expect(await faults()).toEqual([])
})
