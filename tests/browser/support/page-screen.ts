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
  return {
    page,
    /** Goes where a link leads, and chooses an account when Google asks. */
    async open(path: string, who: string): Promise<void> {
      await page.goto(new URL(path, workbench.backend.url).href)
      if (page.url().includes('/o/oauth2/')) await page.getByRole('link', { name: `${who}@${SHOP.domain}` }).click()
    },
    text: async () => ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' '),
    /** How far the page is wider than the phone. */
    tooWide: async () =>
      (await page
        .locator('html')
        .boundingBox()
        .then((box) => box?.width ?? 0)) - PHONE.width,
    close: () => context.close(),
  }
}
