import { type Money, sum } from '../../../shared/money.ts'
import type { FinanceLine, LineTransaction } from './line.ts'

/** The bank said no: this money did not move. */
const FAILED = ['FAILURE', 'ERROR']
/** The bank has not said anything yet. */
const UNDECIDED = ['PENDING', 'AWAITING_RESPONSE', 'UNKNOWN']

export const isUndecided = ({ status }: LineTransaction): boolean => UNDECIDED.includes(status)

type Amounts = Pick<FinanceLine, 'amount' | 'customerAmount' | 'tax'>

/** What transactions moved or are about to move, in both currencies; null where there is none that says so. */
export function movedBy(transactions: readonly LineTransaction[]): { shop: Money; presentment: Money } | null {
  const [first] = transactions
  if (!first) return null
  const moving = transactions.filter(({ status }) => !FAILED.includes(status))
  const total = (side: 'shop' | 'presentment') =>
    sum(
      first.amount[side].currency,
      moving.map(({ amount }) => amount[side]),
    )
  return { shop: total('shop'), presentment: total('presentment') }
}

/**
 * By what the amounts of a step change when its transactions do: nothing while money is only on its way, less than nothing when a bank
 * refuses. Tax goes with its share.
 * @param first what was booked when the step was done
 */
export function changeOf(
  first: FinanceLine,
  before: readonly LineTransaction[],
  now: readonly LineTransaction[],
): Amounts {
  const [was, is] = [movedBy(before), movedBy(now)]
  if (!was || !is || (was.shop.minor === is.shop.minor && was.presentment.minor === is.presentment.minor))
    return { amount: null, customerAmount: null, tax: null }
  return {
    amount: less(is.shop, was.shop),
    customerAmount: less(is.presentment, was.presentment),
    tax: first.tax && less(shareOf(first.tax, is.shop, first.amount), shareOf(first.tax, was.shop, first.amount)),
  }
}

const less = (money: Money, by: Money): Money => ({ ...money, minor: money.minor - by.minor })

/** The tax in what really moved, when a bank turned part of a refund down; `tax` is that of all its transactions. */
export function taxMoved(tax: Money, transactions: readonly LineTransaction[]): Money {
  const moved = movedBy(transactions)
  if (!moved) return tax
  const all = transactions.map(({ amount }) => amount.shop)
  return shareOf(tax, moved.shop, sum(moved.shop.currency, all))
}

/** The tax in a part of a refund, to the smallest unit. */
const shareOf = (tax: Money, part: Money, whole: Money | null): Money =>
  !whole || whole.minor === 0
    ? { ...tax, minor: 0 }
    : { ...tax, minor: Math.round((tax.minor * part.minor) / whole.minor) }
