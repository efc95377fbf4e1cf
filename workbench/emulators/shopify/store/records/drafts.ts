import type { Address } from './address.ts'
import type { Gid, Instant, Kept } from './ids.ts'
import type { Bag } from './money.ts'
import type { LineRecord } from './orders.ts'

export interface DraftRecord extends Kept {
  name: string
  status: 'OPEN' | 'INVOICE_SENT' | 'COMPLETED'
  createdAt: Instant
  updatedAt: Instant
  completedAt: Instant | null
  orderId: Gid | null
  customerId: Gid | null
  email: string | null
  note: string | null
  tags: string[]
  currency: string
  presentmentCurrency: string
  rate: string
  lines: LineRecord[]
  discount: {
    title: string | null
    description: string | null
    value: number
    kind: 'PERCENTAGE' | 'FIXED_AMOUNT'
  } | null
  shippingLine: { title: string; price: Bag } | null
  shippingAddress: Address | null
}

/** An order edit that was begun; it is gone once committed. */
export interface EditRecord extends Kept {
  orderId: Gid
  openedAt: Instant
  /** Wanted quantities of lines there are, by line id, and lines to add. */
  quantities: Record<Gid, { quantity: number; restock: boolean }>
  added: { record: LineRecord }[]
}

/** Work that Shopify does later, for example a cancellation. */
export interface JobRecord extends Kept {
  kind: string
  startedAt: Instant
  /** When it is done, by the emulator's clock. */
  dueAt: Instant
  status: 'STARTED' | 'SUCCEEDED' | 'FAILED'
  subjectId: Gid | null
  input: Record<string, unknown>
  errors: { code: string; field: string[]; message: string }[]
}
