import { gidOf, legacyId } from '../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../graphql/pages.ts'
import type { Resource } from '../graphql/resource.ts'
import { date, id, type SearchFields, text, word } from '../graphql/search/fields.ts'
import { foundIn, searchIn } from '../graphql/search/in-tables.ts'
import type { DisputeRecord } from '../store/records/customers.ts'
import type { Gid } from '../store/records/ids.ts'

/** The bank's side of a dispute; what the order shows of it is the order's. */
export const disputesResource: Resource = {
  queries: {
    dispute: (_: unknown, { id: wanted }: { id: Gid }, { shop }) =>
      [...shop.tables.disputes.all()].find((one) => legacyId(one.id) === legacyId(wanted)) ?? null,
    disputes: (_: unknown, args: PageArgs & { query?: string | null }, ctx, info) => {
      const search = searchIn(ctx, info, args.query, fields)
      return connectionOf([...foundIn(ctx, ctx.shop.tables.disputes, search)], args)
    },
  },
  types: {
    ShopifyPaymentsDispute: {
      id: ({ id: of }: DisputeRecord) => gidOf('ShopifyPaymentsDispute', legacyId(of)),
      legacyResourceId: ({ id: of }: DisputeRecord) => legacyId(of),
      type: ({ initiatedAs }: DisputeRecord) => initiatedAs,
      reasonDetails: ({ reason }: DisputeRecord) => ({ reason: reason.toUpperCase(), networkReasonCode: null }),
      order: ({ orderId }: DisputeRecord, _: unknown, { shop }) => shop.tables.orders.get(orderId) ?? null,
      evidenceDueBy: () => null,
      evidenceSentOn: () => null,
    },
  },
}

const fields: SearchFields<DisputeRecord> = {
  default: text(({ reason }) => reason),
  id: id(({ id: of }) => of),
  status: word(({ status }) => status),
  initiated_at: date(({ initiatedAt }) => initiatedAt),
}
