import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { noticesAt } from '../support/notice-mail.ts'
import { until } from '../support/until.ts'
import { giveCard } from './support/given-card.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { owePayout } from './support/payout.ts'

/** The signed-in pages of approvals, finance and gift cards, on a phone. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

/** Nora confirms what is above her limit. */
async function ask(): Promise<string> {
  const nora = await shop.mailOf('nora')
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('Make it right…')
  await nora.begin('FF-20418', 'Spilled or broken')
  await nora.press('Ask for approval')
  await nora.close()
  return (await shop.actionOn('FF-20418')).id
}

/** The newest notice in June's own mailbox. */
const told = () => noticesAt(shop.workbench.google, `june@${SHOP.domain}`).at(-1)?.text ?? ''

test('a supervisor is mailed, opens the page on a phone, reads what it is about, and approves with one press', async () => {
  await shop.undoWindow(1)
  const id = await ask()
  await until('the mail to June', async () => told().includes(id))
  const link = /http:\/\/\S+/.exec(told())?.[0] ?? ''
  expect(link).toBe(`${shop.workbench.backend.url}/actions/${id}`)

  const phone = await openPage(shop)
  await phone.open(link, 'june')
  expect(phone.page.url()).toBe(link)
  const text = await phone.text()
  expect(text).toMatch(/FF-20418: .*waits for approval/)
  expect(text).toMatch(/Asked by ?Nora Lindqvist.*Why somebody must agree.*What is done.*What they were given/)
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)

  const before = shop.effects().length
  await phone.press('Approve as it is')
  expect(await phone.text()).toMatch(/Approved by June Castellanos/)
  await until('the action to be done', async () => (await shop.actionOn('FF-20418')).state === 'done')
  expect(
    shop
      .effects()
      .slice(before)
      .map(({ kind }) => kind),
  ).toContain('order.made')
  await phone.page.reload()
  expect(await phone.text()).toContain('It is done.')
  await phone.press('Sign out')
  expect(await phone.text()).toContain('You are signed out')
  await phone.close()
})

test('an agent may look and not decide, and an admin sets limits on the same phone', async () => {
  const { id } = await shop.actionOn('FF-20418')
  const phone = await openPage(shop, 'dark')
  await phone.open(`/actions/${id}`, 'sam')
  expect(await phone.text()).toContain('FF-20418')
  await phone.page.goto(`${shop.workbench.backend.url}/approvals`)
  expect(await phone.text()).toContain('Your role (agent) may not do this')
  await phone.close()

  const admins = await openPage(shop, 'dark')
  await admins.open('/settings/actions', 'anton')
  await admins.page.getByLabel('Seconds in which an action can be taken back').fill('5')
  await admins.press('Save')
  expect(await admins.text()).toContain('Saved. It counts from now on.')
  expect(await admins.tooWide()).toBeLessThanOrEqual(0)
  await admins.open('/settings/reasons', 'anton')
  expect(await admins.text()).toContain('Reasons of combined actions')
  expect(await admins.tooWide()).toBeLessThanOrEqual(0)
  await admins.close()
})

test('cash that is owed is paid on a phone, and the books are downloaded from it', async () => {
  await owePayout(shop)
  const phone = await openPage(shop)
  await phone.open('/finance', 'anton')
  expect(await phone.text()).toMatch(
    /Amount ?£6\.50 ?To ?Desmond Achebe ?GB33BUKB20201555555555 ?For ?order FF-20366, by Nora Lindqvist/,
  )
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)

  await phone.page.getByLabel('Reference of the transfer').fill('TX 4711')
  await phone.press('Mark as paid')
  expect(await phone.text()).toContain('Nothing waits to be paid.')

  await phone.follow(/^Fern & Fig/)
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
})

test('a supervisor finds a card on a phone, looks at its code, and gives it anew with one press', async () => {
  await giveCard(shop)
  const phone = await openPage(shop)
  await phone.open('/gift-cards', 'june')
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)
  await phone.follow(/^ccgc…/)
  expect(await phone.text()).toMatch(/State ?issued ?Amount ?£15\.00 ?Left on it ?£15\.00 ?Good until ?2029-12-31/)
  expect(await phone.text()).not.toMatch(/ccgc[2-9a-z]{16}/)
  expect(await phone.tooWide()).toBeLessThanOrEqual(0)
  await phone.press('Show the code')
  expect(await phone.text()).toMatch(/ccgc[2-9a-z]{16}/)
  await phone.follow('Back to the card')
  await phone.press('Deactivate and reissue')
  await until('the new card', async () => {
    await phone.page.reload()
    return (await phone.text()).includes('The new card is done.')
  })
  await phone.follow('The card that replaces it')
  expect(await phone.text()).toMatch(/Amount ?£15\.00/)
  await phone.close()
})
