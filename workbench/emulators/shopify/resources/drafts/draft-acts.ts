import { gidOf } from '../../graphql/gid.ts'
import { refused, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Notice, Shop } from '../../shop.ts'
import { drop, put } from '../../store/entries.ts'
import type { DraftRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import { placing } from '../../world/buying.ts'
import { metafieldError, metafieldsFor } from '../metafields/with-owner.ts'
import { addressIn } from '../orders/addresses.ts'
import { moving } from '../orders/changing.ts'
import { currentQuantity } from '../orders/quantities.ts'
import { current } from '../orders/totals.ts'
import { orderById } from '../orders/visibility.ts'
import { type Whole, wholeOf } from '../orders/whole.ts'
import { completed } from './completing.ts'
import { cannotDraft, type DraftInput, discountIn, draftLines, shippingIn } from './draft-input.ts'

export const draftActsResource: Resource = {
  mutations: {
    draftOrderCreate: (_: unknown, { input }: { input: DraftInput }, ctx) => create(ctx, input),
    draftOrderCreateFromOrder: (_: unknown, { orderId }: { orderId: Gid }, ctx) => {
      const order = orderById(ctx, orderId)
      return order
        ? keep(ctx.shop, copyOf(ctx.shop, wholeOf(ctx.shop, order)))
        : refused(userError('orderId', 'Order does not exist'))
    },
    draftOrderComplete: (_: unknown, args: { id: Gid; sourceName?: string | null; paymentPending: boolean }, ctx) =>
      complete(ctx, args),
    draftOrderDelete: (_: unknown, { input }: { input: { id: Gid } }, { shop }) => {
      const draft = shop.tables.drafts.get(input.id)
      if (!draft) return refused(userError('id', 'Draft order does not exist'))
      shop.commit([drop('drafts', draft.id)], [{ topic: 'DRAFT_ORDERS_DELETE', record: draft }])
      return { deletedId: draft.id, userErrors: [] }
    },
  },
}

const NOT_MADE_YET = gidOf('DraftOrder', 0)

function create(ctx: Ctx, input: DraftInput) {
  const { shop } = ctx
  const error = cannotDraft(shop, input) ?? metafieldError(ctx, NOT_MADE_YET, input.metafields)
  if (error) return refused(error)
  const money = { currency: shop.seed.currency, presentmentCurrency: shop.seed.currency, rate: '1' }
  const customerId = input.purchasingEntity?.customerId ?? input.customerId ?? null
  const draft: DraftRecord = {
    ...fresh(shop),
    customerId,
    email: input.email ?? (customerId && shop.tables.customers.get(customerId)?.email) ?? null,
    note: input.note ?? null,
    tags: [...new Set(input.tags ?? [])].sort(),
    ...money,
    lines: draftLines(shop, input, money),
    discount: discountIn(input.appliedDiscount),
    shippingLine: shippingIn(input, money),
    shippingAddress: input.shippingAddress ? addressIn(input.shippingAddress) : null,
  }
  return keep(shop, draft, metafieldsFor(ctx, draft.id, input.metafields))
}

/** Lines as they stand in the order now; what was refunded is not copied. */
function copyOf(shop: Shop, whole: Whole): DraftRecord {
  const { customerId, email, currency, presentmentCurrency, rate, shippingAddress } = whole.order
  const lines = whole.order.lines.filter((line) => currentQuantity(whole, line) > 0)
  return {
    ...fresh(shop),
    ...{ customerId, email, currency, presentmentCurrency, rate, shippingAddress },
    note: null,
    tags: [],
    lines: lines.map((line) => ({
      ...line,
      id: shop.newGid('DraftOrderLineItem'),
      quantity: currentQuantity(whole, line),
      removed: 0,
      discount: current(whole, line, line.discount),
      tax: current(whole, line, line.tax),
    })),
    discount: null,
    shippingLine: null,
  }
}

/** Completing twice gives the same order and says so. */
function complete(
  { shop, app }: Ctx,
  { id, sourceName, paymentPending }: { id: Gid; sourceName?: string | null; paymentPending: boolean },
) {
  const draft = shop.tables.drafts.get(id)
  if (!draft) return refused(userError('id', 'Draft order does not exist'))
  if (draft.status === 'COMPLETED')
    return { ...refused(userError('id', 'This order has been paid')), draftOrder: draft }
  const { order, transactions } = completed(shop, draft, {
    sourceName: sourceName ?? app.clientId,
    appId: app.clientId,
    paymentPending,
  })
  const done: DraftRecord = {
    ...draft,
    status: 'COMPLETED',
    completedAt: shop.at(),
    updatedAt: shop.at(),
    orderId: order.id,
  }
  const notices: Notice[] = [
    { topic: 'ORDERS_CREATE', record: order },
    ...transactions.flatMap((one) => moving(one).notices),
    { topic: 'DRAFT_ORDERS_UPDATE', record: done },
  ]
  shop.commit([...placing(shop, order, transactions), put('drafts', done)], notices)
  return { draftOrder: done, userErrors: [] }
}

function keep(shop: Shop, draft: DraftRecord, more: ReturnType<typeof metafieldsFor> = []) {
  shop.commit([put('drafts', draft), ...more], [{ topic: 'DRAFT_ORDERS_CREATE', record: draft }])
  return { draftOrder: draft, userErrors: [] }
}

const fresh = (shop: Shop) => ({
  id: shop.newGid('DraftOrder'),
  name: `#D${shop.tables.drafts.size + 1}`,
  status: 'OPEN' as const,
  createdAt: shop.at(),
  updatedAt: shop.at(),
  completedAt: null,
  orderId: null,
})
