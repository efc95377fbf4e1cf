import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Gid } from '../../store/records/ids.ts'
import { addressPayload } from './addresses.ts'
import { from, type Payload, same } from './payload.ts'
import { localTime, numberOf } from './wire.ts'

export const customerPayloads = {
  ...same(['CUSTOMERS_CREATE', 'CUSTOMERS_UPDATE'], from<CustomerRecord>(customerPayload)),
  CUSTOMERS_DELETE: from<CustomerRecord>((_, { id }) => ({
    id: numberOf(id),
    admin_graphql_api_id: id,
    phone: null,
    addresses: [],
    tax_exemptions: [],
  })),
  CUSTOMERS_MERGE: from<CustomerRecord>(mergePayload),
}

/** Since 2025 without tags, number of orders and money spent: those have topics of their own. */
export function customerPayload(shop: Shop, customer: CustomerRecord): Payload {
  const addresses = customer.addresses.map((address, index) => ({
    id: numberOf(address.id),
    customer_id: numberOf(customer.id),
    ...addressPayload(address),
    default: index === 0,
  }))
  return {
    id: numberOf(customer.id),
    admin_graphql_api_id: customer.id,
    email: customer.email,
    phone: customer.phone,
    first_name: customer.firstName,
    last_name: customer.lastName,
    note: customer.note,
    state: 'disabled',
    verified_email: customer.email !== null,
    tax_exempt: false,
    tax_exemptions: [],
    currency: shop.seed.currency,
    created_at: localTime(shop, customer.createdAt),
    updated_at: localTime(shop, customer.updatedAt),
    addresses,
    default_address: addresses[0] ?? null,
  }
}

function mergePayload(_: Shop, { id }: CustomerRecord, deleted: Gid | undefined): Payload {
  return {
    admin_graphql_api_customer_kept_id: id,
    admin_graphql_api_customer_deleted_id: deleted ?? null,
    admin_graphql_api_job_id: null,
    status: 'completed',
    errors: [],
  }
}
