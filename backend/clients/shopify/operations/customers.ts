import { query } from './operation.ts'
import { CUSTOMER_FIELDS } from './order-parts.ts'

/** An exact look-up: it does not wait for the search index. */
export const customer = query(
  'Customer',
  4,
  `query Customer($identifier: CustomerIdentifierInput!) {
  customerByIdentifier(identifier: $identifier) { ...CustomerFields }
}${CUSTOMER_FIELDS}`,
)
