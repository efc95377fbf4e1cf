import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Shop } from '../../shop.ts'
import type { Instant } from '../../store/records/ids.ts'
import type { Whole } from '../orders/whole.ts'

/** What orderCancel was asked. */
export interface Cancelling {
  reason: string
  restock: boolean
  notifyCustomer: boolean
  staffNote: string | null
  refund: 'no' | 'original' | 'store-credit'
  expiresAt: Instant | null
}

/** Why an order cannot be cancelled now: https://shopify.dev/docs/api/admin-graphql/latest/mutations/orderCancel */
export function cannotCancel({ order, transactions, returns, fulfillments }: Whole): UserError | undefined {
  const invalid = (message: string) => userError('orderId', message, 'INVALID')
  if (order.cancelledAt) return invalid('Cannot cancel an order that has already been canceled')
  if (transactions.some(({ kind, status }) => kind === 'AUTHORIZATION' && status === 'PENDING'))
    return invalid('Cannot cancel an order with pending payment authorizations')
  if (returns.some(({ status }) => status === 'OPEN')) return invalid('Cannot cancel an order with active returns')
  if (fulfillments.some(({ status }) => status === 'SUCCESS'))
    return invalid('Cannot cancel an order with fulfillments')
  return undefined
}

/** Why the arguments cannot be met. */
export function cannotMeet(shop: Shop, { order }: Whole, wish: Cancelling): UserError | undefined {
  if (wish.staffNote && wish.staffNote.length > 255)
    return userError('staffNote', 'Staff note is too long (maximum is 255 characters)', 'INVALID')
  if (wish.refund !== 'store-credit') return undefined
  const at = ['refundMethod', 'storeCreditRefund']
  if (!order.customerId)
    return userError(at, 'The order has no customer to give store credit to', 'STORE_CREDIT_REFUND_MISSING_CUSTOMER')
  if (wish.expiresAt && wish.expiresAt <= shop.at())
    return userError([...at, 'expiresAt'], 'Expiration must be in the future', 'STORE_CREDIT_REFUND_EXPIRATION_IN_PAST')
  return undefined
}
