import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { PATIENCE_MS } from '../support/browser.ts'
import { openShop, type Shop } from './support/open-shop.ts'

/** The wallboard on a phone, on a desk and on a screen in the room, with its script. */
let shop: Shop
const contexts: BrowserContext[] = []
const told: string[] = []
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await shop?.close()
})

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 800 }
const SCREEN = { width: 1920, height: 1080 }

async function browserOf(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light') {
  const context = await shop.browser.newContext({ viewport, colorScheme })
  contexts.push(context)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  page.on('console', (message) => void (message.type() === 'error' && told.push(message.text())))
  page.on('pageerror', (error) => void told.push(error.message))
  return page
}

async function open(page: Page, path: string, who: string): Promise<void> {
  await page.goto(new URL(path, shop.workbench.backend.url).href)
  if (page.url().includes('/o/oauth2/')) await page.getByRole('link', { name: `${who}@${SHOP.domain}` }).click()
}

/** Somebody presses in the panel. */
const work = (who: string, method: 'PUT' | 'DELETE', path = '') =>
  callAs(
    shop.workbench.google,
    `${who}@${SHOP.domain}`,
    `${shop.workbench.backend.url}/v1/work${path}`,
    method,
    path && method === 'PUT' ? { kind: 'lunch' } : undefined,
  )

const state = (page: Page) => page.getByRole('status').last()
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('a supervisor looks at the wall, and sees who comes and goes without touching anything', async () => {
  const desk = await browserOf(DESK)
  await open(desk, '/desk/wall', 'june')
  await state(desk).getByText('Live.').waitFor()
  const phone = await browserOf(PHONE, 'dark')
  await open(phone, '/desk/wall', 'june')
  await work('nora', 'PUT')
  for (const page of [desk, phone]) {
    await page.getByText('Nora Lindqvist').waitFor()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(await page.locator('h1').count()).toBe(1)
  }
  await work('nora', 'PUT', '/break')
  await desk.getByText('Lunch, 0 of 30 min').waitFor()
  await work('nora', 'DELETE')
  await phone.getByText('Nobody is logged in.').waitFor()
  expect(told.splice(0)).toEqual([])
})

test('a wall that is cut off says since when, and goes on by itself', async () => {
  const page = await browserOf(DESK)
  await open(page, '/desk/wall', 'june')
  await state(page).getByText('Live.').waitFor()
  await page.route('**/desk/live?**', (route) => route.abort())
  await shop.workbench.backend.ctx.live.endAll()
  await state(page)
    .getByText(/Not live since \d/)
    .waitFor()
  await page.unroute('**/desk/live?**')
  await work('nora', 'PUT')
  await page.getByText('Nora Lindqvist').waitFor()
  await state(page).getByText('Live.').waitFor()
  await work('nora', 'DELETE')
  told.splice(0) // a browser tells of what was cut off
})

test('a screen in the room is dark and large, names nobody, and is empty as soon as its link is revoked', async () => {
  const admin = await browserOf(PHONE)
  await open(admin, '/settings/displays', 'anton')
  await admin.getByLabel('Where the screen hangs').fill('Kitchen')
  await admin.getByRole('button', { name: 'Make a link' }).click()
  const link = (await admin.locator('code').textContent()) ?? ''
  await admin.waitForLoadState()
  expect(await overflow(admin)).toBeLessThanOrEqual(0)

  const screen = await browserOf(SCREEN)
  await screen.goto(link)
  await state(screen).getByText('Live.').waitFor()
  await work('nora', 'PUT')
  await screen.getByText('Agent 1').waitFor()
  expect(await screen.content()).not.toContain('Nora')
  expect(await overflow(screen)).toBeLessThanOrEqual(0)
  const ground = await screen.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(ground).toBe('rgb(20, 24, 29)')
  const size = await screen.evaluate(() =>
    Number.parseFloat(getComputedStyle(document.querySelector('main') ?? document.body).fontSize),
  )
  expect(size).toBeGreaterThan(20)

  await open(admin, '/settings/displays', 'anton')
  await admin.getByRole('button', { name: 'Revoke at once' }).click()
  await state(screen).getByText('not valid any more').waitFor()
  expect(await screen.getByText('Agent 1').count()).toBe(0)
  await work('nora', 'DELETE')
  expect(told.splice(0)).toEqual([])
})

test('what changes under somebody’s hands leaves their focus, their words, and what they folded or unfolded', async () => {
  const page = await browserOf(DESK)
  await open(page, '/desk/wall', 'june')
  await state(page).getByText('Live.').waitFor()
  const found = await page.evaluate(async () => {
    const script = '/scripts/morphing.js'
    const { morph } = (await import(script)) as { morph(place: Element, html: string): void }
    const place = document.createElement('div')
    document.body.append(place)
    const row = (id: string, words: string) => `<li id="${id}"><a href="#">${words}</a></li>`
    const form = (hint: string) =>
      `<form><input name="word" value=""><textarea name="text">${hint}</textarea><select name="one"><option>a</option><option>b</option></select></form>`
    place.innerHTML = `<ul>${row('a', 'first')}${row('b', 'second')}</ul><details><summary>More</summary><p>inside</p></details><details id="all" open><summary>All</summary>every view</details>${form('')}<p>old</p>`
    const [first, details] = [place.querySelector('#a'), place.querySelector('details')]
    const all = place.querySelector<HTMLDetailsElement>('#all')
    const [input, text, select] = [
      place.querySelector('input'),
      place.querySelector('textarea'),
      place.querySelector('select'),
    ]
    if (!first || !details || !all || !input || !text || !select) throw new Error('The page was not made')
    details.open = true
    all.open = false
    text.value = 'half an answer'
    select.selectedIndex = 1
    first.querySelector('a')?.focus()
    morph(
      place,
      `<ul>${row('b', 'second')}${row('c', 'third')}${row('a', 'first, changed')}</ul><details><summary>More</summary><p>inside, changed</p></details><details id="all" open><summary>All</summary>every view, changed</details>${form('other')}<p>new</p>`,
    )
    const after = {
      order: [...place.querySelectorAll('li')].map((each) => each.textContent),
      same: place.querySelector('#a') === first && place.querySelector('textarea') === text,
      focus: document.activeElement === first.querySelector('a'),
      unfolded: details.open && details.textContent,
      folded: !all.open && all.textContent,
      typed: [text.value, select.value, input.value],
      last: place.lastElementChild?.textContent,
    }
    input.focus()
    morph(place, '<p>only this</p>')
    const kept = {
      form: place.querySelector('textarea') === text && text.value,
      list: place.querySelector('ul') === null,
    }
    text.value = text.defaultValue
    select.selectedIndex = 0
    input.blur()
    morph(place, '<p>only this</p>')
    return { after, kept, empty: place.innerHTML }
  })
  expect(found).toEqual({
    after: {
      order: ['second', 'third', 'first, changed'],
      same: true,
      focus: true,
      unfolded: 'Moreinside, changed',
      folded: 'Allevery view, changed',
      typed: ['half an answer', 'b', ''],
      last: 'new',
    },
    kept: { form: 'half an answer', list: true },
    empty: '<p>only this</p>',
  })
})
