import type { Gid, Instant, Kept } from './ids.ts'
import type { Money } from './money.ts'

export interface GiftCardRecord extends Kept {
  /** Lower-case, 8 to 20 letters and digits; never shown whole by the API. */
  code: string
  initial: Money
  balance: Money
  note: string | null
  createdAt: Instant
  updatedAt: Instant
  expiresOn: string | null
  deactivatedAt: Instant | null
  customerId: Gid | null
  recipientId: Gid | null
  /** What the recipient reads beside the code, and when. */
  gift?: { message: string | null; preferredName: string | null; sendAt: Instant | null }
  orderId: Gid | null
  source: 'manual' | 'purchased' | 'api_client'
  templateSuffix: string | null
  transactions: { id: Gid; at: Instant; amount: Money; note: string | null; kind: 'credit' | 'debit' }[]
}
