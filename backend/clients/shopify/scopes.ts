/**
 * What the app asks for when it is installed. Each is needed by an operation of ours; `read_all_orders` shows orders
 * older than 60 days and is granted by Shopify on request only, so a shop may lack it.
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

/** Without these the desk cannot show an order. */
export const NEEDED_SCOPES: readonly string[] = SHOPIFY_SCOPES.filter((scope) => scope !== 'read_all_orders')
