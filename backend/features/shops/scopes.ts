import { SHOPIFY_SCOPES } from '../../clients/shopify/index.ts'
import { isGranted } from './shops.ts'

export type MissingScope = {
  scope: string
  /** What does not work without it, as the end of a sentence. */
  without: string
  /** Whether the desk can show no order at all without it. */
  blocks: boolean
}

type Consequence = Omit<MissingScope, 'scope'>

/** Every order is read whole, with its customer, pictures, costs and holds, so most of them stand or fall together. */
const CONSEQUENCES: Record<(typeof SHOPIFY_SCOPES)[number], Consequence> = {
  read_orders: { without: 'no order can be read', blocks: true },
  read_customers: { without: 'no order can be read with its customer', blocks: true },
  read_products: { without: 'no order can be read with the pictures, prices and costs of its lines', blocks: true },
  write_orders: { without: 'nothing can be refunded, cancelled, sent again or tagged', blocks: false },
  write_customers: { without: 'a gift card cannot name its customer, so Shopify cannot mail it', blocks: false },
  write_gift_cards: { without: 'no gift card can be issued', blocks: false },
  write_merchant_managed_fulfillment_orders: {
    without: 'an order cannot be held back before it is sent',
    blocks: false,
  },
  read_draft_orders: { without: 'the ways of sending goods again are not offered', blocks: false },
  read_fulfillments: { without: 'a parcel that was sent shows some minutes later', blocks: false },
  read_merchant_managed_fulfillment_orders: { without: 'no order can be read with its holds', blocks: true },
  read_gift_cards: { without: 'gift cards are not found and do not count as compensation', blocks: false },
  read_all_orders: { without: 'orders older than 60 days are not visible', blocks: false },
}

/** What the app lacks in a shop, the worst first. */
export const missingScopes = (granted: readonly string[]): MissingScope[] =>
  SHOPIFY_SCOPES.filter((scope) => !isGranted(granted, scope))
    .map((scope) => ({ scope, ...CONSEQUENCES[scope] }))
    .sort((a, b) => Number(b.blocks) - Number(a.blocks))
