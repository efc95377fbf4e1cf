import { afterAll, beforeAll, test } from '@jest/globals'
import type { listReports } from '../../shared/analytics.ts'
import { until } from '../support/until.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { pictureNamed } from './support/pictures.ts'
import { openSheets } from './support/sheet-screen.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  const isFresh = async () =>
    ((await shop.read('reports')) as typeof listReports.reply._zod.output).freshness.state === 'fresh'
  await until('figures of the shop', isFresh, { seconds: 60, everyMs: 200 })
}, 240_000)
afterAll(() => shop?.close())

const picture = (name: string) => ({ path: pictureNamed(name), animations: 'disabled' as const })

test('the pictures of reports in Sheets are what the workbench shows', async () => {
  const june = await openSheets(shop.browser, shop.workbench.url, 'june')
  await june.field('report').selectOption({ label: 'Overview' })
  await june.press('Insert')
  await june.untilTitled('Written')
  await june.charts()
  await june.page.screenshot(picture('sheets-report'))
  await june.press('Back to reports')
  await june.press('Insert the pack')
  await june.untilTitled('Written')
  await june.show('Agents')
  await june.charts()
  await june.page.screenshot(picture('sheets-pack'))
  await june.close()

  const board = await openSheets(shop.browser, shop.workbench.url, 'june', 'board')
  await board.press('Insert')
  await board.untilTitled('You may only look here')
  await board.page.screenshot(picture('sheets-read-only'))
  await board.close()
})
