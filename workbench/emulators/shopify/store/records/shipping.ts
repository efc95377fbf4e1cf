import type { Address } from './address.ts'
import type { Gid, Instant, Kept } from './ids.ts'

export interface FulfillmentRecord extends Kept {
  orderId: Gid
  name: string
  status: 'SUCCESS' | 'CANCELLED' | 'ERROR' | 'FAILURE' | 'OPEN' | 'PENDING'
  /** FulfillmentDisplayStatus. */
  displayStatus: string | null
  createdAt: Instant
  updatedAt: Instant
  inTransitAt: Instant | null
  deliveredAt: Instant | null
  estimatedDeliveryAt: Instant | null
  locationId: Gid | null
  tracking: { company: string | null; number: string | null; url: string | null }[]
  lines: { id: Gid; lineId: Gid; quantity: number }[]
  events: { id: Gid; status: string; message: string | null; happenedAt: Instant }[]
}

export interface FulfillmentOrderRecord extends Kept {
  orderId: Gid
  status: 'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'SCHEDULED' | 'INCOMPLETE' | 'CANCELLED' | 'CLOSED'
  requestStatus: string
  locationId: Gid
  createdAt: Instant
  updatedAt: Instant
  destination: Address | null
  lines: { id: Gid; lineId: Gid; total: number; remaining: number }[]
  holds: HoldRecord[]
}

export interface HoldRecord {
  id: Gid
  handle: string | null
  reason: string
  reasonNotes: string | null
  appId: string | null
  externalId: string | null
}

export interface ReturnRecord extends Kept {
  orderId: Gid
  name: string
  status: 'OPEN' | 'CLOSED' | 'REQUESTED' | 'DECLINED' | 'CANCELED'
  createdAt: Instant
  closedAt: Instant | null
  lines: ReturnLineRecord[]
  /** Lines that go out in place of those that come back; the order has them as its own lines. */
  exchangeLines: { id: Gid; lineId: Gid; quantity: number; processed: number }[]
}

export interface ReturnLineRecord {
  id: Gid
  fulfillmentLineId: Gid
  lineId: Gid
  quantity: number
  processed: number
  reasonId: Gid | null
  note: string | null
}
