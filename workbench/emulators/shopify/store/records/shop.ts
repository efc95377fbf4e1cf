import type { Gid, Instant, Kept } from './ids.ts'
import type { Money } from './money.ts'

export interface MetafieldRecord extends Kept {
  ownerId: Gid
  namespace: string
  key: string
  type: string
  value: string
  createdAt: Instant
  updatedAt: Instant
}

export interface DefinitionRecord extends Kept {
  ownerType: string
  namespace: string
  key: string
  name: string
  type: string
  unique: boolean
}

export interface SubscriptionRecord extends Kept {
  /** As the enum names it: ORDERS_CREATE. */
  topic: string
  uri: string
  clientId: string
  filter: string | null
  includeFields: string[]
  format: string
  name: string | null
  createdAt: Instant
  updatedAt: Instant
}

export interface BulkRecord extends Kept {
  query: string
  clientId: string
  type: 'QUERY' | 'MUTATION'
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED' | 'CANCELING' | 'EXPIRED'
  createdAt: Instant
  dueAt: Instant
  completedAt: Instant | null
  errorCode: string | null
  objectCount: number
  rootObjectCount: number
  fileSize: number | null
  key: string | null
  /** Children directly after their parent in the file. */
  grouped?: boolean
}

/** Something that cannot be taken back or that somebody outside notices; tests and the ledger page count these. */
export interface EffectRecord extends Kept {
  /** For example order.made, order.cancelled, refund.made, money.refunded, gift-card.made, hold.placed, notice. */
  kind: string
  at: Instant
  subjectId: Gid | null
  amount: Money | null
  words: string
  /** The client id of the app, or null when a person did it. */
  by: string | null
  /** What Shopify told a customer, with the address or number that it went to; only with `notice`. */
  notice?: { what: NoticeKind; to: string }
}

export type NoticeKind = 'order-receipt' | 'order-cancelled' | 'order-edited' | 'refund' | 'gift-card'

/** What a shop is like beyond what it holds; its owner may change it. */
export interface PolicyRecord extends Kept {
  /** Whether its plan has gift cards. */
  giftCards: boolean
  /** The most that one gift card may be worth, in the smallest unit of its currency; null for Shopify's own limit. */
  giftCardLimit: number | null
  /** Countries of its shipping zones, two letters each. */
  shipsTo: string[]
  /** Ways of sending, priced in the shop's money. */
  delivery: { title: string; minor: number }[]
}
