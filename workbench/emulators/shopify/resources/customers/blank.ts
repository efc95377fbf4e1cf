import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'

/** A customer of whom nothing is known yet. */
export const blankCustomer = (shop: Shop): CustomerRecord => ({
  id: shop.newGid('Customer'),
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  note: null,
  tags: [],
  locale: 'en',
  addresses: [],
  createdAt: shop.at(),
  updatedAt: shop.at(),
  earlier: { orders: 0, spent: { minor: 0, currency: shop.seed.currency } },
  mergedInto: null,
})
