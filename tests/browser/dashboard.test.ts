import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { until } from '../support/until.ts'
import { faultsOf } from './support/axe.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

/** The dashboard and its reports as a supervisor has them: on a desk, on a phone, in the dark and on paper. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  await until('figures in the lake', async () => (await newTickets()) > 5, { everyMs: 500 })
})
afterAll(() => shop?.close())

const DESK = { width: 1280, height: 800 }

/** The addresses of all reports. */
const reports = async (): Promise<string[]> =>
  ((await shop.read('reports')) as { items: { id: string }[] }).items.map(({ id }) => `/reports/${id}`)

async function newTickets(): Promise<number> {
  const today = shop.workbench.backend.ctx.clock.now().toISOString().slice(0, 10)
  const from = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  const figure = (await shop.read(`figures?metric=new-tickets&from=${from}&to=${today}`)) as {
    totals: { value: number }[]
  }
  return figure.totals[0]?.value ?? 0
}

const open = (scheme: 'light' | 'dark' = 'light', size?: typeof DESK) =>
  openPage(shop, scheme, { scripts: true, scale: 1, ...(size && { size }) })

/** Pages of a PDF. */
const pagesOf = (pdf: Buffer): number => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length

/** Words of charts that stand on each other or reach beyond their picture. */
const tangled = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('svg.chart')].flatMap((chart) => {
      const edge = chart.getBoundingClientRect()
      const texts = [...chart.querySelectorAll('text')].map((text) => ({
        words: text.textContent ?? '',
        box: text.getBoundingClientRect(),
      }))
      const out = texts.filter(
        ({ box }) =>
          box.left < edge.left - 1 ||
          box.right > edge.right + 1 ||
          box.top < edge.top - 1 ||
          box.bottom > edge.bottom + 1,
      )
      const onEachOther = texts.flatMap((one, at) =>
        texts
          .slice(at + 1)
          .filter(
            ({ box }) =>
              Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1 &&
              Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 4,
          )
          .map((other) => `${one.words} on ${other.words}`),
      )
      return [...out.map(({ words }) => `${words} is cut`), ...onEachOther].map(
        (fault) => `${chart.querySelector('title')?.textContent}: ${fault}`,
      )
    }),
  )

test('on a desk, a phone and in the dark nothing is too wide, cut or unreadable', async () => {
  const screen = await open()
  const found: string[] = []
  for (const path of [
    '/dashboard?period=7d',
    ...(await reports()),
    '/reports',
    '/dashboard/shares?metric=new-tickets',
  ]) {
    await screen.open(path, 'june')
    for (const [size, scheme] of [
      [{ width: 360, height: 740 }, 'light'],
      [DESK, 'dark'],
    ] as const) {
      await screen.page.setViewportSize(size)
      await screen.page.emulateMedia({ colorScheme: scheme })
      const faults = [
        ...(await faultsOf(screen.page, { rules: 'all' })),
        ...(await screen.stumblingBlocks()),
        ...(await tangled(screen.page)),
      ]
      if (size.width === 360) faults.push(...(await screen.smallTargets()))
      found.push(...faults.map((fault) => `${path}, ${scheme}: ${fault}`))
    }
  }
  expect(found).toEqual([])
  await screen.close()
})

test('a chart whose words are cut or stand on each other is found', async () => {
  const screen = await open('light', DESK)
  await screen.open('/dashboard?period=7d', 'june')
  await screen.page.evaluate(() => {
    const text = document.querySelector('svg.chart text')
    text?.setAttribute('transform', 'translate(390 0)')
    if (text) text.textContent = 'far beyond the edge of its picture'
  })
  expect((await tangled(screen.page)).join()).toContain('far beyond the edge of its picture is cut')
  await screen.close()
})

test('the dashboard and every report print to one page', async () => {
  const screen = await open('dark', DESK)
  for (const path of ['/dashboard', ...(await reports())]) {
    await screen.open(path, 'june')
    const pdf = await screen.page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect([path, pagesOf(pdf)]).toEqual([path, 1])
  }
  await screen.page.emulateMedia({ media: 'print' })
  const ground = await screen.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(ground).toBe('rgb(255, 255, 255)')
  await screen.close()
})

test('a new ticket is counted while a supervisor looks, without a touch', async () => {
  const screen = await open('light', DESK)
  await screen.open('/dashboard?period=7d', 'june')
  await screen.page.getByText('Live.').waitFor()
  const figure = screen.page.locator('#figure-new .headline strong')
  const before = Number(await figure.textContent())
  await screen.page.locator('#figure-new summary').click()
  const sentAt = shop.workbench.backend.ctx.clock.now().toISOString()
  await callAs(shop.workbench.google, `nora@${SHOP.domain}`, `${shop.workbench.backend.url}/v1/tickets`, 'POST', {
    ...{
      messageId: `<${crypto.randomUUID()}@ada.example>`,
      subject: 'One more jar',
      from: 'ada@ada.example',
      text: 'Broken.',
      sentAt,
    },
  })
  await until('one more', async () => Number(await figure.textContent()) === before + 1, { everyMs: 200 })
  expect(await screen.page.locator('#figure-new table').isVisible()).toBe(true)
  await screen.close()
})

test('filters are chosen with a press, also without a script', async () => {
  const screen = await openPage(shop, 'light', { scale: 1 })
  await screen.open('/dashboard', 'june')
  await screen.page.getByText('Period and filters').tap()
  await screen.page.getByText('Category', { exact: true }).first().tap()
  await screen.page.getByLabel('No category').check()
  await screen.press('Show')
  expect(new URL(screen.page.url()).searchParams.getAll('category')).toEqual(['none'])
  expect(await screen.text()).toContain('Category: No category')
  await screen.close()
})
