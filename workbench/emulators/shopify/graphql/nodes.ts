import type { Gid } from '../store/records/ids.ts'
import type { TableName } from '../store/tables.ts'
import { typeOf } from './gid.ts'
import { missing } from './refusal.ts'
import type { Ctx } from './resource.ts'

/** What an id names, or nothing. */
export function nodeOf(ctx: Ctx, id: Gid): unknown {
  const type = typeOf(id) ?? ''
  const find = ctx.shop.ground.resources.nodes[type]
  if (find) return find(ctx, id) ?? null
  const table = TABLES[type]
  if (!table && ctx.shop.ground.schema.graphql.getType(type)) throw missing(`${type} by id`)
  return (table && ctx.shop.tables[table].get(id)) ?? null
}

const TABLES: Record<string, TableName> = {
  Order: 'orders',
  OrderDisputeSummary: 'disputes',
  DraftOrder: 'drafts',
  Customer: 'customers',
  Product: 'products',
  ProductVariant: 'variants',
  Location: 'locations',
  GiftCard: 'giftCards',
  Metafield: 'metafields',
  WebhookSubscription: 'subscriptions',
  BulkOperation: 'bulkOperations',
  StoreCreditAccount: 'storeCredits',
}
