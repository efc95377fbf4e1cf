import { z } from 'zod'
import type { OrderStanding } from './acts.ts'
import type { Ask } from './asking.ts'
import * as operations from './operations/standing.ts'
import {
  StandingLine,
  StandingLists,
  type StandingPages,
  ToSend,
  ToSendLine,
  type ToSendPages,
} from './reading/standing.ts'
import { connection, Instant } from './reading/values.ts'
import type { Lane } from './throttling.ts'
import { followed, OrderMoved } from './whole-order.ts'

const LinesPage = z.object({ order: z.object({ updatedAt: Instant, lineItems: connection(StandingLine) }).nullable() })
const ToSendPage = z.object({
  order: z.object({ updatedAt: Instant, fulfillmentOrders: connection(ToSend) }).nullable(),
})
const Lists = z.object({ order: StandingLists.nullable() })
const ToSendLinesPage = z.object({
  fulfillmentOrder: z.object({ order: z.object({ updatedAt: Instant }), lineItems: connection(ToSendLine) }).nullable(),
})

/**
 * Follows every list to its end.
 * @throws OrderMoved when the order changed meanwhile
 */
export async function wholeStanding(ask: Ask, first: StandingPages, lane: Lane): Promise<OrderStanding> {
  const { id } = first
  const same = sameAs(first)
  const lines = await followed(first.lineItems, async (after) => {
    const { order } = await ask(operations.standingLines, LinesPage, { variables: { id, after }, lane })
    return same(order).lineItems
  })
  const full = [first.refunds, first.fulfillments].some(({ length }) => length >= operations.STANDING_LIST)
  const lists = full ? same((await ask(operations.standingLists, Lists, { variables: { id }, lane })).order) : first
  const fulfilmentOrders = await wholeToSend(ask, first, lane)
  return { ...presentHead(first), ...presentLists(lists, first), lines, fulfilmentOrders }
}

/**
 * Follows what is still to be sent to its end.
 * @throws OrderMoved when the order changed meanwhile
 */
export async function wholeToSend(
  ask: Ask,
  first: ToSendPages,
  lane: Lane,
): Promise<OrderStanding['fulfilmentOrders']> {
  const same = sameAs(first)
  const toSend = await followed(first.fulfillmentOrders, async (after) => {
    const { order } = await ask(operations.standingToSend, ToSendPage, { variables: { id: first.id, after }, lane })
    return same(order).fulfillmentOrders
  })
  const linesOf = (one: ToSend) =>
    followed(one.lineItems, async (after) => {
      const page = await ask(operations.toSendLines, ToSendLinesPage, { variables: { id: one.id, after }, lane })
      same(page.fulfillmentOrder?.order)
      return page.fulfillmentOrder?.lineItems ?? { items: [], next: null }
    })
  const fulfilmentOrders: OrderStanding['fulfilmentOrders'] = []
  for (const one of toSend) fulfilmentOrders.push({ ...presentToSend(one), lines: await linesOf(one) })
  return fulfilmentOrders
}

const sameAs =
  (first: { updatedAt: Date }) =>
  <T extends { updatedAt: Date }>(page: T | null | undefined): T => {
    if (page?.updatedAt.getTime() !== first.updatedAt.getTime()) throw new OrderMoved()
    return page
  }

const presentHead = (order: StandingPages) => ({
  id: order.id,
  name: order.name,
  updatedAt: order.updatedAt,
  cancelledAt: order.cancelledAt,
  cancelReason: order.cancelReason,
  staffNote: order.cancellation?.staffNote ?? null,
  financialStatus: order.displayFinancialStatus,
  fulfilmentStatus: order.displayFulfillmentStatus,
  closed: order.closed,
  refunded: order.totalRefundedSet,
})

const presentLists = (lists: Pick<StandingPages, 'refunds' | 'fulfillments'>, { totalRefundedSet }: StandingPages) => ({
  refunds: lists.refunds.map((refundOf) => refundOf(totalRefundedSet)),
  parcels: lists.fulfillments,
})

const presentToSend = ({ id, status, requestStatus, fulfillmentHolds }: ToSend) => ({
  id,
  status,
  requestStatus,
  holds: fulfillmentHolds,
})
