import { PATIENCE_MS } from '../../support/browser.ts'
import { contrastOfEdges } from './edges.ts'
import type { Shop } from './open-shop.ts'

const SIZE = { desktop: { width: 1280, height: 900 }, phone: { width: 400, height: 860 } }

/** What a person does on the ledger page. It works without script, so every act is a page that loads. */
export async function openLedger({ browser, workbench }: Shop, width: 'desktop' | 'phone' = 'desktop') {
  const page = await browser.newPage({ viewport: SIZE[width] })
  page.setDefaultTimeout(PATIENCE_MS)
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text())
  })
  await page.goto(workbench.ledger)
  const loading = async (act: () => Promise<void>) => {
    const loaded = page.waitForEvent('load')
    await act()
    await loaded
  }

  const screen = {
    page,
    text: async () => (await page.locator('main').allInnerTexts()).join(' ').replace(/\s+/g, ' '),
    rows: () => page.locator('tbody tr').allInnerTexts(),
    async goTo(words: string): Promise<void> {
      await loading(() => page.locator('.bar').getByRole('link', { name: words, exact: true }).click())
    },
    async find(words: string): Promise<void> {
      await page.goto(workbench.ledger)
      await page.getByRole('textbox').fill(words)
      await loading(() => page.getByRole('button', { name: 'Find' }).click())
    },
    async open(number: string): Promise<void> {
      await screen.find(number)
      await loading(() => page.getByRole('link', { name: number, exact: true }).click())
    },
    /** Fills in fields by their labels, in the first form that has them. */
    async fill(fields: Record<string, string>): Promise<void> {
      for (const [label, value] of Object.entries(fields))
        await page.getByLabel(label, { exact: true }).first().fill(value)
    },
    choose: (label: string, words: string) => page.getByLabel(label).selectOption({ label: words }),
    /** Presses a button and answers with what the page then says. */
    async press(name: string): Promise<string> {
      await loading(() => page.getByRole('button', { name, exact: true }).click())
      return (await page.locator('.said').allInnerTexts()).join(' ')
    },
    contrastOfEdges: () => page.locator('input:not([type=hidden]), select').evaluateAll(contrastOfEdges),
    /** @throws Error when the browser refused something, for example by the page's own policy */
    async close(): Promise<void> {
      await page.close()
      if (refused.length > 0) throw new Error(refused.join('\n'))
    },
  }
  return screen
}
