/**
 * What the app asks for when it is installed. Each is needed by an operation of ours, but `read_fulfillments`, which
 * webhooks about parcels need, and `read_all_orders`, which shows orders older than 60 days and is granted by Shopify on
 * request only.
 */
export const SHOPIFY_SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_products',
  'read_fulfillments',
  'read_merchant_managed_fulfillment_orders',
  'read_gift_cards',
] as const
