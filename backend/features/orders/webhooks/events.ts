import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** Shopify had deleted subscriptions, as it does after hours of failed deliveries; they are back. The sweep finds what was missed. */
export const shopWebhooksRestored = event('shop.webhooks_restored', z.object({ shopId: z.uuid(), count: z.int() }))
