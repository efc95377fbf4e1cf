import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import { carryOut } from '../orders/changing.ts'
import { orderById } from '../orders/visibility.ts'
import { type Whole, wholeOf } from '../orders/whole.ts'
import { mainLocation } from '../stock.ts'
import {
  minorIn,
  type PaymentInput,
  type RefundLineInput,
  readLines,
  readPayments,
  readShipping,
  type ShippingInput,
  type StoreCreditInput,
  tooMuch,
} from './refund-input.ts'
import { type Refunding, refunding } from './refunding.ts'

interface RefundInput {
  orderId: Gid
  currency?: string | null
  note?: string | null
  notify?: boolean | null
  processedAt?: Instant | null
  allowOverRefunding?: boolean | null
  refundLineItems?: RefundLineInput[] | null
  shipping?: ShippingInput | null
  refundDuties?: unknown[] | null
  transactions?: PaymentInput[] | null
  refundMethods?: { storeCreditRefund: StoreCreditInput }[] | null
}

export const refundCreateResource: Resource = {
  mutations: {
    refundCreate: (_: unknown, { input }: { input: RefundInput }, ctx) => {
      const order = orderById(ctx, input.orderId)
      if (!order) return refused(userError('orderId', 'Order does not exist'))
      const whole = wholeOf(ctx.shop, order)
      const wish = refundIn(ctx, whole, input)
      if ('message' in wish) return { ...refused(wish), order }
      const { refund, ...act } = refunding(ctx.shop, whole, wish)
      carryOut(ctx.shop, act)
      return { refund, order: ctx.shop.tables.orders.get(order.id), userErrors: [] }
    },
  },
}

function refundIn(ctx: Ctx, whole: Whole, input: RefundInput): Refunding | UserError {
  const wrongCurrency = currencyError(whole, input.currency)
  if (wrongCurrency) return wrongCurrency
  if (input.refundDuties?.length) return userError('refundDuties', 'The order has no duties to refund')
  const over = input.allowOverRefunding ?? false
  const lines = readLines(whole, input.refundLineItems ?? [], mainLocation(ctx.shop))
  if ('bad' in lines) return lines.bad
  const shipping = readShipping(whole, input.shipping)
  if ('bad' in shipping) return shipping.bad
  const payments = readPayments(whole, input.transactions ?? [], over)
  if ('bad' in payments) return payments.bad
  const storeCredit = creditIn(whole, input.refundMethods?.[0]?.storeCreditRefund)
  if (storeCredit && 'message' in storeCredit) return storeCredit
  const sum = payments.good.reduce((all, { minor }) => all + minor, storeCredit?.minor ?? 0)
  const excess = over ? undefined : tooMuch(whole, sum)
  if (excess) return excess
  if (sum === 0 && lines.good.length === 0 && shipping.good.presentment.minor === 0)
    return userError(null, 'A refund needs line items, shipping or a transaction')
  return {
    leaving: lines.good,
    shipping: shipping.good,
    payments: payments.good,
    storeCredit,
    note: input.note ?? null,
    notify: input.notify ?? false,
    processedAt: input.processedAt ?? null,
    returnId: null,
    by: ctx.app.clientId,
  }
}

/** Where the customer paid in another currency, the input says so: amounts are in that one. */
function currencyError({ order }: Whole, currency: string | null | undefined): UserError | undefined {
  if (!currency && order.presentmentCurrency === order.currency) return undefined
  if (!currency) return userError('currency', 'Currency is required for orders in more than one currency')
  return currency === order.presentmentCurrency
    ? undefined
    : userError('currency', `Currency must be the order's presentment currency ${order.presentmentCurrency}`)
}

function creditIn(whole: Whole, input: StoreCreditInput | undefined): Refunding['storeCredit'] | UserError {
  if (!input) return null
  const at = ['refundMethods', '0', 'storeCreditRefund']
  if (!whole.order.customerId) return userError(at, 'Store credit needs an order with a customer')
  if (input.amount.currencyCode !== whole.order.presentmentCurrency)
    return userError([...at, 'amount'], `Amount must be in ${whole.order.presentmentCurrency}`)
  const minor = minorIn(whole, input.amount.amount)
  if (minor === undefined || minor <= 0) return userError([...at, 'amount'], 'Amount must be greater than 0')
  return { minor, expiresAt: input.expiresAt ?? null }
}
