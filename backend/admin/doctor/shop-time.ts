import type { Ctx } from '../../context.ts'
import { systemClock } from '../../platform/clock.ts'
import { type Check, note, ok } from './check.ts'

const PATIENCE_MS = 5_000
/** Nothing breaks by it, because what is read is compared by Shopify's own times; ages on cards are wrong. */
const SKEW_SECONDS = 60

/** Whether Shopify and this machine have the same time. */
export async function shopTime({ config }: Ctx, domain: string): Promise<Check> {
  const url = config.shopify.url === null ? `https://${domain}/` : `${config.shopify.url}/${domain}/`
  try {
    const asked = systemClock.now()
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
    const off = Math.round((asked.getTime() - Date.parse(response.headers.get('date') ?? '')) / 1_000)
    if (Number.isNaN(off)) return note('clock', 'Shopify told no time.')
    if (Math.abs(off) <= SKEW_SECONDS) return ok('clock', 'agrees with Shopify')
    return note(
      'clock',
      `This machine is ${Math.abs(off)} seconds ${off > 0 ? 'ahead of' : 'behind'} Shopify; no order is lost by it, but ages on cards are wrong.`,
      'Turn on time synchronisation (NTP).',
    )
  } catch (error) {
    return note('clock', `Shopify told no time: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
