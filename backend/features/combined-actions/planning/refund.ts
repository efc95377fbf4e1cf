import { inWords, type Money } from '../../../../shared/money.ts'
import { markOf, type PlannedStep, type RequestOf } from '../plan.ts'
import { reasonFor } from '../rules/reasons.ts'
import { cancelledPieces } from './cancel.ts'
import { type Intention, inWordsOf, isWholeCancel } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { refundedLines } from './refund-lines.ts'
import { type Moved, moneyOf, type RefundInput, type Suggestion } from './refund-money.ts'
import type { Share } from './sharing.ts'
import { STEP } from './steps.ts'

/** The refund as it will be sent; lines that are cancelled leave the order with it, also when no money moves. */
export function refundStep(actionId: string, intention: Intention, suggestion: Suggestion | null): PlannedStep[] {
  const { live, input, reasons } = intention
  const { refund, cancel } = input
  if (!refund && (!cancel || isWholeCancel(input))) return []
  const money = refund && suggestion ? moneyOf(live, refund, suggestion) : null
  const reason = reasonFor(reasons, (refund ?? cancel)?.reason ?? input.reason.code)
  const notify = (refund?.notify ?? false) || (!isWholeCancel(input) && (cancel?.notify ?? false))
  const request: RequestOf<'refund'> = {
    kind: 'refund',
    mark: markOf(actionId, 'refund'),
    orderId: live.id,
    currency: live.customerCurrency === live.shop.currency ? null : live.customerCurrency,
    notify,
    discrepancy: reason.discrepancy,
    lines: refundedLines(intention).map((line) => ({ ...line, locationId: line.locationId ?? null })),
    shipping: refund ? shippingOf(live, refund, money?.customer ?? null) : null,
    transactions: (money?.shares ?? []).map(({ parentId, gateway, amount }) => ({
      parentId,
      gateway,
      amount: amount.presentment,
    })),
    storeCredit: refund?.to === 'store_credit' && money ? { amount: money.customer } : null,
  }
  return [
    {
      ...STEP,
      kind: 'refund',
      request,
      reasonCode: reason.id,
      words: wordsOf(intention, money),
      amount: money?.shop ?? null,
      customerAmount: money?.customer ?? null,
      tax: money?.tax ?? null,
      route: money && refund ? refund.to : null,
      notify,
    },
  ]
}

/** How much of it is the shipping's, for the order's books. */
function shippingOf({ shippingLeft }: LiveOrder, refund: RefundInput, money: Money | null): 'all' | Money | null {
  const left = shippingLeft.presentment
  const isWanted = refund.what === 'all' || refund.what === 'shipping' || (refund.what === 'lines' && refund.shipping)
  if (!isWanted || left.minor === 0) return null
  return refund.what === 'shipping' && money !== null && money.minor < left.minor ? money : 'all'
}

function wordsOf(intention: Intention, money: Moved | null): string {
  const { live, input } = intention
  const pieces = isWholeCancel(input) ? [] : cancelledPieces(intention)
  const taken = pieces.length > 0 ? `Take ${inWordsOf(pieces)} out of the order` : ''
  if (!money || !input.refund) return `${taken}, without money back`
  const amount = inWords(money.customer)
  const back = {
    original: `refund ${amount} to ${payeesOf(live, money.shares)}`,
    store_credit: `give ${amount} as store credit`,
    payout: `have finance pay ${amount} to ${input.refund.payee?.name ?? 'the customer'}`,
  }[input.refund.to]
  return taken ? `${taken} and ${back}` : back.charAt(0).toUpperCase() + back.slice(1)
}

const payeesOf = ({ payments }: LiveOrder, shares: readonly Share[]): string =>
  [...new Set(shares.flatMap(({ parentId }) => payments.find((one) => one.parentId === parentId)?.words ?? []))].join(
    ' and ',
  )
