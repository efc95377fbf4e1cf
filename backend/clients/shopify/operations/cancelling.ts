import { mutation, query } from './operation.ts'

/** Never moves money: the refund is a step of its own, under a key (facts/shopify-meta.md section 0). */
export const cancelOrder = mutation(
  'CancelOrder',
  12,
  `mutation CancelOrder($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean!, $staffNote: String) {
  orderCancel(
    orderId: $id
    reason: $reason
    restock: $restock
    notifyCustomer: $notify
    staffNote: $staffNote
    refundMethod: { originalPaymentMethodsRefund: false }
  ) {
    jobResult { id }
    orderCancelUserErrors { code field message }
  }
}`,
)

export const cancelJob = query(
  'CancelJob',
  2,
  `query CancelJob($id: ID!) {
  node(id: $id) {
    ... on OrderCancelJobResult { done status errors { code field message } }
  }
}`,
)
