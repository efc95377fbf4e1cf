/** What an order says of itself, without the lists that have pages. Bulk reads the same. */
export const ORDER_FIELDS = `
fragment OrderFields on Order {
  id
  legacyResourceId
  name
  email
  phone
  processedAt
  updatedAt
  cancelledAt
  cancelReason
  closedAt
  test
  displayFinancialStatus
  displayFulfillmentStatus
  returnStatus
  currencyCode
  presentmentCurrencyCode
  paymentGatewayNames
  tags
  note
  discountCodes
  sourceName
  sourceIdentifier
  statusPageUrl
  originalTotalPriceSet { ...Both }
  currentTotalPriceSet { ...Both }
  currentSubtotalPriceSet { ...Both }
  currentShippingPriceSet { ...Both }
  currentTotalTaxSet { ...Both }
  currentTotalDiscountsSet { ...Both }
  totalReceivedSet { ...Both }
  totalRefundedSet { ...Both }
  totalOutstandingSet { ...Both }
  netPaymentSet { ...Both }
  customer { ...CustomerFields }
  shippingAddress { name address1 address2 city zip provinceCode countryCodeV2 phone }
  disputes { id status initiatedAs }
}`

export const CUSTOMER_FIELDS = `
fragment CustomerFields on Customer {
  id
  displayName
  numberOfOrders
  tags
  amountSpent { amount currencyCode }
  defaultEmailAddress { emailAddress }
  defaultPhoneNumber { phoneNumber }
}`

export const BOTH = `
fragment Both on MoneyBag {
  shopMoney { amount currencyCode }
  presentmentMoney { amount currencyCode }
}`

export const TRANSACTION_FIELDS = `
fragment TransactionFields on OrderTransaction {
  id
  kind
  status
  gateway
  formattedGateway
  manualPaymentGateway
  createdAt
  processedAt
  errorCode
  amountSet { ...Both }
  parentTransaction { id }
  paymentDetails {
    __typename
    ... on CardPaymentDetails { company number }
    ... on LocalPaymentMethodsPaymentDetails { paymentMethodName }
  }
}`

export const FULFILMENT_FIELDS = `
fragment FulfilmentFields on Fulfillment {
  id
  status
  displayStatus
  createdAt
  deliveredAt
  estimatedDeliveryAt
  trackingInfo(first: 10) { company number url }
}`

export const REFUND_FIELDS = `
fragment RefundFields on Refund {
  id
  createdAt
  processedAt
  note
  totalRefundedSet { ...Both }
}`

export const REFUND_LINE_FIELDS = `
fragment RefundLineFields on RefundLineItem {
  quantity
  restockType
  lineItem { id }
}`

export const LINE_FIELDS = `
fragment LineFields on LineItem {
  id
  title
  variantTitle
  sku
  quantity
  currentQuantity
  unfulfilledQuantity
  refundableQuantity
  isGiftCard
  originalUnitPriceSet { ...Both }
  discountedUnitPriceAfterAllDiscountsSet { ...Both }
  image { url(transform: { maxWidth: 160, maxHeight: 160 }) }
  variant { id price inventoryItem { unitCost { amount currencyCode } } }
}`

export const HOLD_FIELDS = `
fragment HoldFields on FulfillmentOrder {
  id
  fulfillmentHolds { reason reasonNotes }
}`
