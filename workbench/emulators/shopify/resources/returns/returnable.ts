import { gidOf, legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { FulfillmentRecord } from '../../store/records/shipping.ts'
import { currentQuantity } from '../orders/quantities.ts'
import { orderById } from '../orders/visibility.ts'
import { lineById, type Whole, wholeOf } from '../orders/whole.ts'
import { sentLinesOf } from '../shipping/fulfillments.ts'
import { REASONS } from './reasons.ts'

interface ReturnableSource {
  id: Gid
  fulfillment: FulfillmentRecord
  whole: Whole
}

export const returnablesResource: Resource = {
  queries: {
    returnableFulfillments: (_: unknown, args: PageArgs & { orderId: Gid }, ctx) =>
      connectionOf(returnables(ctx, args.orderId), args),
    returnReasonDefinitions: (_: unknown, args: PageArgs & { ids?: Gid[]; handles?: string[] }) =>
      connectionOf(
        REASONS.filter(
          ({ id, handle }) => (!args.ids || args.ids.includes(id)) && (!args.handles || args.handles.includes(handle)),
        ),
        args,
      ),
  },
  types: {
    ReturnableFulfillment: {
      returnableFulfillmentLineItems: ({ fulfillment, whole }: ReturnableSource, args: PageArgs, ctx) => {
        const lines = sentLinesOf(ctx, fulfillment).map((fulfillmentLineItem) => ({
          id: fulfillmentLineItem.id,
          quantity: returnableUnits(whole, fulfillmentLineItem.id),
          fulfillmentLineItem,
        }))
        return connectionOf(
          lines.filter(({ quantity }) => quantity > 0),
          args,
        )
      },
    },
  },
}

/** Units of a line of a parcel that were sent, are still the customer's, and are in no return yet. */
export function returnableUnits(whole: Whole, fulfillmentLineId: Gid): number {
  const sent = sentLine(whole, fulfillmentLineId)
  const line = sent && lineById(whole, sent.lineId)
  if (!sent || !line) return 0
  const open = whole.returns.filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')
  const coming = open
    .flatMap(({ lines }) => lines)
    .filter((part) => part.fulfillmentLineId === fulfillmentLineId)
    .reduce((units, { quantity }) => units + quantity, 0)
  return Math.max(0, Math.min(sent.quantity - coming, currentQuantity(whole, line)))
}

export const sentLine = ({ fulfillments }: Whole, id: Gid) =>
  fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ lines }) => lines)
    .find((line) => line.id === id)

function returnables(ctx: Ctx, orderId: Gid): ReturnableSource[] {
  const order = orderById(ctx, orderId)
  if (!order) return []
  const whole = wholeOf(ctx.shop, order)
  return whole.fulfillments
    .filter(({ status, lines }) => status === 'SUCCESS' && lines.some(({ id }) => returnableUnits(whole, id) > 0))
    .map((fulfillment) => ({ id: gidOf('ReturnableFulfillment', legacyId(fulfillment.id)), fulfillment, whole }))
}
