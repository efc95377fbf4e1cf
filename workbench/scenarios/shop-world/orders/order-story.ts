import type { Buyer, Place } from '../people/person.ts'
import type { Payment } from './paying.ts'

/** An order as a scenario tells it. Times are minutes before now, amounts the smallest unit of the shop's currency. */
export interface OrderStory {
  number: number
  ago: number
  /** Nobody for a sale over the counter. */
  buyer: Buyer | null
  /** Quantities by stock number. */
  lines: Record<string, number>
  /** A sale over the counter has none. */
  delivery: Delivery | null
  paid: Payment[]
  /** What one unit of the shop's money was worth in the money the buyer saw; the shop's own when left out. */
  seenIn?: { currency: string; rate: string }
  /** Somebody else opens the parcel. */
  to?: { name: string; place: Place; phone?: string }
  discount?: { code: string; percent: number }
  parcels?: Parcel[]
  refunds?: RefundStory[]
  cancelled?: { ago: number; reason: 'CUSTOMER' | 'DECLINED' | 'INVENTORY' | 'OTHER'; note?: string }
  /** Sent again for nothing, in place of another order. */
  reshipOf?: number
  dispute?: {
    ago: number
    as: 'CHARGEBACK' | 'INQUIRY'
    status: 'NEEDS_RESPONSE' | 'UNDER_REVIEW' | 'WON' | 'LOST'
    reason: string
  }
  hold?: { reason: 'INCORRECT_ADDRESS' | 'INVENTORY_OUT_OF_STOCK' | 'AWAITING_PAYMENT' | 'OTHER'; note: string }
  /** The shop's gift cards that this order bought, by their codes. */
  giftCards?: string[]
  source?: 'web' | 'pos' | 'phone'
  tags?: string[]
  note?: string
  /** What the buyer filled in at the checkout. */
  wishes?: Record<string, string>
}

export interface Delivery {
  title: string
  price: number
}

export interface Parcel {
  shipped: number
  delivered?: number
  carrier: Carrier
  number: string
  /** Quantities by stock number; all lines when left out. */
  lines?: Record<string, number>
  /** What the carrier reported besides. */
  scans?: { ago: number; status: Scan; words: string }[]
}

export type Carrier = 'Parcelway' | 'Northpost' | 'Fern & Fig van'
type Scan = 'IN_TRANSIT' | 'OUT_FOR_DELIVERY' | 'ATTEMPTED_DELIVERY' | 'DELAYED' | 'FAILURE'

export interface RefundStory {
  ago: number
  note: string
  lines?: Record<string, number>
  restock?: 'CANCEL' | 'RETURN' | 'NO_RESTOCK'
  shipping?: number
  /** The bank has not said yet; or it refused. */
  bank?: 'PENDING' | 'FAILURE'
  toStoreCredit?: true
}

type Rest = Omit<OrderStory, 'number' | 'ago' | 'buyer' | 'delivery'> & { delivery?: Delivery | null }

export const order = (number: number, ago: number, buyer: Buyer | null, rest: Rest): OrderStory => ({
  number,
  ago,
  buyer,
  delivery: STANDARD,
  ...rest,
})

const STANDARD: Delivery = { title: 'Standard, two to four days', price: 590 }
export const EXPRESS: Delivery = { title: 'Express, next day', price: 990 }
export const NAMED_DAY: Delivery = { title: 'On a named day', price: 990 }
export const FREE: Delivery = { title: 'Free delivery', price: 0 }
export const ABROAD: Delivery = { title: 'Abroad, three to six days', price: 1290 }

export const EURO = { currency: 'EUR', rate: '1.17' }
export const KRONA = { currency: 'SEK', rate: '12.8' }
export const YEN = { currency: 'JPY', rate: '191.5' }
