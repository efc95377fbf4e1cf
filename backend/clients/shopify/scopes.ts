/**
 * What the app asks for when it is installed. Each is needed by an operation of ours, but `read_fulfillments`, which
 * webhooks about parcels need, `read_all_orders`, which shows orders older than 60 days and is granted by Shopify on
 * request only, and `write_customers`, without which a gift card cannot name its customer. A scope to write includes reading.
 */
export const SHOPIFY_SCOPES = [
  'read_orders',
  'write_orders',
  'read_all_orders',
  'read_customers',
  'write_customers',
  'read_products',
  'read_fulfillments',
  'read_merchant_managed_fulfillment_orders',
  'write_merchant_managed_fulfillment_orders',
  'read_gift_cards',
  'write_gift_cards',
  'read_draft_orders',
] as const
