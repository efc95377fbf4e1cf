import type { GraphQLResolveInfo } from 'graphql'
import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { date, id, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { DraftRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { nothing, shareOf } from '../bags.ts'
import { customerIn } from '../customers/standing.ts'
import { addressOf } from '../orders/addresses.ts'
import { lineNet, lineOriginal } from '../orders/totals.ts'
import { numberKey, sortedBy } from '../sorting.ts'
import { beforeDiscount, discountOf, shippingOf, subtotalOf, taxOf, totalOf } from './draft-sums.ts'

interface DraftsArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

export const draftsResource: Resource = {
  queries: {
    draftOrder: (_: unknown, { id }: { id: Gid }, { shop }) => shop.tables.drafts.get(id) ?? null,
    draftOrders,
  },
  types: {
    DraftOrder: {
      legacyResourceId: (draft: DraftRecord) => legacyId(draft.id),
      note2: ({ note }: DraftRecord) => note,
      ready: () => true,
      order: ({ orderId }: DraftRecord, _args: unknown, { shop }) =>
        orderId && (shop.tables.orders.get(orderId) ?? null),
      customer: ({ customerId }: DraftRecord, _args: unknown, { shop }) => customerIn(shop, customerId),
      lineItems: ({ lines }: DraftRecord, args: PageArgs) => connectionOf(lines, args),
      shippingAddress: (draft: DraftRecord) => addressOf(draft.id, draft.shippingAddress),
      billingAddress: () => null,
      appliedDiscount: appliedDiscount,
      currencyCode: ({ currency }: DraftRecord) => currency,
      presentmentCurrencyCode: ({ presentmentCurrency }: DraftRecord) => presentmentCurrency,
      subtotalPriceSet: subtotalOf,
      totalPriceSet: totalOf,
      totalTaxSet: taxOf,
      totalShippingPriceSet: shippingOf,
      totalDiscountsSet: discountOf,
      totalLineItemsPriceSet: beforeDiscount,
      totalQuantityOfLineItems: ({ lines }: DraftRecord) => lines.reduce((units, { quantity }) => units + quantity, 0),
      taxesIncluded: () => true,
      taxExempt: () => false,
      invoiceSentAt: () => null,
      invoiceUrl: () => null,
      discountCodes: () => [],
      customAttributes: () => [],
      warnings: () => [],
      phone: () => null,
      paymentTerms: () => null,
      reserveInventoryUntil: () => null,
    },
    DraftOrderLineItem: {
      name: ({ title, variantTitle }: LineRecord) => (variantTitle ? `${title} - ${variantTitle}` : title),
      uuid: ({ id }: LineRecord) => legacyId(id),
      custom: ({ variantId }: LineRecord) => variantId === null,
      isGiftCard: ({ giftCard }: LineRecord) => giftCard,
      originalUnitPriceSet: ({ unitPrice }: LineRecord) => unitPrice,
      originalUnitPriceWithCurrency: ({ unitPrice }: LineRecord) => unitPrice.presentment,
      originalTotalSet: lineOriginal,
      discountedTotalSet: lineNet,
      approximateDiscountedUnitPriceSet: (line: LineRecord) => shareOf(lineNet(line), 1, line.quantity),
      totalDiscountSet: ({ discount }: LineRecord) => discount,
      variant: ({ variantId }: LineRecord, _args: unknown, { shop }) =>
        variantId && (shop.tables.variants.get(variantId) ?? null),
      product: ({ productId }: LineRecord, _args: unknown, { shop }) =>
        productId && (shop.tables.products.get(productId) ?? null),
      image: () => null,
      appliedDiscount: () => null,
      components: () => [],
    },
  },
}

function draftOrders(_: unknown, args: DraftsArgs, ctx: Ctx, info: GraphQLResolveInfo) {
  const found = [...foundIn(ctx, ctx.shop.tables.drafts, searchIn(ctx, info, args.query, draftFields))]
  return connectionOf(sortedBy(found, SORT_KEYS[args.sortKey]), args)
}

/** https://shopify.dev/docs/api/admin-graphql/latest/queries/draftOrders */
const draftFields: SearchFields<DraftRecord> = {
  default: text((draft) => [draft.name, draft.email, draft.note]),
  id: id((draft) => draft.id),
  customer_id: id((draft) => draft.customerId),
  created_at: date((draft) => draft.createdAt),
  updated_at: date((draft) => draft.updatedAt),
  status: word((draft) => draft.status),
  tag: word((draft) => draft.tags),
}

const SORT_KEYS: Record<string, (draft: DraftRecord) => string> = {
  UPDATED_AT: (draft) => draft.updatedAt,
  STATUS: (draft) => draft.status,
  NUMBER: (draft) => numberKey(Number(draft.name.replace(/\D/g, ''))),
  TOTAL_PRICE: (draft) => numberKey(totalOf(draft).shop.minor),
}

function appliedDiscount(draft: DraftRecord) {
  const { discount } = draft
  if (!discount) return null
  const { title, description, value, kind } = discount
  const amountSet = draft.lines.length === 0 ? nothing(draft) : discountOf(draft)
  return { title, description: description ?? '', value, valueType: kind, amountSet }
}
