/** What a delivery is about, which says what it wakes. */
export type Subject =
  | 'order'
  | 'deleted_order'
  | 'customer'
  | 'deleted_customer'
  | 'merged_customers'
  | 'removal'
  | 'permissions'
  | 'bulk'
  | 'data_request'
  | 'customer_redact'
  | 'shop_redact'

export type Subscribed = {
  /** The permission that Shopify wants for it. */
  needs: string | null
  /** All that a delivery has to hold: what is personal never travels. Empty: everything, where the ids lie deeper. */
  fields: readonly string[]
}

type Topic = { subject: Subject; subscribed: Subscribed | null }

const to = (subject: Subject, needs: string | null, ...fields: string[]): Topic => ({
  subject,
  subscribed: { needs, fields },
})
const taken = (subject: Subject): Topic => ({ subject, subscribed: null })

/** orders/updated follows each of those that are taken but not subscribed to. The privacy topics are set in the app itself, not here. */
const TOPICS: Readonly<Record<string, Topic>> = {
  'orders/create': to('order', 'read_orders', 'id', 'updated_at'),
  'orders/updated': to('order', 'read_orders', 'id', 'updated_at'),
  'orders/edited': to('order', 'read_orders'),
  'orders/cancelled': to('order', 'read_orders', 'id', 'updated_at'),
  'orders/paid': taken('order'),
  'orders/fulfilled': taken('order'),
  'orders/partially_fulfilled': taken('order'),
  'orders/delete': to('deleted_order', 'read_orders', 'id'),
  'refunds/create': to('order', 'read_orders', 'id', 'order_id'),
  'order_transactions/create': to('order', 'read_orders', 'id', 'order_id'),
  'fulfillments/create': to('order', 'read_fulfillments', 'id', 'order_id'),
  'fulfillments/update': to('order', 'read_fulfillments', 'id', 'order_id'),
  'fulfillment_events/create': to('order', 'read_fulfillments', 'id', 'order_id'),
  'fulfillment_holds/added': to('order', 'read_merchant_managed_fulfillment_orders'),
  'fulfillment_holds/released': to('order', 'read_merchant_managed_fulfillment_orders'),
  'returns/request': to('order', 'read_returns'),
  'returns/approve': to('order', 'read_returns'),
  'returns/close': to('order', 'read_returns'),
  'disputes/create': to('order', 'read_shopify_payments_disputes', 'id', 'order_id'),
  'disputes/update': to('order', 'read_shopify_payments_disputes', 'id', 'order_id'),
  'customers/update': to('customer', 'read_customers', 'id', 'updated_at'),
  'customers/delete': to('deleted_customer', 'read_customers', 'id'),
  'customers/merge': to('merged_customers', 'read_customer_merge'),
  'app/uninstalled': to('removal', null),
  'app/scopes_update': to('permissions', null),
  'bulk_operations/finish': to('bulk', null),
  'customers/data_request': taken('data_request'),
  'customers/redact': taken('customer_redact'),
  'shop/redact': taken('shop_redact'),
}

/** Whole families that are about an order, whatever Shopify adds to them. */
const FAMILIES = [
  'fulfillments/',
  'fulfillment_orders/',
  'fulfillment_holds/',
  'fulfillment_events/',
  'returns/',
  'disputes/',
]

/** @param topic X-Shopify-Topic, for example orders/create @returns null for one that we know nothing of */
export function subjectOf(topic: string): Subject | null {
  const known = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined
  if (known) return known.subject
  return FAMILIES.some((family) => topic.startsWith(family)) ? 'order' : null
}

/** The topics that a shop is asked to send, by the names that subscriptions have: ORDERS_CREATE. */
export const subscriptions: ReadonlyMap<string, Subscribed> = new Map(
  Object.entries(TOPICS).flatMap(([topic, { subscribed }]) =>
    subscribed ? [[topic.toUpperCase().replace('/', '_'), subscribed] as const] : [],
  ),
)
