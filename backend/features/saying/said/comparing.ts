import { inWords, type Money, toDecimal } from '../../../../shared/money.ts'
import type { Dated } from './dated.ts'
import { wrongDays } from './dates.ts'
import type { Said, SaidAmount } from './reading.ts'

/** What the desk did or is about to do for a ticket, and what its orders say. */
export type Done = {
  /** Each refund, in each currency that it is known in; also those that were made in Shopify itself. */
  refunds: readonly Money[]
  giftCards: readonly Money[]
  /** The last four characters of codes that belong to the ticket, its orders or its customer. */
  codes: readonly string[]
  /** Days of what happened, YYYY-MM-DD. */
  days: Record<Dated, readonly string[]>
}

/** In how many currencies a sum may be meant; refunds of one order add up. */
const sums = (amounts: readonly Money[]): Money[] =>
  [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, same]) => ({
    currency,
    minor: same.reduce((total, { minor }) => total + minor, 0),
  }))

/**
 * What an answer says and the desk did otherwise, in sentences for its writer. A sentence with several amounts is right when one of them
 * is: «of 50 EUR we refunded 20 EUR». What is still to come is only compared with what there is.
 */
export function differences(said: readonly Said[], done: Done): string[] {
  const found = said.flatMap((each): string[] => {
    if (each.kind === 'code')
      return done.codes.includes(each.last)
        ? []
        : [`You wrote a gift card code that ends in ${each.last}; no such card belongs to this ticket.`]
    if (each.kind === 'days') return [wrongDays(each, done.days)].filter((words) => words !== null)
    const there = each.kind === 'refund' ? done.refunds : done.giftCards
    if (there.length === 0) return each.done ? [nothingDone(each.kind, each.amounts)] : []
    const known = [...there, ...sums(there)]
    return each.amounts.some((amount) => known.some((money) => isSame(amount, money)))
      ? []
      : [otherAmount(each.kind, each.amounts, there)]
  })
  return [...new Set(found)]
}

const isSame = ({ thousandths, currency }: SaidAmount, money: Money): boolean =>
  (currency === null || currency === money.currency) && thousandths === Math.round(Number(toDecimal(money)) * 1_000)

const wordsOf = (amounts: readonly SaidAmount[]) => amounts.map(({ words }) => words).join(', ')

const nothingDone = (kind: 'refund' | 'gift_card', amounts: readonly SaidAmount[]): string =>
  kind === 'refund'
    ? `You wrote ${wordsOf(amounts)} refunded; nothing was refunded on this ticket.`
    : `You wrote a gift card of ${wordsOf(amounts)}; none was issued on this ticket.`

function otherAmount(kind: 'refund' | 'gift_card', amounts: readonly SaidAmount[], there: readonly Money[]): string {
  const known = [...new Set(there.map(inWords))].slice(0, 3).join(', ')
  return kind === 'refund'
    ? `You wrote ${wordsOf(amounts)} refunded; the refund is ${known}.`
    : `You wrote a gift card of ${wordsOf(amounts)}; the card is ${known}.`
}
