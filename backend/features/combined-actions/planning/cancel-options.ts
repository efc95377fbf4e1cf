import type { LiveOrder } from './live-order.ts'
import type { CancelOptions } from './options.ts'

/** Only what has not been sent can be cancelled. */
export function cancelOptions(live: LiveOrder): CancelOptions {
  const lines = live.lines
    .filter(({ unsent }) => unsent > 0)
    .map(({ id, title, unsent }) => ({ lineId: id, title, most: unsent, why: null }))
  const why = whyNothing(live, lines.length)
  return { why, whole: { why: why ?? whyNotWhole(live) }, lines: why === null ? lines : [] }
}

function whyNothing({ name, cancelledAt, returning, stage }: LiveOrder, lines: number): string | null {
  if (cancelledAt !== null) return `${name} is cancelled already.`
  if (stage === 'delivered') return `${name} has been delivered, so it cannot be cancelled. Refund it instead.`
  if (stage === 'sent') return `${name} has been sent, so it cannot be cancelled. Refund it instead.`
  if (returning)
    return `${name} has an open return, and until that is closed in Shopify it cannot be cancelled. Refund it instead.`
  return lines === 0 ? `Nothing of ${name} is left to cancel.` : null
}

const whyNotWhole = ({ name, stage }: LiveOrder): string | null =>
  stage === 'partly' ? `A part of ${name} has been sent. Cancel the lines that have not.` : null
