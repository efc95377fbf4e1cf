import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Notice } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { FulfillmentOrderRecord, HoldRecord } from '../../store/records/shipping.ts'
import { carryOut, changing, currentWhole } from '../orders/changing.ts'
import { partById } from '../orders/visibility.ts'
import { splitOff } from './splitting.ts'

interface HoldInput {
  reason: string
  reasonNotes?: string | null
  handle: string
  externalId?: string | null
  fulfillmentOrderLineItems: { id: Gid; quantity: number }[]
}

interface ReleaseArgs {
  id: Gid
  holdIds?: Gid[] | null
  externalId?: string | null
}

/** https://shopify.dev/docs/api/admin-graphql/latest/mutations/fulfillmentOrderHold */
export const holdsResource: Resource = {
  mutations: {
    fulfillmentOrderHold: (_: unknown, { id, fulfillmentHold }: { id: Gid; fulfillmentHold: HoldInput }, ctx) => {
      const one = partById(ctx, 'fulfillmentOrders', id)
      if (!one) return refused(userError('id', 'Fulfillment order not found.', 'FULFILLMENT_ORDER_NOT_FOUND'))
      const error = cannotHold(ctx, one, fulfillmentHold)
      return error ? refused(error) : hold(ctx, one, fulfillmentHold)
    },
    fulfillmentOrderReleaseHold: (_: unknown, args: ReleaseArgs, ctx) => {
      const one = partById(ctx, 'fulfillmentOrders', args.id)
      if (!one) return refused(userError('id', 'Fulfillment order not found.', 'FULFILLMENT_ORDER_NOT_FOUND'))
      return release(ctx, one, args)
    },
  },
}

function cannotHold(
  { app }: Ctx,
  one: FulfillmentOrderRecord,
  { handle, fulfillmentOrderLineItems }: HoldInput,
): UserError | undefined {
  const own = one.holds.filter(({ appId }) => appId === app.clientId)
  if (one.status === 'CLOSED' || one.status === 'CANCELLED')
    return userError('id', 'The fulfillment order is not in a state that can be held.', null)
  if (own.length >= MOST)
    return userError(
      'id',
      'The maximum number of fulfillment holds for this fulfillment order has been reached for this app.',
      'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED',
    )
  if (handle.length > LONGEST_HANDLE)
    return userError(
      ['fulfillmentHold', 'handle'],
      `Handle is too long (maximum is ${LONGEST_HANDLE} characters)`,
      null,
    )
  if (own.some((hold) => (hold.handle ?? '') === handle))
    return userError(
      ['fulfillmentHold', 'handle'],
      'The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.',
      'DUPLICATE_FULFILLMENT_HOLD_HANDLE',
    )
  const at = ['fulfillmentHold', 'fulfillmentOrderLineItems']
  if (fulfillmentOrderLineItems.length > 0 && one.holds.length > 0)
    return userError(at, 'The fulfillment order is not splittable.', 'FULFILLMENT_ORDER_NOT_SPLITTABLE')
  if (new Set(fulfillmentOrderLineItems.map(({ id }) => id)).size < fulfillmentOrderLineItems.length)
    return userError(at, 'The fulfillment order line items are not unique.', 'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS')
  for (const { id, quantity } of fulfillmentOrderLineItems) {
    if (quantity < 1) return userError(at, 'The line item quantity must be greater than 0.', 'GREATER_THAN_ZERO')
    if (quantity > (one.lines.find((line) => line.id === id)?.remaining ?? 0))
      return userError(at, 'The line item quantity is invalid.', 'INVALID_LINE_ITEM_QUANTITY')
  }
  return undefined
}

const MOST = 10
const LONGEST_HANDLE = 64

function hold({ shop, app }: Ctx, whole: FulfillmentOrderRecord, input: HoldInput) {
  const { kept, rest } = splitOff(shop, whole, input.fulfillmentOrderLineItems)
  const made: HoldRecord = {
    id: shop.newGid('FulfillmentHold'),
    handle: input.handle,
    reason: input.reason,
    reasonNotes: input.reasonNotes ?? null,
    appId: app.clientId,
    externalId: input.externalId ?? null,
  }
  const held: FulfillmentOrderRecord = {
    ...kept,
    status: 'ON_HOLD',
    holds: [...kept.holds, made],
    updatedAt: shop.at(),
  }
  const notices: Notice[] = [
    ...(whole.status === 'ON_HOLD' ? [] : [{ topic: 'FULFILLMENT_ORDERS_PLACED_ON_HOLD', record: held }]),
    { topic: 'FULFILLMENT_HOLDS_ADDED', record: held, part: made.id },
  ]
  const puts = [held, ...(rest ? [rest] : [])].map((one) => put('fulfillmentOrders', one))
  const placed = shop.effect('hold.placed', {
    subjectId: whole.orderId,
    by: app.clientId,
    words: `Held: ${input.reasonNotes ?? input.reason}`,
  })
  carryOut(shop, { changes: [...puts, placed], notices }, changing(shop, currentWhole(shop, whole.orderId).order))
  return { fulfillmentHold: made, fulfillmentOrder: held, remainingFulfillmentOrder: rest, userErrors: [] }
}

/** Without ids all holds end. */
function release({ shop, app }: Ctx, one: FulfillmentOrderRecord, { holdIds, externalId }: ReleaseArgs) {
  const named = holdIds?.length ? one.holds.filter(({ id }) => holdIds.includes(id)) : one.holds
  const ending = externalId ? named.filter((hold) => hold.externalId === externalId) : named
  if (holdIds && ending.length < holdIds.length)
    return refused(userError('holdIds', 'Invalid access to fulfillment holds.', 'INVALID_ACCESS'))
  const holds = one.holds.filter((hold) => !ending.includes(hold))
  const status = holds.length === 0 && one.status === 'ON_HOLD' ? 'OPEN' : one.status
  const released: FulfillmentOrderRecord = { ...one, holds, status, updatedAt: shop.at() }
  const notices: Notice[] = [
    ...ending.map(({ id }) => ({ topic: 'FULFILLMENT_HOLDS_RELEASED', record: released, part: id })),
    ...(status === one.status ? [] : [{ topic: 'FULFILLMENT_ORDERS_HOLD_RELEASED', record: released }]),
  ]
  const freed = shop.effect('hold.released', {
    subjectId: one.orderId,
    by: app.clientId,
    words: `${ending.length} holds released`,
  })
  const act = changing(shop, currentWhole(shop, one.orderId).order)
  carryOut(shop, { changes: [put('fulfillmentOrders', released), freed], notices }, act)
  return { fulfillmentOrder: released, userErrors: [] }
}
