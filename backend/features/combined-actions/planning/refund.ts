import type { ActionInput } from '../../../../shared/combined-actions.ts'
import { inWords, type Money } from '../../../../shared/money.ts'
import type { SuggestedRefund } from '../../../clients/shopify/index.ts'
import { markOf, type PlannedStep, type RequestOf } from '../plan.ts'
import { reasonFor } from '../reasons.ts'
import { cancelledPieces, titleOf } from './cancel.ts'
import { type Fault, faultIf, isTwice } from './faults.ts'
import { type Intention, inWordsOf, isWholeCancel } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { refundedLines } from './refund-lines.ts'
import { byGateway, byHand, refundOptions } from './refund-options.ts'
import { addUp, partOf, proportion, type Share, type Shared, shareOut } from './sharing.ts'
import { STEP } from './steps.ts'

type RefundInput = NonNullable<ActionInput['refund']>

/** What Shopify says that the wanted comes to: amounts may be lowered, never raised. */
export type Suggestion = Pick<SuggestedRefund, 'amount' | 'tax' | 'transactions'>

/** What can be known to be wrong before Shopify is asked what it comes to. */
export function refundFaults(live: LiveOrder, refund: RefundInput): Fault[] {
  const can = refundOptions(live)
  if (can.why !== null) return [{ path: 'refund', message: can.why }]
  const route = can.routes.find(({ to }) => to === refund.to)
  return [
    ...faultIf(route?.why !== null, 'refund.to', route?.why ?? ''),
    ...faultIf(
      refund.to === 'payout' && refund.payee === null,
      'refund.payee',
      'Type in who gets the payout, and on which account.',
    ),
    ...faultIf(refund.what === 'shipping' && can.shipping.why !== null, 'refund.what', can.shipping.why ?? ''),
    ...(refund.what === 'lines' ? lineFaults(live, refund) : []),
    ...amountFaults(live, refund),
  ]
}

function lineFaults(live: LiveOrder, { lines, shipping }: RefundInput): Fault[] {
  const can = refundOptions(live).lines
  return [
    ...faultIf(lines.length === 0 && !shipping, 'refund.lines', 'Choose the lines that money is given back for.'),
    ...faultIf(
      isTwice(lines, ({ lineId }) => lineId),
      'refund.lines',
      'A line is named twice. Name it once.',
    ),
    ...lines.flatMap(({ lineId, quantity }, index) => {
      const line = can.find((one) => one.lineId === lineId)
      const path = `refund.lines.${index}`
      if (!line)
        return [
          { path: `${path}.lineId`, message: `${titleOf(live, lineId)} has nothing left to give back money for.` },
        ]
      return faultIf(
        quantity > line.most,
        `${path}.quantity`,
        `Of ${line.title} money can be given back for ${line.most} only, not for ${quantity}.`,
      )
    }),
  ]
}

function amountFaults(live: LiveOrder, { amount, what, to }: RefundInput): Fault[] {
  if (amount === null) return faultIf(what === 'amount', 'refund.amount', 'Type in how much is given back.')
  if (amount.currency !== live.customerCurrency)
    return [
      {
        path: 'refund.amount',
        message: `${live.name} was paid in ${live.customerCurrency}. Type the amount in ${live.customerCurrency}, not in ${amount.currency}.`,
      },
    ]
  if (amount.minor <= 0) return [{ path: 'refund.amount', message: 'The amount must be more than zero.' }]
  const most = refundOptions(live).routes.find((route) => route.to === to)?.most ?? live.refundable
  return faultIf(
    amount.minor > most.presentment.minor,
    'refund.amount',
    `At most ${inWords(most.presentment)} can be given back that way. Type that or less.`,
  )
}

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

type Moved = { shares: Share[]; shop: Money; customer: Money; tax: Money }

/** @throws DeskError invalid_request through `refuse` of the caller when it comes to nothing: see `comesToNothing` */
function moneyOf(live: LiveOrder, refund: RefundInput, suggestion: Suggestion): Moved {
  const { amount, tax } = suggestion
  const payments = paymentsFor(live, refund, suggestion)
  const most = refund.to === 'store_credit' ? amount.presentment.minor : sumOf(payments)
  const minor = Math.min(refund.amount?.minor ?? most, most)
  const shares = shareOut(minor, payments)
  const shop = refund.to === 'store_credit' ? partOf(amount, minor).shop : addUp(live.shop.currency, 'shop', shares)
  return {
    shares,
    shop,
    customer: { minor, currency: live.customerCurrency },
    tax: { ...tax.shop, minor: proportion(tax.shop.minor, minor, amount.presentment.minor) },
  }
}

/** The most that each payment takes back: what Shopify suggested, unless some of these payments are not on the route. */
function paymentsFor(live: LiveOrder, { to }: RefundInput, { amount, transactions }: Suggestion): Shared[] {
  if (to === 'store_credit') return []
  const onRoute = new Map((to === 'payout' ? byHand(live) : byGateway(live)).map((one) => [one.parentId, one]))
  if (transactions.every(({ parentId }) => onRoute.has(parentId)))
    return transactions.map(({ parentId, gateway, amount: most }) => ({ parentId, gateway, most }))
  const payments = [...onRoute.values()]
  const left = Math.min(amount.presentment.minor, sumOf(payments))
  return shareOut(left, payments).map(({ parentId, gateway, amount: most }) => ({ parentId, gateway, most }))
}

const sumOf = (payments: readonly Pick<Shared, 'most'>[]) =>
  payments.reduce((sum, { most }) => sum + most.presentment.minor, 0)

/** What is wrong once Shopify has said what the wanted comes to. */
export function suggestionFaults(live: LiveOrder, refund: RefundInput, suggestion: Suggestion): Fault[] {
  const most = moneyOf(live, { ...refund, amount: null }, suggestion).customer
  if (most.minor <= 0)
    return [{ path: 'refund', message: 'What was chosen comes to nothing. Choose an amount instead.' }]
  const asked = refund.amount?.minor ?? 0
  return faultIf(
    asked > most.minor,
    'refund.amount',
    `What was chosen comes to ${inWords(most)}. Type that or less, or give back an amount instead.`,
  )
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
