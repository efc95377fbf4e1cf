import { z } from 'zod'
import type { Ask } from './asking.ts'
import { orderHolds, orderLines, orderLongLists, refundLines } from './operations/orders.ts'
import { Fulfilment, Holding } from './reading/fulfilment.ts'
import { Line } from './reading/line.ts'
import { type FirstPages, presentOrder } from './reading/order.ts'
import { Refund, RefundLine } from './reading/refund.ts'
import { Transaction } from './reading/transaction.ts'
import { connection, Instant, type Page } from './reading/values.ts'
import type { ShopOrder, ShopRefund } from './shop-order.ts'
import type { Lane } from './throttling.ts'

const LinesPage = z.object({ order: z.object({ updatedAt: Instant, lineItems: connection(Line) }).nullable() })
const HoldsPage = z.object({
  order: z.object({ updatedAt: Instant, fulfillmentOrders: connection(Holding) }).nullable(),
})
const LongLists = z.object({
  order: z
    .object({
      updatedAt: Instant,
      transactions: z.array(Transaction),
      fulfillments: z.array(Fulfilment),
      refunds: z.array(Refund),
    })
    .nullable(),
})
const RefundLinesPage = z.object({
  refund: z.object({ order: z.object({ updatedAt: Instant }), refundLineItems: connection(RefundLine) }).nullable(),
})

/** The order changed, or was deleted, while its pages were read: what we hold belongs to no moment. Read it again. */
export class OrderMoved extends Error {
  override name = 'OrderMoved'
}

/**
 * Follows every list of an order to its end.
 * @param listSize how many transactions, fulfilments and refunds were asked for: a full list may go on
 * @throws OrderMoved
 */
export async function wholeOrder(ask: Ask, first: FirstPages, listSize: number, lane: Lane): Promise<ShopOrder> {
  const { id } = first
  const same = <T extends { updatedAt: Date }>(page: T | null): T => {
    if (page?.updatedAt.getTime() !== first.updatedAt.getTime()) throw new OrderMoved()
    return page
  }
  const lines = await followed(first.lineItems, async (after) => {
    const { order } = await ask(orderLines, LinesPage, { variables: { id, after }, lane })
    return same(order).lineItems
  })
  const holdings = await followed(first.fulfillmentOrders, async (after) => {
    const { order } = await ask(orderHolds, HoldsPage, { variables: { id, after }, lane })
    return same(order).fulfillmentOrders
  })
  const mayGoOn = [first.transactions, first.fulfillments, first.refunds].some(({ length }) => length >= listSize)
  const lists = mayGoOn ? same((await ask(orderLongLists, LongLists, { variables: { id }, lane })).order) : first
  const refunds: ShopRefund[] = []
  for (const { refund, lines: firstLines } of lists.refunds) {
    const lines = await followed(firstLines, async (after) => {
      const page = (await ask(refundLines, RefundLinesPage, { variables: { id: refund.id, after }, lane })).refund
      same(page?.order ?? null)
      return page?.refundLineItems ?? { items: [], next: null }
    })
    refunds.push({ ...refund, lines })
  }
  return presentOrder(
    { ...first, transactions: lists.transactions, fulfillments: lists.fulfillments },
    { lines, refunds, holds: holdings.flatMap(({ fulfillmentHolds }) => fulfillmentHolds) },
  )
}

/** A list to its end, from its first page. */
export async function followed<T>(first: Page<T>, next: (after: string) => Promise<Page<T>>): Promise<T[]> {
  const items = [...first.items]
  for (let after = first.next; after !== null; ) {
    const page = await next(after)
    items.push(...page.items)
    after = page.next
  }
  return items
}
