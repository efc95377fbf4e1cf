import type { Compensation, OrderDetails, OrderView, PaymentKind } from '../../../../shared/orders.ts'

/** What Shopify's codes mean, in the words of the panel: tests/flows/desk-orders.test.ts holds both together. */
const FULFILMENT: Record<string, string> = {
  UNFULFILLED: 'Not shipped yet',
  OPEN: 'Not shipped yet',
  SCHEDULED: 'Ships later',
  IN_PROGRESS: 'Being packed',
  PENDING_FULFILLMENT: 'Being packed',
  ON_HOLD: 'On hold',
  PARTIALLY_FULFILLED: 'Partly shipped',
  FULFILLED: 'Shipped',
  RESTOCKED: 'Back in stock, not shipped',
  REQUEST_DECLINED: 'Warehouse declined it',
  FULFILLMENT_NOT_REQUIRED: 'Nothing to ship',
}

const PARCEL: Record<string, string> = {
  SUCCESS: 'Shipped',
  FULFILLED: 'Shipped',
  MARKED_AS_FULFILLED: 'Shipped',
  LABEL_PRINTED: 'Label printed',
  LABEL_PURCHASED: 'Label printed',
  CONFIRMED: 'Handed to the carrier',
  CARRIER_PICKED_UP: 'Handed to the carrier',
  IN_TRANSIT: 'On its way',
  OUT_FOR_DELIVERY: 'Out for delivery',
  ATTEMPTED_DELIVERY: 'Delivery was tried',
  DELAYED: 'Delayed',
  DELIVERED: 'Delivered',
  NOT_DELIVERED: 'Could not be delivered',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** READY_FOR_PICKUP is `Ready for pickup`. */
export const readAs = (code: string): string => capital(code.toLowerCase().replaceAll('_', ' '))

export const parcelWords = (status: string): string => PARCEL[status] ?? readAs(status)

/** What the warehouse and the carrier did so far; a cancelled order says so first. */
export function fulfilmentWords({ fulfilment, cancelledAt, details }: OrderView): string {
  const parcels = details?.parcels ?? []
  const arrived = parcels.length > 0 && parcels.every(({ status }) => status === 'DELIVERED')
  const words = fulfilment === 'FULFILLED' && arrived ? 'Delivered' : (FULFILMENT[fulfilment] ?? readAs(fulfilment))
  return cancelledAt === null ? words : `Cancelled · ${words}`
}

type Payment = OrderDetails['payment']

const CASH = 'Cash on delivery'

/** The shop books cash and other money by hand alike; only the name tells them apart. */
const isCash = (gateway: string | null): boolean => gateway === null || /\bcash\b|\bcod\b/i.test(gateway)

const byHand = (gateway: string | null): string => (gateway === 'manual' ? 'Payment by hand' : (gateway ?? CASH))

const PARTS: Record<string, string> = {
  gift_card: 'gift card',
  store_credit: 'store credit',
  cod: 'cash on delivery',
  shopify_payments: 'Shopify Payments',
  paypal: 'PayPal',
  ideal: 'iDEAL',
}

/** A gateway's own name stays as the shop wrote it. */
const partWords = (part: string): string =>
  PARTS[part] ?? (/^[a-z_]+$/.test(part) ? capital(part.replaceAll('_', ' ')) : part)

/** The gateway of a mixed payment is that of its first part. */
const handPart = ({ gateway, parts }: Payment): string =>
  isCash(gateway) || parts.some((part) => part === gateway) ? partWords('cod') : byHand(gateway)

const PAYMENT: Record<PaymentKind, (payment: Payment) => string> = {
  cod_open: ({ gateway }) => (isCash(gateway) ? `${CASH}, not collected yet` : `${byHand(gateway)}, not received yet`),
  cod_collected: ({ gateway }) => (isCash(gateway) ? `${CASH}, collected` : `${byHand(gateway)}, received`),
  prepaid: ({ gateway }) => `Paid with ${gateway === null ? 'an unknown method' : partWords(gateway)}`,
  gift_card: () => 'Paid with a gift card',
  store_credit: () => 'Paid with store credit',
  mixed: (payment) =>
    capital(payment.parts.map((part) => (part === 'cod' ? handPart(payment) : partWords(part))).join(' + ')),
  none: () => 'Not paid',
}

const FINANCIAL: Record<string, string> = {
  PENDING: 'Payment is awaited',
  AUTHORIZED: 'Payment is reserved',
  PARTIALLY_PAID: 'Partly paid',
  PARTIALLY_REFUNDED: 'Partly refunded',
  VOIDED: 'Payment was called off',
  EXPIRED: 'Payment has expired',
}

/** How an order is paid: what it may be refunded to hangs on it. */
export function paymentWords({ financial, details }: OrderView): string {
  if (details === null) return FINANCIAL[financial] ?? readAs(financial)
  const { payment, total } = details
  if (payment.kind === 'none') return total.minor === 0 ? 'Nothing to pay' : (FINANCIAL[financial] ?? 'Not paid')
  const words = PAYMENT[payment.kind](payment)
  return financial === 'AUTHORIZED' ? `${words}: reserved, not taken yet` : words
}

/** What somebody got back, a line for each currency; empty when nothing. */
export const givenWords = (sums: readonly Compensation[]): string => sums.map(inOneCurrency).filter(Boolean).join('\n')

function inOneCurrency(sum: Compensation): string {
  const cost = sum.reshipCost ? ` (cost ${sum.reshipCost.text})` : ' (cost not known)'
  const reships = `${sum.reshipCount} reship${sum.reshipCount === 1 ? '' : 's'}`
  return [
    sum.refundCount > 0 && `${sum.refunds.text} refunds (${sum.refundCount})`,
    sum.giftCardCount > 0 && `${sum.giftCards.text} gift cards (${sum.giftCardCount})`,
    sum.reshipCount > 0 && `${reships} ${sum.reships.text}${cost}`,
    sum.discountCount > 0 && `${sum.discounts.text} discounts (${sum.discountCount})`,
  ]
    .filter(Boolean)
    .join(' · ')
}
