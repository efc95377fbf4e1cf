import { z } from 'zod'
import { event } from '../../../platform/events.ts'

const OfRequest = z.object({ requestId: z.uuid(), shopId: z.uuid(), kind: z.string() })

/** A customer or a shop asks, through Shopify, to be told what is known or to be forgotten. */
export const privacyAsked = event('privacy.asked', OfRequest)
export const privacyDone = event('privacy.done', OfRequest)

/** What was known of an order is gone, because its buyer asked for it. Whoever keeps more of it must forget it, too. */
export const orderForgotten = event('order.forgotten', z.object({ orderId: z.uuid(), shopId: z.uuid() }))

/** All that was known of a shop's orders is gone, because the shop asked for it. Whoever keeps more of its people must forget it, too. */
export const shopForgotten = event('shop.forgotten', z.object({ shopId: z.uuid() }))
