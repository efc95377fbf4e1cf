import type { ShopOrder, ShopTransaction } from './shop-order.ts'

export type PaymentMode = {
  kind: 'cod_open' | 'cod_collected' | 'prepaid' | 'gift_card' | 'mixed' | 'store_credit' | 'none'
  /** The gateway beside gift cards and store credit, as the shop names it: shopify_payments, Cash on Delivery (COD). */
  gateway: string | null
  /** Every way that took part, in order of payment: `gift_card`, `store_credit`, `cod`, or the name of a gateway. */
  parts: string[]
}

type Paid = Pick<ShopOrder, 'financialStatus' | 'gateways' | 'transactions'>

/**
 * How an order is paid, by its successful payments (facts/shopify-meta.md section 1.10). Cash is open while the shop
 * still waits for money that no gateway brings; a gateway that has not answered yet is nothing paid.
 */
export function paymentMode(order: Paid): PaymentMode {
  const payments = order.transactions.filter((transaction) => isPayment(transaction, order.financialStatus))
  const open = openCash(order, payments)
  const parts = [...new Set([...payments.map(partOf), ...(open ? ['cod'] : [])])]
  return { kind: kindOf(parts, open), gateway: gatewayOf(order, payments), parts }
}

function kindOf(parts: string[], open: boolean): PaymentMode['kind'] {
  const [only] = parts
  if (only === undefined) return 'none'
  if (parts.length > 1) return 'mixed'
  if (only === 'cod') return open ? 'cod_open' : 'cod_collected'
  return only === 'gift_card' || only === 'store_credit' ? only : 'prepaid'
}

const TAKES = new Set(['SALE', 'CAPTURE'])
const HOLDS = new Set(['AUTHORIZATION', 'EMV_AUTHORIZATION'])

function isPayment({ kind, status }: ShopTransaction, financialStatus: string | null): boolean {
  if (status !== 'SUCCESS') return false
  const released = financialStatus === 'VOIDED' || financialStatus === 'EXPIRED'
  return TAKES.has(kind) || (HOLDS.has(kind) && !released)
}

function openCash({ financialStatus, transactions }: Paid, payments: ShopTransaction[]): boolean {
  if (financialStatus !== 'PENDING' && financialStatus !== 'PARTIALLY_PAID') return false
  const waiting = transactions.filter(({ kind, status }) => status === 'PENDING' && TAKES.has(kind))
  if (waiting.some((transaction) => partOf(transaction) === 'cod')) return true
  return financialStatus === 'PENDING' && payments.length === 0 && !transactions.some(isAwaited)
}

const isAwaited = ({ status }: ShopTransaction) => status === 'PENDING' || status === 'AWAITING_RESPONSE'

function partOf({ gateway, manual }: ShopTransaction): string {
  if (gateway && /^gift.?card$/i.test(gateway)) return 'gift_card'
  if (gateway && /store.?credit/i.test(gateway)) return 'store_credit'
  return gateway === null || isByHand({ gateway, manual }) ? 'cod' : gateway
}

/** Whether a person brought the money, so that no gateway can send it back; apps of shops book cash, too. */
export const isByHand = ({ gateway, manual }: Pick<ShopTransaction, 'gateway' | 'manual'>): boolean =>
  manual || gateway === null || isCash(gateway)

const isCash = (gateway: string) => /cash on delivery|\bcod\b/i.test(gateway)

function gatewayOf({ gateways, transactions }: Paid, payments: ShopTransaction[]): string | null {
  const taken = [...payments, ...transactions].find((one) => !OWN.has(partOf(one)) && one.gateway !== null)
  return taken?.gateway ?? gateways.find((name) => !/^gift.?card$|store.?credit/i.test(name)) ?? null
}

const OWN = new Set(['gift_card', 'store_credit'])
