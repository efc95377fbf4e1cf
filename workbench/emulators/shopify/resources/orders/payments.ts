import type { Bag } from '../../store/records/money.ts'
import type { TransactionRecord } from '../../store/records/orders.ts'
import { atLeastNothing, minus, nothing, plus, total } from '../bags.ts'
import { currentTotal } from './totals.ts'
import type { Whole } from './whole.ts'

type Kind = TransactionRecord['kind']

export const successful = ({ transactions }: Whole, ...kinds: Kind[]) =>
  transactions.filter(({ kind, status }) => status === 'SUCCESS' && kinds.includes(kind))

export const sumOf = ({ order }: Whole, transactions: TransactionRecord[]): Bag =>
  total(
    order,
    transactions.map(({ amount }) => amount),
  )

/** What the shop got: sales and captures that went through. */
export const received = (whole: Whole): Bag => sumOf(whole, successful(whole, 'SALE', 'CAPTURE'))

/** What went back and has arrived; a refund that the bank still holds is not among it. */
export const refundedMoney = (whole: Whole): Bag => sumOf(whole, successful(whole, 'REFUND'))

export const netPayment = (whole: Whole): Bag => minus(received(whole), refundedMoney(whole))

/** Refunds that took money or may still take it. */
export const liveRefunds = ({ transactions }: Whole) =>
  transactions.filter(({ kind, status }) => kind === 'REFUND' && status !== 'FAILURE' && status !== 'ERROR')

/** What may still go back; what is on its way counts as gone. */
export const refundableMoney = (whole: Whole): Bag =>
  atLeastNothing(minus(received(whole), sumOf(whole, liveRefunds(whole))))

/** What of one payment may still go back. */
export const refundableOf = (whole: Whole, payment: TransactionRecord): Bag =>
  atLeastNothing(
    minus(
      payment.amount,
      sumOf(
        whole,
        liveRefunds(whole).filter(({ parentId }) => parentId === payment.id),
      ),
    ),
  )

/** Sum of what refunds gave beyond or short of what left the order. */
export const discrepancy = ({ order, refunds }: Whole): Bag =>
  total(
    order,
    refunds.map(({ adjustment }) => adjustment ?? nothing(order)),
  )

/** What is still to be paid; below nothing when the customer is owed. */
export const outstanding = (whole: Whole): Bag =>
  whole.order.cancelledAt && received(whole).presentment.minor === 0
    ? nothing(whole.order)
    : minus(minus(currentTotal(whole), netPayment(whole)), discrepancy(whole))

/** Authorizations that can still be captured, each with what is left of it. */
export function openAuthorizations(whole: Whole): { authorization: TransactionRecord; left: Bag }[] {
  const childrenOf = (id: string, kind: Kind) => successful(whole, kind).filter(({ parentId }) => parentId === id)
  return successful(whole, 'AUTHORIZATION')
    .filter(({ id, errorCode }) => childrenOf(id, 'VOID').length === 0 && errorCode !== EXPIRED)
    .map((authorization) => ({
      authorization,
      left: minus(authorization.amount, sumOf(whole, childrenOf(authorization.id, 'CAPTURE'))),
    }))
    .filter(({ left }) => left.presentment.minor > 0)
}

export const EXPIRED = 'AUTHORIZATION_EXPIRED'

export const capturable = (whole: Whole): Bag =>
  openAuthorizations(whole).reduce((sum, { left }) => plus(sum, left), nothing(whole.order))
