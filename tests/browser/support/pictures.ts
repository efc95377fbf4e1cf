import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

/** Pixels for each pixel of a phone: clear in a guide, and light enough to be read on a phone. */
export const PHONE_SCALE = 1.25

/** What a page of the documentation has room for, in pixels. */
const TALLEST = 1_200

/** Pixels beside and below a part of a page; what is above may be other words. */
const AROUND = 12

export const pictureNamed = (name: string): string =>
  fileURLToPath(new URL(`../../../docs/images/${name}.png`, import.meta.url))

/** A page of the desk from its top on, as a picture of the documentation. */
export async function takePage(page: Page, name: string): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.querySelector('body')?.scrollHeight ?? 0,
  }))
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST) }
  await page.screenshot({ path: pictureNamed(name), fullPage: true, clip })
}

/** A part of a page. */
export async function takePart(part: Locator, name: string): Promise<void> {
  await part.scrollIntoViewIfNeeded()
  const box = await part.boundingBox()
  if (!box) throw new Error(`Nothing is shown of ${name}`)
  const [top, left] = await part.page().evaluate(() => [scrollY, scrollX] as const)
  const { x, y, width, height } = box
  const clip = { x: x + left - AROUND, y: y + top, width: width + 2 * AROUND, height: height + AROUND }
  await part.page().screenshot({ path: pictureNamed(name), fullPage: true, clip })
}
