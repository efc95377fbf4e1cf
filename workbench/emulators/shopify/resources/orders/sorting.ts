import type { Shop } from '../../shop.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { financialStatus, fulfillmentStatus } from './statuses.ts'
import { currentTotal, originalTotal } from './totals.ts'
import { wholeOf } from './whole.ts'

/** Sort keys that the table keeps an ordering for, and the search field that bounds it. */
export const ORDERINGS: Record<string, { name: string; field: string }> = {
  UPDATED_AT: { name: 'updatedAt', field: 'updated_at' },
  PROCESSED_AT: { name: 'processedAt', field: 'processed_at' },
  CREATED_AT: { name: 'createdAt', field: 'created_at' },
}

/** Text that sorts as the key asks. */
export const SORT_KEYS: Record<string, (order: OrderRecord, shop: Shop) => string> = {
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  PROCESSED_AT: ({ processedAt }) => processedAt,
  CREATED_AT: ({ createdAt }) => createdAt,
  ID: () => '',
  RELEVANCE: () => '',
  ORDER_NUMBER: ({ number }) => padded(number),
  FINANCIAL_STATUS: (order, shop) => financialStatus(wholeOf(shop, order)),
  FULFILLMENT_STATUS: (order, shop) => fulfillmentStatus(wholeOf(shop, order)),
  TOTAL_PRICE: (order, shop) => padded(originalTotal(wholeOf(shop, order)).shop.minor),
  CURRENT_TOTAL_PRICE: (order, shop) => padded(currentTotal(wholeOf(shop, order)).shop.minor),
  CUSTOMER_NAME: ({ shippingAddress }) => `${shippingAddress?.lastName ?? ''} ${shippingAddress?.firstName ?? ''}`,
  DESTINATION: ({ shippingAddress }) => `${shippingAddress?.countryCode ?? ''} ${shippingAddress?.city ?? ''}`,
  TOTAL_ITEMS_QUANTITY: ({ lines }) => padded(lines.reduce((units, { quantity }) => units + quantity, 0)),
}

const padded = (value: number) => String(value).padStart(16, '0')
