import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What keeps somebody from using a page; axe-core finds lesser things, too. */
const GRAVE: readonly unknown[] = ['serious', 'critical']

/** Of all rules those that ask how something looks, and not what it is: the others say the same in every size and colour. */
const OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']

type Asked = { /** A part of the page alone, as a selector. */ within?: string | undefined; rules?: 'all' | 'looks' }

/**
 * What axe-core has against a page as it is shown now, one line each; nothing is good. Our scripts must be let run in it.
 * @param asked which part, and by which rules; all of both
 */
export async function faultsOf(page: Page, { within = 'html', rules = 'all' }: Asked = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const only = rules === 'looks' ? { runOnly: OF_LOOKS } : {}
  const { violations } = await page.evaluate(
    ([part, more]) =>
      (window as unknown as { axe: typeof axe }).axe.run(part, {
        resultTypes: ['violations'],
        iframes: false,
        preload: false,
        ...more,
      }),
    [within, only] as const,
  )
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${impact} ${id} at ${target.join(' ')}: ${oneLine(failureSummary)}`,
      ),
    )
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')
