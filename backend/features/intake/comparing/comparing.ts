import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { halved, spanAfter, type Window, windowOf } from '../backfill/windows.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import type { ComparePlace } from '../positions.ts'
import { bringUpToDate } from './bringing-up-to-date.ts'
import { differs, isUndecided, type Stored } from './differing.ts'
import { listedIn } from './listing.ts'
import { firstIn, storedIn } from './stored.ts'

/** Mails that are written together. What was written does not differ any more, so a small quota still comes to an end. */
const TOGETHER = 25
/** More stored mails than that are not held in memory. */
const MOST = 1_000

/**
 * Compares the next stretch of time with Gmail and brings what stands here to what Gmail says now. Stretches without mail are passed
 * over, and each fits into one answer of Gmail, so that there is no page token that Google may forget.
 * @returns where to go on; null at the end
 */
export async function compareStretch(
  ctx: Ctx,
  mailbox: OpenMailbox,
  place: ComparePlace,
): Promise<ComparePlace | null> {
  const rest = { from: new Date(place.reachedAt), to: new Date(place.until) }
  const from = await inWorkspace(ctx, mailbox.workspaceId, (tx) => firstIn(tx, mailbox.id, rest), { reads: true })
  if (from === null) return null
  const window = windowOf({ reachedAt: from, until: rest.to, span: place.span })
  const stored = await storedOf(ctx, mailbox, window)
  const isFull = stored.length > MOST && place.span > 1
  const listed = isFull ? null : await listedIn(ctx, mailbox, window, stored.some(isUndecided))
  if (listed === null && place.span > 1) return { ...place, reachedAt: from.getTime(), span: halved(place.span) }
  if (listed !== null) {
    const changed = stored.filter((mail) => differs(mail, listed))
    for (let at = 0; at < changed.length; at += TOGETHER)
      await bringUpToDate(ctx, mailbox, changed.slice(at, at + TOGETHER))
  }
  return { ...place, reachedAt: window.to.getTime(), span: spanAfter(place.span, listed?.all.size ?? MOST) }
}

const storedOf = (ctx: Ctx, mailbox: OpenMailbox, window: Window): Promise<Stored[]> => {
  const isDivisible = window.to.getTime() - window.from.getTime() > 1_000
  return inWorkspace(
    ctx,
    mailbox.workspaceId,
    (tx) => storedIn(tx, mailbox.id, window, isDivisible ? MOST + 1 : 20 * MOST),
    { reads: true },
  )
}
