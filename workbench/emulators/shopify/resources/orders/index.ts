import { orderCancelResource } from '../cancelling/order-cancel.ts'
import { deliveryOptionsResource } from '../drafts/delivery-options.ts'
import { draftsResource } from '../drafts/draft.ts'
import { draftActsResource } from '../drafts/draft-acts.ts'
import { calculatedResource } from '../edits/calculated.ts'
import { orderEditsResource } from '../edits/editing.ts'
import { jobsResource } from '../jobs.ts'
import { orderCreateResource } from '../order-create/order-create.ts'
import { refundCreateResource } from '../payments/refund-create.ts'
import { refundsResource } from '../payments/refunds.ts'
import { suggestedRefundResource } from '../payments/suggested-refund.ts'
import { transactionsResource } from '../payments/transactions.ts'
import { returnResources } from '../returns/index.ts'
import { fulfillmentOrdersResource } from '../shipping/fulfillment-orders.ts'
import { fulfillmentsResource } from '../shipping/fulfillments.ts'
import { holdsResource } from '../shipping/holds.ts'
import { addressesResource } from './addresses.ts'
import { findingOrdersResource } from './finding.ts'
import { lineItemsResource } from './line-items.ts'
import { orderResource } from './order.ts'
import { orderUpdateResource } from './order-update.ts'
import { shippingLinesResource } from './shipping-lines.ts'

/** Orders and all that hangs on them. */
export const orderResources = [
  orderResource,
  findingOrdersResource,
  lineItemsResource,
  shippingLinesResource,
  addressesResource,
  transactionsResource,
  refundsResource,
  refundCreateResource,
  suggestedRefundResource,
  orderCancelResource,
  jobsResource,
  ...returnResources,
  calculatedResource,
  orderEditsResource,
  draftsResource,
  draftActsResource,
  deliveryOptionsResource,
  holdsResource,
  orderCreateResource,
  orderUpdateResource,
  fulfillmentsResource,
  fulfillmentOrdersResource,
]
