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

type Agent = Awaited<ReturnType<Shop['mailOf']>>

/** Tall enough that a whole card stands in the panel. */
async function agent(name: string): Promise<Agent> {
  const screen = await shop.mailOf(name)
  await screen.page.setViewportSize({ width: 1180, height: 2_700 })
  return screen
}

/** The card down to its last line, without the room below it. */
async function take({ panel, page }: Agent, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  const card = await panel.locator('.sd-card').boundingBox()
  const last = await panel.locator('.sd-card .sd-section').last().boundingBox()
  if (!card || !last) throw new Error('There is no card')
  const clip = { ...card, height: last.y + last.height - card.y }
  await page.screenshot({ path: `${IMAGES}action-${name}.png`, animations: 'disabled', clip })
}

const isIn = (state: string, order: string) => async () => (await shop.actionOn(order)).state === state

test('a preset from the choice to the end, and the same action above another ticket', async () => {
  await shop.undoWindow(60)
  const nora = await agent('nora')
  await nora.open('Broken bottle in order FF-20377')
  await nora.untilPanelShows('Make it right…')
  await nora.sectionOf('FF-20377').screenshot({ path: `${IMAGES}action-start.png`, animations: 'disabled' })
  await nora.begin('FF-20377', 'Spilled or broken')
  await take(nora, 'review')
  await nora.press('Confirm')
  await nora.open('Corked?')
  const running = nora.sectionOf('Your running actions')
  await running.waitFor()
  await running.screenshot({ path: `${IMAGES}action-running.png`, animations: 'disabled' })
  await nora.press('Undo')
  await take(nora, 'undone')

  await shop.undoWindow(1)
  await nora.open('Broken bottle in order FF-20377')
  await nora.untilPanelShows('Make it right…')
  await nora.begin('FF-20377', 'Spilled or broken')
  await nora.press('Confirm')
  await until('the goods to be sent again', isIn('done', 'FF-20377'))
  await nora.press('Refresh')
  await take(nora, 'progress')
  await nora.close()
}, 120_000)

test('the form: parts, and the details of each', async () => {
  const sam = await agent('sam')
  await sam.open('Wrong hamper')
  await sam.untilPanelShows('Make it right…')
  await sam.begin('FF-20402', 'Choose the parts')
  await sam.field('reason').selectOption({ index: 2 })
  await sam.field('refund').selectOption('amount')
  await sam.field('gift_card').selectOption('yes')
  await sam.field('reship').selectOption('yes')
  await take(sam, 'what')
  await sam.field('reship').selectOption('no')
  await sam.press('Next')
  await sam.field('refund.amount').fill('12.00')
  await sam.field('gift_card.amount').fill('5.00')
  await take(sam, 'details')
  await sam.close()
}, 120_000)

test('an action that waits for a supervisor', async () => {
  const nora = await agent('nora')
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('Make it right…')
  await nora.begin('FF-20418', 'Spilled or broken')
  await nora.press('Ask for approval')
  await take(nora, 'approval')
  await nora.close()
}, 120_000)

test('an action that stands still, because the shop gave money back meanwhile', async () => {
  await shop.undoWindow(20)
  const nora = await agent('nora')
  await nora.open('melted')
  await nora.untilPanelShows('Make it right…')
  await nora.begin('FF-20425', 'Only a refund')
  await nora.field('reason').selectOption({ index: 1 })
  await nora.field('refund.amount').fill('5.00')
  await nora.press('Review')
  await nora.press('Confirm')
  const ledger = await openLedger(shop)
  await ledger.open('FF-20425')
  await ledger.fill({ 'Amount in GBP': '3.00' })
  await ledger.press('Give money back')
  await ledger.close()
  await until('the action to stand still', isIn('parked', 'FF-20425'))
  await nora.press('Refresh')
  await take(nora, 'parked')
  await nora.close()
}, 120_000)
