import { toDecimal } from '../../../../../shared/money.ts'
import { date, id, number, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import { amountSpent, displayName, orderCount } from './standing.ts'

/** The count knows fewer fields than the list: with `email:` or `state:` it counts everybody and warns. */
export const countedFields: SearchFields<CustomerRecord> = {
  default: text((c) => [displayName(c), c.email, c.phone, ...c.addresses.flatMap(({ city, zip }) => [city, zip])]),
  id: id((c) => c.id),
  customer_date: date((c) => c.createdAt),
  updated_at: date((c) => c.updatedAt),
}

/** https://shopify.dev/docs/api/admin-graphql/latest/queries/customers */
export const customerFields = (shop: Shop): SearchFields<CustomerRecord> => ({
  ...countedFields,
  email: text((c) => c.email),
  phone: text((c) => c.phone),
  first_name: text((c) => c.firstName),
  last_name: text((c) => c.lastName),
  country: word((c) => c.addresses.flatMap(({ country, countryCode }) => [country, countryCode])),
  tag: word((c) => c.tags),
  orders_count: number((c) => orderCount(shop, c)),
  total_spent: number((c) => Number(toDecimal(amountSpent(shop, c)))),
})
