import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { PATIENCE_MS } from '../../support/browser.ts'
import { contrastOfEdges } from './edges.ts'
import type { Shop } from './open-shop.ts'

const PHONE = { width: 360, height: 740 }

/** Pixels that a finger meets, in both directions. */
const LEAST_TARGET = 44

type Size = { width: number; height: number }

/** A signed-in page in a phone's browser. @param scheme as the phone is set @param more another size, or pixels for each of it; whether our scripts may run */
export async function openPage(
  { browser, workbench }: Shop,
  scheme: 'light' | 'dark' = 'light',
  { size = PHONE, scripts = false, scale = 2 }: { size?: Size; scripts?: boolean; scale?: number } = {},
) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: scheme,
    deviceScaleFactor: scale,
    hasTouch: true,
    javaScriptEnabled: scripts, // the pages must work without
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const told: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && told.push(message.text())))
  const tapped = async (kind: 'button' | 'link', name: string | RegExp): Promise<void> => {
    await page.waitForLoadState() // of where a link led: its end is not the end of what is begun here
    const aim = page.getByRole(kind, typeof name === 'string' ? { name, exact: true } : { name }).first()
    await Promise.all([page.waitForEvent('load'), aim.tap()])
  }
  return {
    page,
    /** Goes where a link leads, and chooses an account when Google asks. */
    async open(path: string, who: string): Promise<void> {
      await page.goto(new URL(path, workbench.backend.url).href)
      if (!page.url().includes('/o/oauth2/')) return
      await page.getByRole('link', { name: `${who}@${SHOP.domain}` }).click()
      await page.waitForURL((url) => !url.pathname.startsWith('/o/oauth2/'))
    },
    /** Presses a button with a finger, and waits for the page to which it leads. @param name all of it, or a part as a pattern */
    press: (name: string | RegExp) => tapped('button', name),
    /** Follows a link, and waits for the page to which it leads. */
    follow: (name: string | RegExp) => tapped('link', name),
    async text(): Promise<string> {
      await page.waitForLoadState()
      return ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ')
    },
    /** How far a reader would have to scroll sideways, in pixels. */
    tooWide: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    /** What a reader would stumble over in any page, in words; nothing is good. */
    stumblingBlocks: async (): Promise<string[]> => [...(await page.evaluate(blocksOf)), ...told.splice(0)],
    contrastOfEdges: () =>
      page
        .locator('main :is(input:not([type=hidden], [type=checkbox]), select, textarea)')
        .evaluateAll(contrastOfEdges),
    /** What a finger would miss, in words; nothing is good. */
    smallTargets: (): Promise<string[]> => page.evaluate(smallTargetsOf, LEAST_TARGET),
    close: () => context.close(),
  }
}

/** Runs in the page. */
function blocksOf(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement
  const main = document.querySelector('main')?.cloneNode(true) as Element | undefined
  for (const code of main?.querySelectorAll('code') ?? []) code.remove() // words of other programs
  const named = [...(main?.querySelectorAll('[aria-label]') ?? [])].map((one) => one.getAttribute('aria-label'))
  const read = [main?.textContent, ...named].join(' ')
  const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  const nameless = fields.filter((field) => {
    const labels = [...((field as HTMLInputElement).labels ?? [])].map((label) => label.textContent ?? '')
    return `${labels.join('')}${field.getAttribute('aria-label') ?? ''}`.trim() === ''
  })
  const ids = read.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
  const codes = read.match(/\bundefined\b|\bNaN\b|\[object /g) ?? []
  const headings = document.querySelectorAll('h1').length
  return [
    ...(scrollWidth > clientWidth ? [`is ${scrollWidth - clientWidth} pixels too wide`] : []),
    ...(headings === 1 ? [] : [`has ${headings} headings of the first level`]),
    ...nameless.map((field) => `has a field without a label: ${field.getAttribute('name')}`),
    ...[...ids, ...codes].map((text) => `says ${text}`),
  ]
}

/** Runs in the page. A link inside of a sentence may be as small as its words. */
function smallTargetsOf(least: number): string[] {
  const lettersOf = (one: Element) => (one.textContent ?? '').replaceAll(/\W/g, '').length
  const isInSentence = (one: Element) => {
    const around = one.parentElement
    if (!(one instanceof HTMLAnchorElement && around) || getComputedStyle(one).display !== 'inline') return false
    const linked = [...around.querySelectorAll('a')].reduce((sum, link) => sum + lettersOf(link), 0)
    return lettersOf(around) > linked
  }
  const isForEars = (one: Element) => getComputedStyle(one).clipPath !== 'none'
  return [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
    .filter((one) => one.checkVisibility() && !isInSentence(one) && !isForEars(one))
    .flatMap((one) => {
      const { width, height } = (one.closest('label:has(> [type=checkbox])') ?? one).getBoundingClientRect()
      if (width > least - 1 && height > least - 1) return []
      const name = (one.textContent || one.getAttribute('aria-label') || one.getAttribute('name')) ?? ''
      return [`${one.nodeName.toLowerCase()} «${name.trim()}» is ${Math.round(width)} x ${Math.round(height)}`]
    })
}
