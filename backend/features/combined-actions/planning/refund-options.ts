import type { BothMoney } from '../../../clients/shopify/index.ts'
import type { LiveOrder, LivePayment } from './live-order.ts'
import type { RefundOptions, RefundRoute } from './options.ts'

/** Money can go back as far as it came in, and only the way that it came or into the shop's own credit. */
export function refundOptions(live: LiveOrder): RefundOptions {
  const why = whyNoRefund(live)
  return {
    why,
    most: live.refundable,
    shipping: { most: live.shippingLeft, why: why ?? whyNoShipping(live) },
    lines: why === null ? linesOf(live) : [],
    routes: [originalRoute(live), creditRoute(live), payoutRoute(live)].map((route) => ({
      ...route,
      why: why ?? route.why,
    })),
  }
}

function whyNoRefund({ name, payment, authorized, refundable, total }: LiveOrder): string | null {
  if (payment.kind === 'cod_open')
    return `${name} is paid on delivery and nothing has been collected, so there is no money to give back.`
  if (authorized) return `The money for ${name} is only reserved, not taken. Cancelling the order frees it.`
  if (refundable.presentment.minor > 0) return null
  if (total.presentment.minor === 0) return `${name} cost nothing, so there is no money to give back.`
  return `All money of ${name} has been given back already, or none has come in.`
}

const whyNoShipping = ({ name, shippingLeft }: LiveOrder): string | null =>
  shippingLeft.presentment.minor > 0 ? null : `No shipping that was paid for ${name} is left to give back.`

const linesOf = ({ lines }: LiveOrder): RefundOptions['lines'] =>
  lines
    .filter(({ refundable }) => refundable > 0)
    .map(({ id, title, refundable, each }) => ({ lineId: id, title, most: refundable, each, why: null }))

export const byGateway = ({ payments }: LiveOrder): LivePayment[] => payments.filter(({ manual }) => !manual)
export const byHand = ({ payments }: LiveOrder): LivePayment[] => payments.filter(({ manual }) => manual)

function originalRoute(live: LiveOrder): RefundRoute {
  const payments = byGateway(live)
  return {
    to: 'original',
    label: payments.length > 0 ? `Back to ${inList(payments)}` : 'Back the way it was paid',
    most: sumOf(live, payments),
    why:
      payments.length > 0
        ? null
        : `${live.name} was paid in cash, which Shopify cannot send back. Choose a payout or store credit.`,
  }
}

const creditRoute = (live: LiveOrder): RefundRoute => ({
  to: 'store_credit',
  label: 'Store credit',
  most: live.refundable,
  why: live.customer.id === null ? `${live.name} belongs to no customer in Shopify who could hold store credit.` : null,
})

function payoutRoute(live: LiveOrder): RefundRoute {
  const payments = byHand(live)
  return {
    to: 'payout',
    label: 'Payout by finance',
    most: sumOf(live, payments),
    why:
      payments.length > 0
        ? null
        : 'A payout is for orders that were paid in cash. This one goes back the way it was paid.',
  }
}

/** «Visa •••• 4242 and a gift card» */
const inList = (payments: readonly LivePayment[]): string =>
  [...new Set(payments.map(({ words }) => words))].join(' and ')

/** What these payments can take back together, and never more than the order as a whole. */
function sumOf({ refundable }: LiveOrder, payments: readonly LivePayment[]): BothMoney {
  const sum = (of: 'shop' | 'presentment') => ({
    ...refundable[of],
    minor: Math.min(
      refundable[of].minor,
      payments.reduce((all, { most }) => all + most[of].minor, 0),
    ),
  })
  return { shop: sum('shop'), presentment: sum('presentment') }
}
