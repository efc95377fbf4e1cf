import { z } from 'zod'
import type { Ask } from '../asking.ts'
import { ShopifyThrottled, ShopifyUnavailable } from '../failures.ts'
import * as operations from '../operations/orders.ts'
import { FirstPages } from '../reading/order.ts'
import { connection, Gid, Instant, type Page } from '../reading/values.ts'
import type { ShopOrder } from '../shop-order.ts'
import type { Lane } from '../throttling.ts'
import { OrderMoved, wholeOrder } from '../whole-order.ts'

/** Newest first by when they were placed, or by when they last changed. */
export type OrderSort = 'newest' | 'recently_changed'

export type OrderSearch = {
  /** Shopify's search language; words of people go in through `searchTerm`. The index lags behind writes. */
  query: string
  after?: string | null | undefined
  /** At most 5, which is also what is asked for when it is left out: orders are read whole. */
  first?: number
  sort?: OrderSort
  lane: Lane
}

const SORT_KEYS: Record<OrderSort, string> = { newest: 'PROCESSED_AT', recently_changed: 'UPDATED_AT' }

const One = z.object({ order: FirstPages.nullable() })
const Many = z.object({ orders: connection(FirstPages) })
/** An id may lead to something else; an order that we cannot read is still there, so it must not pass for one that is gone. */
const isOrder = (node: unknown) => z.object({ __typename: z.literal('Order') }).safeParse(node).success
const ById = z.object({
  nodes: z.array(z.preprocess((node) => (isOrder(node) ? node : null), FirstPages.nullable())),
})
const Changed = z.object({ orders: connection(z.object({ id: Gid, updatedAt: Instant })) })

/** How often an order that changes while its pages are read is begun again. */
const READS = 3

/** Orders with all their pages, in one state of each order; errors as of `asker`. */
export function orderCalls(ask: Ask) {
  async function order(id: string, lane: Lane): Promise<ShopOrder | null> {
    for (let read = 0; read < READS; read++) {
      const { order: first } = await ask(operations.order, One, { variables: { id }, lane })
      if (!first) return null
      const whole = await unlessMoved(wholeOrder(ask, first, operations.LIST_IN_ONE, lane))
      if (whole) return whole
    }
    throw new ShopifyUnavailable('The order keeps changing while it is read.', { retryAfter: 2 })
  }

  const whole = async (first: FirstPages, lane: Lane) =>
    (await unlessMoved(wholeOrder(ask, first, operations.LIST_IN_MANY, lane))) ?? order(first.id, lane)

  return {
    /** An order with every line, transaction, refund and fulfilment, straight from Shopify's books; null when it is gone. */
    order,

    /** Whole orders by search. */
    async orders({ query, after, first, sort = 'newest', lane }: OrderSearch): Promise<Page<ShopOrder>> {
      const page = await ask(operations.orders, Many, {
        variables: {
          query,
          first: Math.min(first ?? operations.ORDERS_PER_PAGE, operations.ORDERS_PER_PAGE),
          after: after ?? null,
          sortKey: SORT_KEYS[sort],
          reverse: true,
        },
        lane,
      })
      return {
        items: await inTurn(page.orders.items, (found) => whole(found, lane)).then(present),
        next: page.orders.next,
      }
    },

    /**
     * Whole orders by id, in the order of the ids; null where there is none, or none that we may see. Where the rate limit ends on
     * the way it is only the first of them, and at least one: what was paid for is not thrown away.
     */
    async ordersById(ids: string[], lane: Lane): Promise<(ShopOrder | null)[]> {
      const found: (ShopOrder | null)[] = []
      try {
        for (let at = 0; at < ids.length; at += operations.ORDERS_PER_BATCH) {
          const batch = ids.slice(at, at + operations.ORDERS_PER_BATCH)
          const { nodes } = await ask(operations.ordersById, ById, { variables: { ids: batch }, lane })
          for (const node of nodes) found.push(node && (await whole(node, lane)))
        }
      } catch (error) {
        if (!(error instanceof ShopifyThrottled) || found.length === 0) throw error
      }
      return found
    },

    /** What changed since an instant of Shopify's clock, oldest change first; only ids, to be cheap. */
    async changedSince({ since, after, lane }: { since: Date; after?: string | null | undefined; lane: Lane }) {
      const query = `updated_at:>='${since.toISOString()}'`
      const { orders } = await ask(operations.changedSince, Changed, {
        variables: { query, after: after ?? null },
        lane,
      })
      return orders
    },
  }
}

const present = (orders: (ShopOrder | null)[]) => orders.filter((order) => order !== null)

/** One after the other: the shop's rate limit is shared, and one page is enough in flight. */
async function inTurn<T, U>(items: T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = []
  for (const item of items) done.push(await work(item))
  return done
}

async function unlessMoved(reading: Promise<ShopOrder>): Promise<ShopOrder | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof OrderMoved) return null
    throw error
  }
}
