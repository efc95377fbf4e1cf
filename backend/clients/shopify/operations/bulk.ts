import { mutation, query } from './operation.ts'
import {
  BOTH,
  CUSTOMER_FIELDS,
  FULFILMENT_FIELDS,
  HOLD_FIELDS,
  LINE_FIELDS,
  ORDER_FIELDS,
  REFUND_FIELDS,
  TRANSACTION_FIELDS,
} from './order-parts.ts'

const BULK_FIELDS = 'id status errorCode createdAt objectCount rootObjectCount url'

/** Grouped: children follow their parent in the file, so that it is read as a stream. */
export const startBulk = mutation(
  'BulkStart',
  12,
  `mutation BulkStart($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { ${BULK_FIELDS} }
    userErrors { field message code }
  }
}`,
)

export const bulk = query(
  'BulkState',
  1,
  `query BulkState($id: ID!) {
  bulkOperation(id: $id) { ${BULK_FIELDS} }
}`,
)

/**
 * What Shopify runs for us over every order. A bulk query may not have connections inside plain lists, so the lines of
 * a refund are missing: https://shopify.dev/docs/api/usage/bulk-operations/queries
 * @param filter Shopify's search language, for example `updated_at:>='2026-01-01T00:00:00Z'`; null for all orders
 */
export const bulkOrders = (filter: string | null) => `query BulkOrders {
  orders${filter ? `(query: ${JSON.stringify(filter)})` : ''} {
    edges {
      node {
        id
        ...OrderFields
        transactions { ...TransactionFields }
        fulfillments { ...FulfilmentFields }
        refunds { ...RefundFields }
        lineItems { edges { node { ...LineFields } } }
        fulfillmentOrders { edges { node { ...HoldFields } } }
      }
    }
  }
}${[ORDER_FIELDS, CUSTOMER_FIELDS, TRANSACTION_FIELDS, FULFILMENT_FIELDS, REFUND_FIELDS, LINE_FIELDS, HOLD_FIELDS, BOTH].join('')}`
