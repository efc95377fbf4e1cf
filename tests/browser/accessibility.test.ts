import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page as Tab } from 'playwright-core'
import { faultsOf } from './support/axe.ts'
import { SEEN_EDGE } from './support/edges.ts'
import { everyPage, fillShop } from './support/every-page.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

/** What is wrong with anything that we draw: what axe-core finds grave, and what any reader would stumble over. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await fillShop(shop)
})
afterAll(() => shop?.close())

/** Nothing of ours has other colours on another size, or another shape in other colours. */
const LOOKS = [
  ['light phone', { width: 360, height: 740 }, 'light', 'all'],
  ['dark desk', { width: 1280, height: 800 }, 'dark', 'looks'],
] as const

/** Looks at what a tab shows as a phone and a desk show it. @param more what else is to be held against each look, in words */
async function faultsIn(
  tab: Tab,
  name: string,
  { within, more = async () => [] }: { within?: string; more?: () => Promise<string[]> } = {},
): Promise<string[]> {
  const found: string[] = []
  for (const [look, viewport, colorScheme, rules] of LOOKS) {
    await tab.setViewportSize(viewport)
    await tab.emulateMedia({ colorScheme })
    const faults = [...(await faultsOf(tab, { within, rules })), ...(await more())]
    found.push(...faults.map((fault) => `${name}, ${look}: ${fault}`))
  }
  return found
}

/** A page with our scripts; whatever is looked for lies in its rules and sizes, so that finer pixels would be drawn in vain. */
const openPlain = (scheme: 'light' | 'dark' = 'light') => openPage(shop, scheme, { scripts: true, scale: 1 })

test('what is wrong with a page is found', async () => {
  const screen = await openPlain()
  await screen.open('/desk', 'anton')
  await screen.page.evaluate(() => document.querySelector('main')?.append(document.createElement('textarea')))
  expect(await faultsIn(screen.page, 'desk')).toEqual([
    expect.stringMatching(/^desk, light phone: critical label at textarea/),
  ])
  await screen.page.evaluate(() => document.documentElement.style.setProperty('--soft', '#b0b6bc'))
  expect((await faultsIn(screen.page, 'desk')).join()).toMatch(/light phone: serious color-contrast/)
  await screen.page.evaluate(() => document.documentElement.style.setProperty('--soft', '#3a424c'))
  expect((await faultsIn(screen.page, 'desk')).join()).toMatch(/dark desk: serious color-contrast/)
  expect(await screen.contrastOfEdges()).toBeGreaterThan(SEEN_EDGE)
  await screen.page.evaluate(() => document.documentElement.style.setProperty('--edge', '#3a424c'))
  expect(await screen.contrastOfEdges()).toBeLessThan(SEEN_EDGE)
  await screen.close()
})

test('every page and card that somebody can open is free of grave faults on a phone and on a desk', async () => {
  const screen = await openPlain()
  const found: string[] = []
  const unseen = await everyPage(shop, screen, async (tab, kind) => {
    const more = async () => [
      ...(await screen.stumblingBlocks()),
      ...((await screen.contrastOfEdges()) < SEEN_EDGE ? ['has fields whose edges nobody sees'] : []),
    ]
    found.push(...(await faultsIn(tab, kind, { more })))
  })
  expect(found).toEqual([])
  expect(unseen).toEqual([])
  await screen.close()
})

test('so are pages for who may not go on', async () => {
  const screen = await openPlain()
  const found: string[] = []
  for (const path of ['/approvals', '/desk/tickets/none', '/desk/card?path=none']) {
    await screen.open(path, 'sam')
    found.push(...(await faultsIn(screen.page, path)))
  }
  await screen.press('Sign out')
  expect([...found, ...(await faultsIn(screen.page, 'signed out'))]).toEqual([])
  await screen.close()
})

test('so is what an agent sees at work and on a break', async () => {
  const phone = await openPlain()
  const found: string[] = []
  await phone.open('/desk', 'nora')
  for (const name of ['Log in', /^Short/]) {
    await phone.press(name)
    found.push(...(await faultsIn(phone.page, `after ${name}`)))
  }
  expect(found).toEqual([])
  await phone.close()
})

test('so is a screen in the room', async () => {
  const admin = await openPage(shop)
  await admin.open('/settings/displays', 'anton')
  await admin.page.getByLabel('Where the screen hangs').fill('Kitchen')
  await admin.press('Make a link')
  const link = (await admin.page.locator('code').textContent()) ?? ''
  await admin.close()
  const screen = await openPlain('dark')
  await screen.page.goto(link)
  await screen.page.getByText('Live.').waitFor()
  const found = await faultsIn(screen.page, 'display')
  await screen.page.goto(`${link}?light`)
  expect([...found, ...(await faultsIn(screen.page, 'display in a bright room'))]).toEqual([])
  await screen.close()
})

test('so are the cards of the panel, as the preview draws them', async () => {
  const nora = await shop.mailOf('nora')
  await nora.untilPanelShows('All views')
  const found = await faultsIn(nora.page, 'homepage', { within: '#panel' })
  await nora.open('Corked?')
  found.push(...(await faultsIn(nora.page, 'ticket', { within: '#panel' })))
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('Make it right…')
  found.push(...(await faultsIn(nora.page, 'ticket with an order', { within: '#panel' })))
  await nora.begin('FF-20418', 'Spilled or broken')
  found.push(...(await faultsIn(nora.page, 'action', { within: '#panel' })))
  expect(found).toEqual([])
  await nora.close()
})
