/** Where Shopify delivers. */
export const WEBHOOKS = '/v1/shopify/webhooks'

export const SUBSCRIBE = { name: 'orders:subscribe', maxAttempts: 10 }
