import type { Ctx } from '../../../context.ts'
import type { Entry } from '../../../platform/journal.ts'

/** Shopify keeps a key for 24 hours after its first use; an hour is left for clocks and calls (facts/shopify-meta.md section 1.3). */
const KEY_MS = 23 * 3_600_000

/** Whether what was sent once, with an end that nobody saw, must not be sent again. */
export const isTooOld = (ctx: Pick<Ctx, 'clock'>, { sentAt }: Pick<Entry<unknown>, 'sentAt'>): boolean =>
  ctx.clock.now().getTime() - sentAt.getTime() >= KEY_MS
