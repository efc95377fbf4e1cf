import { sum } from '../../../../../shared/money.ts'
import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Gid } from '../../store/records/ids.ts'
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
  customer.earlier.orders + bought(shop, customer).orders

/** What the customer paid less what came back, in the shop's currency. */
export const amountSpent = (shop: Shop, customer: CustomerRecord): Money =>
  sum(shop.seed.currency, [customer.earlier.spent, bought(shop, customer).spent])

interface Bought {
  orders: number
  spent: Money
}

const known = new WeakMap<Shop, { at: string; by: Map<Gid, Bought> }>()

/** Summed up once until an order or a payment changes: an export asks for it with each of a customer's orders. */
function bought(shop: Shop, customer: CustomerRecord): Bought {
  const at = `${shop.tables.orders.revision} ${shop.tables.transactions.revision}`
  const before = known.get(shop)
  const sums = before?.at === at ? before : { at, by: new Map<Gid, Bought>() }
  known.set(shop, sums)
  const found = sums.by.get(customer.id) ?? boughtNow(shop, customer)
  sums.by.set(customer.id, found)
  return found
}

function boughtNow(shop: Shop, customer: CustomerRecord): Bought {
  const orders = ordersOf(shop, customer)
  const payments = orders.map((order) => netPayment(wholeOf(shop, order)).shop)
  return { orders: orders.length, spent: sum(shop.seed.currency, payments) }
}

export const displayName = ({ firstName, lastName, email, phone }: CustomerRecord) =>
  [firstName, lastName].filter(Boolean).join(' ') || email || phone || ''
