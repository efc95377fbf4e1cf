import { z } from 'zod'
import { event } from '../../platform/events.ts'

const OfShop = z.object({ shopId: z.uuid() })

/** A shop was connected, or its access was renewed by a person. */
export const shopConnected = event('shop.connected', OfShop)

/** Shopify does not let us in any more; a person has to do something. */
export const shopAccessLost = event('shop.access_lost', OfShop.extend({ problem: z.string() }))
export const shopAccessRegained = event('shop.access_regained', OfShop)

/** The app was removed in the shop. What we know of its orders stays until Shopify asks to forget it. */
export const shopUninstalled = event('shop.uninstalled', OfShop)

/** A person took the shop away from the desk: what is known of its orders is forgotten. */
export const shopDisconnected = event('shop.disconnected', OfShop)
