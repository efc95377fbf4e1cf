import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import type { ReturnRecord } from '../../store/records/shipping.ts'
import { addedVariant } from '../edits/new-lines.ts'
import { carryOut, changing } from '../orders/changing.ts'
import { orderById } from '../orders/visibility.ts'
import { type Whole, wholeOf } from '../orders/whole.ts'
import { listing } from '../shipping/listing.ts'
import { mainLocation, stockChanges } from '../stock.ts'
import { reasonById } from './reasons.ts'
import { returnableUnits, sentLine } from './returnable.ts'

interface ReturnInput {
  orderId: Gid
  returnLineItems: {
    fulfillmentLineItemId: Gid
    quantity: number
    returnReasonDefinitionId?: Gid | null
    returnReason?: string | null
    returnReasonNote?: string | null
  }[]
  exchangeLineItems?: { variantId?: Gid | null; quantity: number; appliedDiscount?: unknown }[] | null
}

/** https://shopify.dev/docs/api/admin-graphql/latest/mutations/returnCreate */
export const returnCreateResource: Resource = {
  mutations: {
    returnCreate: (_: unknown, { returnInput }: { returnInput: ReturnInput }, ctx) => {
      const order = orderById(ctx, returnInput.orderId)
      if (!order) return refused(userError(['returnInput', 'orderId'], 'Order not found.', 'NOT_FOUND'))
      const whole = wholeOf(ctx.shop, order)
      const error = cannotReturn(ctx, whole, returnInput)
      return error ? refused(error) : create(ctx, whole, returnInput)
    },
  },
}

function cannotReturn(
  { shop }: Ctx,
  whole: Whole,
  { returnLineItems, exchangeLineItems }: ReturnInput,
): UserError | undefined {
  if (returnLineItems.length === 0)
    return userError(['returnInput', 'returnLineItems'], "Return line items can't be blank.", 'BLANK')
  for (const [index, input] of returnLineItems.entries()) {
    const at = (name: string) => ['returnInput', 'returnLineItems', String(index), name]
    const left = returnableUnits(whole, input.fulfillmentLineItemId)
    const earlier = returnLineItems.slice(0, index)
    if (earlier.some(({ fulfillmentLineItemId }) => fulfillmentLineItemId === input.fulfillmentLineItemId))
      return userError(at('fulfillmentLineItemId'), 'Fulfillment line item is named twice.', 'INVALID')
    if (left === 0)
      return userError(at('fulfillmentLineItemId'), 'Fulfillment line item cannot be returned.', 'NOT_FOUND')
    if (input.quantity < 1 || input.quantity > left)
      return userError(at('quantity'), `Return line item has an invalid quantity.`, 'INVALID')
    if ((input.returnReasonNote ?? '').length > 255)
      return userError(at('returnReasonNote'), 'Return reason note is too long (maximum is 255 characters)', 'TOO_LONG')
    if (!input.returnReason && !reasonById(input.returnReasonDefinitionId ?? null))
      return userError(at('returnReasonDefinitionId'), "Return reason can't be blank.", 'BLANK')
  }
  const unknown = exchangeLineItems?.find(({ variantId }) => !variantId || !shop.tables.variants.get(variantId))
  return unknown && userError(['returnInput', 'exchangeLineItems'], 'Variant not found.', 'NOT_FOUND')
}

function create({ shop, app }: Ctx, whole: Whole, { returnLineItems, exchangeLineItems }: ReturnInput) {
  const added = (exchangeLineItems ?? []).flatMap(({ variantId, quantity }) => {
    const line = addedVariant(shop, { orderId: whole.order.id }, variantId ?? '', quantity)
    return line ? [line] : []
  })
  const made: ReturnRecord = {
    id: shop.newGid('Return'),
    orderId: whole.order.id,
    name: `${whole.order.name}-R${whole.returns.length + 1}`,
    status: 'OPEN',
    createdAt: shop.at(),
    closedAt: null,
    lines: returnLineItems.map(({ fulfillmentLineItemId, quantity, returnReasonDefinitionId, returnReasonNote }) => ({
      id: shop.newGid('ReturnLineItem'),
      fulfillmentLineId: fulfillmentLineItemId,
      lineId: sentLine(whole, fulfillmentLineItemId)?.lineId ?? '',
      quantity,
      processed: 0,
      reasonId: returnReasonDefinitionId ?? null,
      note: returnReasonNote || null,
    })),
    exchangeLines: added.map(({ id, quantity }) => ({
      id: shop.newGid('ExchangeLineItem'),
      lineId: id,
      quantity,
      processed: 0,
    })),
  }
  const { changes, notices, order } = changing(shop, whole.order, { lines: [...whole.order.lines, ...added] })
  carryOut(shop, {
    changes: [
      ...changes,
      put('returns', made),
      ...waitingFor(shop, order, added),
      shop.effect('return.made', { subjectId: order.id, by: app.clientId, words: `Return ${made.name}` }),
    ],
    notices: [{ topic: 'RETURNS_APPROVE', record: made }, ...notices],
  })
  return { return: made, userErrors: [] }
}

/** What goes out in exchange waits until the return has come in. */
function waitingFor(shop: Ctx['shop'], order: Whole['order'], added: LineRecord[]) {
  const list = listing(
    shop,
    order,
    added.map((line) => ({ line, units: line.quantity })),
  )
  if (!list) return []
  const hold = {
    id: shop.newGid('FulfillmentHold'),
    handle: null,
    reason: 'AWAITING_RETURN_ITEMS',
    reasonNotes: null,
    appId: null,
    externalId: null,
  }
  const moves = added.map(({ variantId, quantity }) => ({
    variantId,
    locationId: mainLocation(shop),
    units: quantity,
    how: 'commit' as const,
  }))
  return [put('fulfillmentOrders', { ...list, status: 'ON_HOLD', holds: [hold] }), ...stockChanges(shop, moves)]
}
