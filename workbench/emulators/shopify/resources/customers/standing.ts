import { sum } from '../../../../../shared/money.ts'
import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Money } from '../../store/records/money.ts'
import { netPayment } from '../orders/payments.ts'
import { wholeOf } from '../orders/whole.ts'

/** A customer that can be read: one that was merged away is gone. */
export function customerIn(shop: Shop, id: string | null | undefined): CustomerRecord | null {
  const customer = id ? shop.tables.customers.get(id) : undefined
  return customer && !customer.mergedInto ? customer : null
}

export const ordersOf = (shop: Shop, customer: CustomerRecord) => shop.tables.orders.by('customerId', customer.id)

export const orderCount = (shop: Shop, customer: CustomerRecord) =>
  customer.earlier.orders + ordersOf(shop, customer).length

/** What the customer paid less what came back, in the shop's currency. */
export const amountSpent = (shop: Shop, customer: CustomerRecord): Money =>
  sum(shop.seed.currency, [
    customer.earlier.spent,
    ...ordersOf(shop, customer).map((order) => netPayment(wholeOf(shop, order)).shop),
  ])

export const displayName = ({ firstName, lastName, email, phone }: CustomerRecord) =>
  [firstName, lastName].filter(Boolean).join(' ') || email || phone || ''
