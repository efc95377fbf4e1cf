import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { listReports } from '../../shared/analytics.ts'
import { until } from '../support/until.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openSheets } from './support/sheet-screen.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await until('figures of the shop', async () => (await freshness()).state === 'fresh', { everyMs: 200 })
})
afterAll(() => shop?.close())

type Listed = typeof listReports.reply._zod.output
const freshness = async () => ((await shop.read('reports')) as Listed).freshness

const sheets = (agent = 'june', file?: string) => openSheets(shop.browser, shop.workbench.url, agent, file)

test('a supervisor inserts a report, sees values and charts beside the panel, and a link leads to the same figure', async () => {
  const june = await sheets()
  expect(await june.title()).toBe('Reports')
  await june.field('report').selectOption({ label: 'Overview' })
  await june.field('period').selectOption({ label: 'Last 28 days' })
  await june.press('Insert')
  await june.untilTitled('Written')
  expect(await june.tabs()).toEqual(['Sheet1', 'Overview'])
  expect(await june.cell(1, 1)).toBe('Overview')
  expect(await june.cell(2, 1)).toMatch(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d · UTC$/)
  expect(await june.cell(6, 1)).toBe('New tickets')
  const charts = await june.charts()
  expect(charts[0]).toEqual({ name: 'Chart: New tickets', width: 520 })
  const href = await june.page.locator('td a').first().getAttribute('href')
  expect(href).toMatch(new RegExp(`^${shop.workbench.backend.url}/dashboard/shares\\?`))
  expect(shop.failures).toEqual([])
  await june.close()
})

test('refresh all finds the report in a renamed sheet with a row put in above it', async () => {
  const june = await sheets()
  await june.show('Overview')
  june.page.once('dialog', (dialog) => dialog.accept('Board meeting'))
  await june.byHand('rename')
  await june.select(1, 1)
  await june.byHand('row')
  expect(await june.cell(2, 1)).toBe('Overview')
  await june.press('Refresh all')
  await june.untilTitled('Refreshed')
  expect(await june.panelText()).toContain('Up to date: Overview.')
  expect(await june.tabs()).toEqual(['Sheet1', 'Board meeting'])
  expect(await june.cell(2, 1)).toBe('Overview')
  expect(await june.cell(7, 1)).toBe('New tickets')
  await june.close()
})

test('a sheet that was deleted is said clearly by the next refresh', async () => {
  const june = await sheets()
  await june.show('Board meeting')
  await june.byHand('delete')
  expect(await june.tabs()).toEqual(['Sheet1'])
  await june.press('Refresh all')
  expect(await june.panelText()).toContain('It was deleted from this spreadsheet.')
  await june.close()
})

test('the supervisor pack is a sheet for each of its reports in one press', async () => {
  const june = await sheets()
  const { pack, items } = (await shop.read('reports')) as Listed
  await june.press('Insert the pack')
  await june.untilTitled('Written')
  const names = pack.map((id) => items.find((one) => one.id === id)?.name ?? id)
  expect(names.length).toBeGreaterThanOrEqual(5)
  expect(await june.tabs()).toEqual(['Sheet1', ...names])
  await june.show('SLA')
  expect(await june.cell(1, 1)).toBe('SLA')
  expect(shop.failures).toEqual([])
  await june.close()
})

test('a spreadsheet that one may only look at gets a card that explains, and the grid stays empty', async () => {
  const june = await sheets('june', 'board')
  expect(await june.page.locator('.formula-rights').textContent()).toBe('View only')
  await june.press('Insert')
  await june.untilTitled('You may only look here')
  expect(await june.panelText()).toContain('Ask its owner for the right to edit')
  expect(await june.tabs()).toEqual(['Sheet1'])
  await june.close()
})

test('an agent is told that figures are for supervisors, and has the queue', async () => {
  const nora = await sheets('nora')
  expect(await nora.panelText()).toContain('Figures of everybody are for supervisors')
  await nora.press('Queue')
  expect(await nora.panelText()).toContain('Mine')
  await nora.close()
})

test('a person writes into a cell, and what is far below is drawn when it comes into sight', async () => {
  const june = await sheets()
  await june.show('Sheet1')
  await june.select(3, 2)
  await june.page.locator('.formula input').fill('=1+2')
  await june.page.keyboard.press('Enter')
  await june.page.locator('td[data-at="3.2"]', { hasText: '#ERROR!' }).waitFor()
  await june.page.locator('#grid').evaluate((grid) => grid.scrollTo(0, 20_000))
  await june.page.locator('td[data-at="850.1"]').waitFor({ state: 'attached' })
  await june.close()
})
