import { z } from 'zod'
import type { MarkedOrder } from '../acts.ts'
import type { Ask } from '../asking.ts'
import { MARKED_REFUNDS, marks } from '../operations/marks.ts'
import { standingLists } from '../operations/standing.ts'
import { RefundOf } from '../reading/refund-made.ts'
import { StandingLists } from '../reading/standing.ts'
import { Both, connection, Gid, Instant, type Page } from '../reading/values.ts'
import type { Lane } from '../throttling.ts'

const Marked = z.object({
  id: Gid,
  name: z.string(),
  updatedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancellation: z.object({ staffNote: z.string().nullable() }).nullable(),
  sourceIdentifier: z.string().nullable(),
  tags: z.array(z.string()),
  totalRefundedSet: Both,
  refunds: z.array(RefundOf),
})
const Many = z.object({ orders: connection(Marked) })
const Lists = z.object({ order: StandingLists.nullable() })

/** What bears our marks in the shop, so that the books can be compared with it; errors as of `asker`. */
export function markCalls(ask: Ask) {
  /** All refunds of an order that has more than a page holds; none when it was deleted meanwhile. */
  async function refundsOf({ id, refunds }: z.output<typeof Marked>, lane: Lane) {
    if (refunds.length < MARKED_REFUNDS) return refunds
    const { order } = await ask(standingLists, Lists, { variables: { id }, lane })
    return order?.refunds ?? []
  }

  return {
    /** What changed since an instant of Shopify's clock, oldest change first, with what bears our marks; ten orders a page. */
    async marksOf(
      { since, after }: { since: Date; after?: string | null | undefined },
      lane: Lane,
    ): Promise<Page<MarkedOrder>> {
      const variables = { query: `updated_at:>='${since.toISOString()}'`, after: after ?? null }
      const { orders } = await ask(marks, Many, { variables, lane })
      const items: MarkedOrder[] = []
      for (const order of orders.items) {
        const { cancellation, totalRefundedSet, ...head } = order
        const refunds = (await refundsOf(order, lane)).map((refundOf) => refundOf(totalRefundedSet))
        items.push({ ...head, staffNote: cancellation?.staffNote ?? null, refunds })
      }
      return { items, next: orders.next }
    },
  }
}
