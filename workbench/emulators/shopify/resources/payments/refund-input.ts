import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { Bag } from '../../store/records/money.ts'
import type { RefundRecord } from '../../store/records/orders.ts'
import { inMessage, minorOf, nothing, takenFrom } from '../bags.ts'
import { refundableMoney, refundableOf, successful } from '../orders/payments.ts'
import { currentQuantity, fulfilledUnits, refundedUnits, unfulfilledQuantity } from '../orders/quantities.ts'
import { lineById, type Whole } from '../orders/whole.ts'
import type { PaymentBack } from './refund-payments.ts'
import { type Leaving, shippingLeft } from './refund-worth.ts'

export interface RefundLineInput {
  lineItemId: Gid
  quantity: number
  restockType?: RefundRecord['lines'][number]['restockType'] | null
  locationId?: Gid | null
}

export interface PaymentInput {
  orderId?: Gid
  parentId?: Gid | null
  kind?: string
  amount: string
}

export interface ShippingInput {
  amount?: string | null
  fullRefund?: boolean | null
}

/** What an input asks for, or why it cannot be. */
export type Read<T> = { good: T } | { bad: UserError }

export function readLines(whole: Whole, inputs: RefundLineInput[], locationId: Gid): Read<Leaving[]> {
  const leaving: Leaving[] = []
  for (const [index, input] of inputs.entries()) {
    const at = (name: string) => ['refundLineItems', String(index), name]
    const line = lineById(whole, input.lineItemId)
    if (!line) return { bad: userError(at('lineItemId'), 'Line item does not exist') }
    const part = {
      line,
      quantity: input.quantity,
      restockType: input.restockType ?? 'NO_RESTOCK',
      locationId: input.locationId ?? locationId,
    }
    if (part.quantity < 1) return { bad: userError(at('quantity'), 'Quantity must be greater than 0') }
    leaving.push(part)
    const most = (kind?: Leaving['restockType']) => unitsOf(leaving, line.id, kind)
    if (most() > currentQuantity(whole, line))
      return { bad: userError(at('quantity'), 'Quantity cannot refund more items than were purchased') }
    if (most('CANCEL') > unfulfilledQuantity(whole, line))
      return { bad: userError(at('restockType'), 'Restock type cancel is for items that have not been fulfilled') }
    if (most('RETURN') > fulfilledUnits(whole, line) - refundedUnits(whole, line, 'RETURN'))
      return { bad: userError(at('restockType'), 'Restock type return is for items that have been fulfilled') }
    if (part.restockType === 'LEGACY_RESTOCK')
      return { bad: userError(at('restockType'), 'Restock type legacy_restock can no longer be used') }
  }
  return { good: leaving }
}

export function readShipping(whole: Whole, input: ShippingInput | null | undefined): Read<Bag> {
  const left = shippingLeft(whole)
  if (input?.fullRefund) return { good: left }
  if (!input?.amount) return { good: nothing(whole.order) }
  const minor = minorIn(whole, input.amount)
  if (minor === undefined || minor < 0) return { bad: userError(['shipping', 'amount'], 'Shipping amount is invalid') }
  if (minor > left.presentment.minor)
    return { bad: userError(['shipping', 'amount'], 'Shipping amount cannot be more than was paid for shipping') }
  return { good: takenFrom(whole.order, left, minor) }
}

/** Every payment that goes back names the payment it came with. `over` allows more than that one brought. */
export function readPayments(whole: Whole, inputs: PaymentInput[], over: boolean): Read<PaymentBack[]> {
  const payments: PaymentBack[] = []
  for (const [index, { orderId, parentId, kind = 'REFUND', amount }] of inputs.entries()) {
    const at = (name: string) => ['transactions', String(index), name]
    if (kind !== 'REFUND')
      return { bad: userError(at('kind'), `Kind ${kind.toLowerCase()} is not a valid transaction`) }
    const parent = successful(whole, 'SALE', 'CAPTURE').find(({ id }) => id === parentId)
    if (!parent || (orderId !== undefined && orderId !== whole.order.id))
      return { bad: userError(at('parentId'), 'Transactions require a parent_id associated with the order') }
    const minor = minorIn(whole, amount)
    if (minor === undefined || minor <= 0) return { bad: userError(at('amount'), 'Amount must be greater than 0') }
    payments.push({ parent, minor })
    const back = payments.filter((one) => one.parent === parent).reduce((sum, one) => sum + one.minor, 0)
    const left = refundableOf(whole, parent).presentment
    if (back > left.minor && !over && back <= refundableMoney(whole).presentment.minor)
      return {
        bad: userError(
          at('amount'),
          `Amount is greater than the ${inMessage(left)} that can be refunded to this payment`,
        ),
      }
  }
  return { good: payments }
}

/** The sum of all that goes back, against what the shop still has of it. */
export function tooMuch(whole: Whole, minor: number): UserError | undefined {
  const left = refundableMoney(whole).presentment
  if (minor <= left.minor) return undefined
  const asked = inMessage({ ...left, minor })
  return userError(null, `Refund amount ${asked} is greater than net payment received ${inMessage(left)}`)
}

/** In the customer's currency; undefined when the currency cannot hold it. */
export function minorIn({ order }: Whole, amount: string): number | undefined {
  try {
    return minorOf(amount, order.presentmentCurrency)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export interface StoreCreditInput {
  amount: { amount: string; currencyCode: string }
  expiresAt?: Instant | null
}

const unitsOf = (leaving: Leaving[], lineId: Gid, kind?: Leaving['restockType']) =>
  leaving
    .filter(({ line, restockType }) => line.id === lineId && (!kind || kind === restockType))
    .reduce((units, { quantity }) => units + quantity, 0)
