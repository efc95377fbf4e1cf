import type { Compensation } from '../../../shared/orders.ts'
import { joined } from '../../kit/words.ts'

/** `£58.00 refunds (2) · £20.00 gift cards (1) · 1 reship £34.00 (cost £12.10)`, a line for each currency; empty when nothing was given. */
export const compensationWords = (sums: readonly Compensation[]): string => joined(sums.map(inOneCurrency), '\n')

function inOneCurrency(sum: Compensation): string {
  const cost = sum.reshipCost ? ` (cost ${sum.reshipCost.text})` : ' (cost not known)'
  return joined([
    sum.refundCount > 0 && `${sum.refunds.text} refunds (${sum.refundCount})`,
    sum.giftCardCount > 0 && `${sum.giftCards.text} gift cards (${sum.giftCardCount})`,
    sum.reshipCount > 0 && `${counted(sum.reshipCount, 'reship')} ${sum.reships.text}${cost}`,
    sum.discountCount > 0 && `${sum.discounts.text} discounts (${sum.discountCount})`,
  ])
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
