import { afterAll, beforeAll, test } from '@jest/globals'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { takePage } from './support/pictures.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

test('the dashboard on a desk and on a phone', async () => {
  for (const [name, viewport, colorScheme] of [
    ['dashboard', { width: 1280, height: 720 }, 'light'],
    ['dashboard-phone', { width: 360, height: 740 }, 'dark'],
  ] as const) {
    const context = await shop.browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1 })
    const page = await context.newPage()
    await page.goto(new URL('/dashboard?period=7d', shop.workbench.backend.url).href)
    await page.getByRole('link', { name: `june@${SHOP.domain}` }).click()
    await page.getByText('Live.').waitFor()
    await page.locator('#figure-new svg').waitFor()
    await takePage(page, name)
    await context.close()
  }
}, 180_000)
