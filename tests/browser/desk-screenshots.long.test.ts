import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, test } from '@jest/globals'
import { busyDay } from '../../workbench/start/busy-day/busy-day.ts'
import { openShop, type Shop } from './support/open-shop.ts'

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
/** Enough for full queues. */
const MAILS = 150
const SEED = 20_418
const MILA = { name: 'Mila Novak', email: 'mila@quince.example' }

let shop: Shop
beforeAll(async () => {
  await mkdir(IMAGES, { recursive: true })
  const busy = busyDay(MAILS, SEED)
  shop = await openShop(busy.surroundings)
  await busy.playing(shop.workbench, { lasts: 0 })
}, 600_000)
afterAll(() => shop?.close())

type Agent = Awaited<ReturnType<Shop['mailOf']>>

/** Tall enough that a whole card stands in the panel. */
async function agent(name: string, theme: 'light' | 'dark' = 'light'): Promise<Agent> {
  const screen = await shop.mailOf(name)
  await screen.page.setViewportSize({ width: 1180, height: 3_000 })
  if (theme === 'dark') await screen.page.locator('[data-do=theme]').click()
  return screen
}

/** What a page of the documentation has room for. */
const TALLEST = 1_600

/** The card down to its last line, without the room below it; of a long one the beginning. */
async function take({ panel, page }: Agent, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  const card = await panel.locator('.sd-card').boundingBox()
  const last = await panel.locator('.sd-card .sd-section').last().boundingBox()
  if (!card || !last) throw new Error('There is no card')
  const clip = { ...card, height: Math.min(last.y + last.height - card.y, TALLEST) }
  await page.screenshot({ path: `${IMAGES}desk-${name}.png`, animations: 'disabled', clip })
}

test('the homepage, another view of it, and a ticket that somebody else is on', async () => {
  const nora = await agent('nora')
  await nora.untilPanelShows('All views')
  await take(nora, 'homepage')
  await nora.choose('[data-field=view]', await nora.optionOf('view', 'All open'))
  await take(nora, 'queue')
  await nora.open('Olive oil all over my parcel')
  await take(nora, 'ticket')
  await nora.open('Corked?')
  await nora.unfold('More')
  await nora.press('I am on it')
  await nora.close()
  const sam = await agent('sam')
  await sam.open('Corked?')
  await take(sam, 'claimed')
  await sam.press('Take over')
  await take(sam, 'take-over')
  await sam.close()
  const dark = await agent('sam', 'dark')
  await dark.untilPanelShows('All views')
  await take(dark, 'homepage-dark')
  await dark.close()
}, 240_000)

test('why an answer is due, escalating, and the timeline', async () => {
  const nora = await agent('nora')
  await nora.open('Corked?')
  await nora.follow('due')
  await take(nora, 'why-due')
  await nora.press('Back to the ticket')
  await nora.unfold('More')
  await nora.press('Escalate')
  await take(nora, 'escalate')
  await nora.press('Back to the ticket')
  await nora.press('Timeline')
  await take(nora, 'timeline')
  await nora.close()
}, 240_000)

test('merging two tickets and taking it back', async () => {
  const nora = await agent('nora')
  await nora.writeAsCustomer({ ...MILA, subject: 'Which jelly is it?', text: 'Is it the dark one?' })
  await nora.writeAsCustomer({ ...MILA, subject: 'The jelly again', text: 'Sorry, I meant the light one.' })
  await nora.row('The jelly again').waitFor()
  const one = await nora.open('Which jelly is it?')
  await nora.open('The jelly again')
  await nora.unfold('More')
  await nora.press('Merge, split, link')
  await take(nora, 'merge-choose')
  await nora.follow(one)
  await take(nora, 'merge-review')
  await nora.press('Merge')
  await take(nora, 'merged')
  await nora.press('Undo')
  await take(nora, 'merge-undone')
  await nora.close()
}, 240_000)

test('saved replies, and one that also acts', async () => {
  const tess = await agent('tess')
  await tess.writeAsCustomer({ ...MILA, subject: 'The jar is broken', text: 'The jar of jam came in pieces.' })
  await tess.row('The jar is broken').waitFor()
  await tess.open('The jar is broken')
  await tess.press('Saved replies')
  await take(tess, 'saved-replies')
  await tess.follow('Damaged on arrival')
  await take(tess, 'macro')
  await tess.close()
}, 240_000)
