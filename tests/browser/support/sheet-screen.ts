import type { Browser, Page } from 'playwright-core'
import { PATIENCE_MS } from '../../support/browser.ts'
import { until } from '../../support/until.ts'

/** What a person does on the page of a spreadsheet with the panel beside it. */
export async function openSheets(browser: Browser, url: string, agent: string, file = 'figures') {
  const page: Page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`${url}/sheets/${agent}?file=${file}`)
  await page.locator('#grid').waitFor()
  const panel = page.locator('#panel')
  const calm = () => page.locator('#panel:not([data-busy]) .sd-card').waitFor()
  await calm()
  /** Whatever was begun in the sheet is drawn: of two answers that come together the first shows less. */
  const drawnAll = () => page.locator('#sheet:not([aria-busy])').waitFor()

  const screen = {
    page,
    panel,
    title: async () => (await panel.locator('.sd-card .sd-title').first().textContent())?.trim() ?? '',
    panelText: async () => (await panel.allInnerTexts()).join(' ').replace(/\s+/g, ' '),
    field: (name: string) => panel.locator(`[data-field="${name}"]`),
    /** One press in the panel, and the sheet drawn after it. */
    async press(name: string): Promise<void> {
      const drawn = page.waitForResponse((response) => /\/view\?/.test(response.url()))
      await panel.getByRole('button', { name, exact: true }).click()
      await drawn
      await calm()
      await drawnAll()
    },
    /** One press in the spreadsheet itself. */
    async byHand(act: string): Promise<void> {
      const drawn = page.waitForResponse((response) => /\/view\?/.test(response.url()))
      await page.locator(`[data-sheet-act=${act}]`).click()
      await drawn
      await drawnAll()
    },
    async show(tab: string): Promise<void> {
      await page.locator('.sheet-tab', { hasText: tab }).first().click()
      await page.locator('.sheet-tab[aria-pressed=true]', { hasText: tab }).waitFor()
      await drawnAll()
    },
    async select(row: number, column: number): Promise<void> {
      await page.locator(`td[data-at="${row}.${column}"]`).click()
      await page.locator(`td[data-at="${row}.${column}"].selected`).waitFor()
      await drawnAll()
    },
    tabs: async () => (await page.locator('.sheet-tab').allTextContents()).map((name) => name.trim()),
    cell: async (row: number, column: number) =>
      (await page.locator(`td[data-at="${row}.${column}"]`).textContent())?.trim() ?? '',
    /** Pictures of charts that are drawn by now. */
    charts: () =>
      page.locator('.sheet-chart').evaluateAll((all) =>
        Promise.all(
          all.map(async (each) => {
            const image = each as HTMLImageElement
            image.loading = 'eager'
            await image.decode()
            return { name: image.alt, width: image.naturalWidth }
          }),
        ),
      ),
    untilTitled: (words: string) =>
      until(`the panel to be titled ${words}`, async () => (await screen.title()) === words, {
        found: screen.panelText,
      }),
    close: () => page.close(),
  }
  return screen
}
