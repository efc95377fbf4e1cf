import type { Address } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import type { BothMoney } from '../../../clients/shopify/index.ts'
import type { LiveOrder } from './live-order.ts'

/** `why` says in words why a thing cannot be done, and what to do instead; null when it can. */
type Possible = { why: string | null }

export type LineOption = Possible & { lineId: string; title: string; most: number }

export type RefundRoute = Possible & {
  to: 'original' | 'store_credit' | 'payout'
  /** «Back to Visa •••• 4242» */
  label: string
  most: BothMoney
}

export type Options = {
  cancel: Possible & {
    /** Whether the order as a whole can be cancelled; otherwise only lines that were not sent. */
    whole: Possible
    lines: LineOption[]
  }
  reship: Possible & {
    lines: (LineOption & {
      variantId: string | null
      /** null when the shop does not count. */
      available: number | null
    })[]
    address: Address | null
    method: string
    countries: string[]
  }
  refund: Possible & {
    most: BothMoney
    shipping: Possible & { most: BothMoney }
    lines: (LineOption & { each: BothMoney })[]
    routes: RefundRoute[]
  }
  giftCard: Possible & { most: Money | null; currency: string }
}

