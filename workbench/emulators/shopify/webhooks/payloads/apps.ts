import { shopGid } from '../../resources/shop.ts'
import type { Shop } from '../../shop.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Kept } from '../../store/records/ids.ts'
import type { BulkRecord } from '../../store/records/shop.ts'
import { from, type Payload } from './payload.ts'
import { localTime, numberOf } from './wire.ts'

/** What happens to the app itself, and the three topics of privacy. */
export const appPayloads = {
  APP_UNINSTALLED: from<Kept>((shop) => shopPayload(shop)),
  APP_SCOPES_UPDATE: from<ScopesChange>((shop, { id, previous, current }) => ({
    id: numberOf(id),
    previous,
    current,
    updated_at: localTime(shop, shop.at()),
  })),
  BULK_OPERATIONS_FINISH: from<BulkRecord>(bulkPayload),
  CUSTOMERS_DATA_REQUEST: from<CustomerRecord>((shop, customer) => ({
    ...whoOf(shop, customer),
    orders_requested: ordersOf(shop, customer),
    data_request: { id: numberOf(customer.id) },
  })),
  CUSTOMERS_REDACT: from<CustomerRecord>((shop, customer) => ({
    ...whoOf(shop, customer),
    orders_to_redact: ordersOf(shop, customer),
  })),
  SHOP_REDACT: from<Kept>((shop) => placeOf(shop)),
}

interface ScopesChange extends Kept {
  previous: string[]
  current: string[]
}

const shopPayload = (shop: Shop): Payload => ({
  id: numberOf(shopGid(shop.seed)),
  name: shop.seed.name,
  email: shop.seed.email,
  domain: shop.domain,
  myshopify_domain: shop.domain,
  currency: shop.seed.currency,
  country_code: shop.seed.country,
  iana_timezone: shop.seed.timezone,
})

/** Says no more than that it ended; the file's address is asked for. */
function bulkPayload(shop: Shop, bulk: BulkRecord): Payload {
  return {
    admin_graphql_api_id: bulk.id,
    status: bulk.status.toLowerCase(),
    type: bulk.type.toLowerCase(),
    error_code: bulk.errorCode?.toLowerCase() ?? null,
    created_at: localTime(shop, bulk.createdAt),
    completed_at: localTime(shop, bulk.completedAt),
  }
}

const placeOf = (shop: Shop): Payload => ({ shop_id: numberOf(shopGid(shop.seed)), shop_domain: shop.domain })

const whoOf = (shop: Shop, { id, email, phone }: CustomerRecord): Payload => ({
  ...placeOf(shop),
  customer: { id: numberOf(id), email, phone },
})

const ordersOf = (shop: Shop, { id }: CustomerRecord) =>
  shop.tables.orders.by('customerId', id).map((order) => numberOf(order.id))
