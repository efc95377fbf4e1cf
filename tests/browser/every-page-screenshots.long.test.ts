import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { everyPage, fillShop } from './support/every-page.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

/** Pictures to look at, of all that can be opened: on a phone, in the light and in the dark. */
const FOLDER = fileURLToPath(new URL('../../dist/pictures/', import.meta.url))

let shop: Shop
beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true })
  shop = await openShop()
  await fillShop(shop)
}, 240_000)
afterAll(() => shop?.close())

test('every page and card has its picture', async () => {
  const screen = await openPage(shop, 'light', { scale: 1 })
  const { page } = screen
  let taken = 0
  await everyPage(shop, screen, async (_tab, kind) => {
    const name = kind.replace('/desk/card ', 'card').replaceAll(/[/:]+/g, '-').replace(/^-/, '') || 'start'
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.screenshot({ path: join(FOLDER, `${name}-${scheme}.png`), fullPage: true })
      taken += 1
    }
  })
  expect(taken).toBeGreaterThan(100)
  await screen.close()
}, 600_000)
