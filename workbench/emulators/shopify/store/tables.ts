import type { CustomerRecord, DisputeRecord, EventRecord, StoreCreditRecord } from './records/customers.ts'
import type { DraftRecord, EditRecord, JobRecord } from './records/drafts.ts'
import type { GiftCardRecord } from './records/gift-cards.ts'
import type { LevelRecord, LocationRecord, ProductRecord, VariantRecord } from './records/goods.ts'
import type { OrderRecord, RefundRecord, TransactionRecord } from './records/orders.ts'
import type { FulfillmentOrderRecord, FulfillmentRecord, ReturnRecord } from './records/shipping.ts'
import type {
  BulkRecord,
  DefinitionRecord,
  EffectRecord,
  MetafieldRecord,
  PolicyRecord,
  SubscriptionRecord,
} from './records/shop.ts'

/** What a shop holds, by table. */
export interface Records {
  orders: OrderRecord
  transactions: TransactionRecord
  refunds: RefundRecord
  fulfillments: FulfillmentRecord
  fulfillmentOrders: FulfillmentOrderRecord
  returns: ReturnRecord
  drafts: DraftRecord
  edits: EditRecord
  jobs: JobRecord
  customers: CustomerRecord
  storeCredits: StoreCreditRecord
  disputes: DisputeRecord
  events: EventRecord
  products: ProductRecord
  variants: VariantRecord
  locations: LocationRecord
  levels: LevelRecord
  giftCards: GiftCardRecord
  metafields: MetafieldRecord
  definitions: DefinitionRecord
  subscriptions: SubscriptionRecord
  bulkOperations: BulkRecord
  effects: EffectRecord
  policies: PolicyRecord
}

export type TableName = keyof Records

type Lookups = { [T in TableName]: { readonly [name: string]: (record: Records[T]) => string | string[] | null } }

/** Look-ups that a table answers without reading every record: `shop.tables.orders.by('customerId', id)`. */
export const lookups = {
  orders: {
    customerId: (o) => o.customerId ?? null,
    email: (o) => o.email?.toLowerCase() ?? null,
    name: (o) => o.name,
    line: (o) => o.lines.map(({ id }) => id),
  },
  transactions: { orderId: (t) => t.orderId, refundId: (t) => t.refundId },
  refunds: { orderId: (r) => r.orderId },
  fulfillments: { orderId: (f) => f.orderId },
  fulfillmentOrders: { orderId: (f) => f.orderId },
  returns: { orderId: (r) => r.orderId },
  drafts: { orderId: (d) => d.orderId },
  edits: { orderId: (e) => e.orderId },
  jobs: { subjectId: (j) => j.subjectId, status: (j) => j.status },
  customers: { email: (c) => c.email?.toLowerCase() ?? null, phone: (c) => c.phone },
  storeCredits: { customerId: (s) => s.customerId },
  disputes: { orderId: (d) => d.orderId },
  events: { subjectId: (e) => e.subjectId },
  products: { handle: (p) => p.handle },
  variants: { productId: (v) => v.productId, sku: (v) => v.sku, inventoryItemId: (v) => v.inventoryItemId },
  locations: {},
  levels: { inventoryItemId: (l) => l.inventoryItemId, locationId: (l) => l.locationId },
  giftCards: { code: (g) => g.code, customerId: (g) => g.customerId },
  metafields: { ownerId: (m) => m.ownerId, value: (m) => `${m.namespace}.${m.key}=${m.value}` },
  definitions: { key: (d) => `${d.ownerType}:${d.namespace}.${d.key}` },
  subscriptions: { topic: (s) => s.topic },
  bulkOperations: {},
  effects: { kind: (e) => e.kind, subjectId: (e) => e.subjectId },
  policies: {},
} satisfies Lookups

export type LookupName<T extends TableName> = keyof (typeof lookups)[T] & string

/** Orders in which a table can be read from any place on without sorting: the newest change last. */
export const orderings: { [T in TableName]?: { readonly [name: string]: (record: Records[T]) => string } } = {
  orders: { updatedAt: (o) => o.updatedAt, processedAt: (o) => o.processedAt, createdAt: (o) => o.createdAt },
  customers: { updatedAt: (c) => c.updatedAt },
  giftCards: { createdAt: (g) => g.createdAt },
}
