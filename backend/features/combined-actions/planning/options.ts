import type { Address } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { BothMoney } from '../../../clients/shopify/index.ts'
import { cancelOptions } from './cancel-options.ts'
import { giftCardOptions } from './gift-card-options.ts'
import type { LiveOrder } from './live-order.ts'
import { refundOptions } from './refund-options.ts'
import { reshipOptions } from './reship-options.ts'

/** `why` says in words why a thing cannot be done, and what to do instead; null when it can. */
export type Possible = { why: string | null }

export type LineOption = Possible & { lineId: string; title: string; most: number }

export type RefundRoute = Possible & {
  to: 'original' | 'store_credit' | 'payout'
  /** «Back to Visa •••• 4242» */
  label: string
  most: BothMoney
}

export type CancelOptions = Possible & {
  /** Whether the order as a whole can be cancelled; otherwise only lines that were not sent. */
  whole: Possible
  lines: LineOption[]
}

export type ReshipOptions = Possible & {
  lines: (LineOption & {
    variantId: string | null
    /** null when the shop does not count. */
    available: number | null
  })[]
  address: Address | null
  /** What is taken when nothing else is chosen. */
  method: string
  /** What the shop offers for these goods and this address, with its price; empty when that is not known. */
  methods: { title: string; price: Money }[]
  countries: string[]
}

export type RefundOptions = Possible & {
  most: BothMoney
  shipping: Possible & { most: BothMoney }
  lines: (LineOption & { each: BothMoney })[]
  routes: RefundRoute[]
}

/** Cards are made in the shop's currency. */
export type GiftCardOptions = Possible & { most: Money | null; currency: string }

export type Options = {
  cancel: CancelOptions
  reship: ReshipOptions
  refund: RefundOptions
  giftCard: GiftCardOptions
}

/** What can be done with an order now, with the limit beside each thing. */
export const optionsOf = (live: LiveOrder): Options => ({
  cancel: cancelOptions(live),
  reship: reshipOptions(live),
  refund: refundOptions(live),
  giftCard: giftCardOptions(live),
})
