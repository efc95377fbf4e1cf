import { amountOf, type Money } from '../../../shared/money.ts'
import type { Compensation } from '../../../shared/orders.ts'

/** All of one kind and currency that was given back; amounts in the currency's smallest unit. */
export type GivenRow = {
  kind: 'refund' | 'reship' | 'gift_card' | 'discount'
  currency: string
  minor: number
  /** Of those whose cost is known; null when none is. */
  cost: number | null
  count: number
  /** How many have no cost. */
  uncosted: number
}

const NOTHING: Omit<GivenRow, 'currency' | 'kind'> = { minor: 0, cost: 0, count: 0, uncosted: 0 }

/** How far back compensation counts. */
export function sinceFor(now: Date): Date {
  const since = new Date(now)
  since.setUTCFullYear(since.getUTCFullYear() - 1)
  return since
}

/** One sum per currency, in the order of their codes. */
export function compensationOf(rows: readonly GivenRow[]): Compensation[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort()
  return currencies.map((currency) => {
    const of = (kind: GivenRow['kind']) => rows.find((row) => row.kind === kind && row.currency === currency) ?? NOTHING
    const money = (minor: number) => amountOf({ minor, currency } satisfies Money)
    const [refunds, reships, giftCards, discounts] = [of('refund'), of('reship'), of('gift_card'), of('discount')]
    return {
      currency,
      refunds: money(refunds.minor),
      refundCount: refunds.count,
      reships: money(reships.minor),
      reshipCost: reships.uncosted > 0 ? null : money(reships.cost ?? 0),
      reshipCount: reships.count,
      giftCards: money(giftCards.minor),
      giftCardCount: giftCards.count,
      discounts: money(discounts.minor),
      discountCount: discounts.count,
      total: money(refunds.minor + reships.minor + giftCards.minor + discounts.minor),
    }
  })
}
