import type { Address } from './address.ts'
import type { Gid, Instant, Kept } from './ids.ts'
import type { Money } from './money.ts'

export interface CustomerRecord extends Kept {
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  note: string | null
  tags: string[]
  locale: string
  addresses: (Address & { id: Gid })[]
  createdAt: Instant
  updatedAt: Instant
  /** Orders and money from before the emulator's own orders. */
  earlier: { orders: number; spent: Money }
  /** The customer this one was merged into; direct reads of it find nothing. */
  mergedInto: Gid | null
}

export interface StoreCreditRecord extends Kept {
  customerId: Gid
  balance: Money
  transactions: {
    id: Gid
    at: Instant
    amount: Money
    balanceAfter: Money
    event: string
    expiresAt: Instant | null
  }[]
}

export interface DisputeRecord extends Kept {
  orderId: Gid
  initiatedAs: 'CHARGEBACK' | 'INQUIRY'
  status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST' | 'ACCEPTED' | 'CHARGE_REFUNDED' | 'PREVENTED'
  reason: string
  amount: Money
  initiatedAt: Instant
  finalizedOn: string | null
}

/** One line of a timeline; events are kept for a year. */
export interface EventRecord extends Kept {
  subjectId: Gid
  action: string
  at: Instant
  message: string
  appTitle: string | null
  byApp: boolean
  byUser: boolean
}
