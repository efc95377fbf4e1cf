import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import type { Shop } from './open-shop.ts'

const PHONE = { width: 360, height: 740 }

/** A signed-in page in a phone's browser. @param scheme as the phone is set */
export async function openPage({ browser, workbench }: Shop, scheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({
    viewport: PHONE,
    colorScheme: scheme,
    deviceScaleFactor: 2,
    hasTouch: true,
    javaScriptEnabled: false, // the pages must work without
  })
  const page = await context.newPage()
  const told: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && told.push(message.text())))
  return {
    page,
    /** Goes where a link leads, and chooses an account when Google asks. */
    async open(path: string, who: string): Promise<void> {
      await page.goto(new URL(path, workbench.backend.url).href)
      if (page.url().includes('/o/oauth2/')) await page.getByRole('link', { name: `${who}@${SHOP.domain}` }).click()
    },
    text: async () => ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' '),
    /** How far a reader would have to scroll sideways, in pixels. */
    tooWide: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    /** What a reader would stumble over in any page, in words; nothing is good. */
    stumblingBlocks: async (): Promise<string[]> => [...(await page.evaluate(blocksOf)), ...told.splice(0)],
    /** Where the settings lead from here. */
    settingLinks: () =>
      page.evaluate(() =>
        [...document.querySelectorAll('main a[href^="/settings"]')].map((link) => link.getAttribute('href') ?? ''),
      ),
    close: () => context.close(),
  }
}

/** Runs in the page. */
function blocksOf(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement
  const visible = document.querySelector('main')?.textContent ?? ''
  const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  const nameless = fields.filter((field) => {
    const labels = [...((field as HTMLInputElement).labels ?? [])].map((label) => label.textContent ?? '')
    return `${labels.join('')}${field.getAttribute('aria-label') ?? ''}`.trim() === ''
  })
  const ids = visible.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
  const codes = visible.match(/\bundefined\b|\bNaN\b|\[object /g) ?? []
  const headings = document.querySelectorAll('h1').length
  return [
    ...(scrollWidth > clientWidth ? [`is ${scrollWidth - clientWidth} pixels too wide`] : []),
    ...(headings === 1 ? [] : [`has ${headings} headings of the first level`]),
    ...nameless.map((field) => `has a field without a label: ${field.getAttribute('name')}`),
    ...[...ids, ...codes].map((text) => `says ${text}`),
  ]
}
