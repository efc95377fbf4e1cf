import type { OrderDetails, OrderView, PaymentKind } from '../../../shared/orders.ts'
import { capital } from '../../kit/words.ts'

/** Shopify's codes, as an agent would say them; others are read as they stand: READY_FOR_PICKUP is `Ready for pickup`. */
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

export const readAs = (code: string): string => capital(code.toLowerCase().replace(/_/g, ' '))

export const parcelWords = (status: string): string => PARCEL[status] ?? readAs(status)

/** What the warehouse and the carrier did so far; a cancelled order says so first. */
export function fulfilmentWords({ fulfilment, cancelledAt, details }: OrderView): string {
  const parcels = details?.parcels || []
  const arrived = parcels.length > 0 && parcels.every(({ status }) => status === 'DELIVERED')
  const words = fulfilment === 'FULFILLED' && arrived ? 'Delivered' : (FULFILMENT[fulfilment] ?? readAs(fulfilment))
  return cancelledAt === null ? words : `Cancelled · ${words}`
}

type Payment = OrderDetails['payment']

const PAYMENT: Record<PaymentKind, (payment: Payment) => string> = {
  cod_open: ({ gateway }) => (isCash(gateway) ? `${CASH}, not collected yet` : `${byHand(gateway)}, not received yet`),
  cod_collected: ({ gateway }) => (isCash(gateway) ? `${CASH}, collected` : `${byHand(gateway)}, received`),
  prepaid: ({ gateway }) => `Paid with ${gateway === null ? 'an unknown method' : partWords(gateway)}`,
  gift_card: () => 'Paid with a gift card',
  store_credit: () => 'Paid with store credit',
  mixed: (payment) =>
    capital(payment.parts.map((part) => (part === 'cod' ? mixedIn(payment) : partWords(part))).join(' + ')),
  none: () => 'Not paid',
}

const CASH = 'Cash on delivery'

/** Shopify tells cash from other money that the shop books by hand, as a bank transfer, by the name alone. */
const isCash = (gateway: string | null): boolean => gateway === null || /\bcash\b|\bcod\b/i.test(gateway)

const byHand = (gateway: string | null): string => (gateway === 'manual' ? 'Payment by hand' : (gateway ?? CASH))

/** The gateway of a mixed payment is that of its first part, so it names what came by hand only when no other part has that name. */
const mixedIn = ({ gateway, parts }: Payment): string =>
  isCash(gateway) || parts.some((part) => part === gateway) ? partWords('cod') : byHand(gateway)

/** How an order is paid: what it may be refunded to hangs on it. */
export function paymentWords({ financial, details }: OrderView): string {
  if (details === null) return FINANCIAL[financial] ?? readAs(financial)
  const { payment, total } = details
  if (payment.kind === 'none') return total.minor === 0 ? 'Nothing to pay' : (FINANCIAL[financial] ?? 'Not paid')
  const words = PAYMENT[payment.kind](payment)
  return financial === 'AUTHORIZED' ? `${words}: reserved, not taken yet` : words
}

const FINANCIAL: Record<string, string> = {
  PENDING: 'Payment is awaited',
  AUTHORIZED: 'Payment is reserved',
  PARTIALLY_PAID: 'Partly paid',
  PARTIALLY_REFUNDED: 'Partly refunded',
  VOIDED: 'Payment was called off',
  EXPIRED: 'Payment has expired',
}

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
  PARTS[part] ?? (/^[a-z_]+$/.test(part) ? capital(part.replace(/_/g, ' ')) : part)
