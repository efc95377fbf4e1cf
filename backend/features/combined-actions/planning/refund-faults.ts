import { inWords } from '../../../../shared/money.ts'
import { titleOf } from './cancel.ts'
import { type Fault, faultIf, isTwice } from './faults.ts'
import type { LiveOrder } from './live-order.ts'
import { untoldFaults } from './notices.ts'
import { moneyOf, type RefundInput, type Suggestion } from './refund-money.ts'
import { refundOptions } from './refund-options.ts'

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
    ...untoldFaults(live, refund.notify, 'refund.notify'),
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
