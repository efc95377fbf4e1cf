/** An order as Shopify writes it, made from its number: the same number is always the same order. */

export const FIRST_ID = 5_000_000_000
const DAY_MS = 86_400_000
/** Orders stand back from here, two minutes apart. */
const NEWEST = Date.parse('2026-11-20T12:00:00Z')
const NEXT_MS = 120_000

export type WireOrder = { order: Record<string, unknown>; lines: Record<string, unknown>[] }

export const orderId = (number: number) => `gid://shopify/Order/${FIRST_ID + number}`
export const numberOf = (gid: string) => Number(gid.slice(gid.lastIndexOf('/') + 1)) - FIRST_ID
export const changedAt = (number: number) => new Date(NEWEST - number * NEXT_MS).toISOString()

const money = (minor: number) => ({ amount: (minor / 100).toFixed(2), currencyCode: 'GBP' })
const both = (minor: number) => ({ shopMoney: money(minor), presentmentMoney: money(minor) })

/**
 * @param number 0 is the newest
 * @param email of the buyer
 */
export function wireOrder(number: number, email: string): WireOrder {
  const count = 1 + (number % 4)
  const lines = Array.from({ length: count }, (_, line) => wireLine(number, line))
  const total = lines.reduce((sum, { price, quantity }) => sum + Number(price) * Number(quantity), 395)
  const refunded = number % 9 === 0 ? 500 : 0
  const at = new Date(NEWEST - number * NEXT_MS - DAY_MS).toISOString()
  const id = FIRST_ID + number
  const order = {
    id: `gid://shopify/Order/${id}`,
    legacyResourceId: String(id),
    name: `BN-${1_000_000 - number}`,
    email,
    phone: null,
    processedAt: at,
    updatedAt: changedAt(number),
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    test: false,
    displayFinancialStatus: refunded ? 'PARTIALLY_REFUNDED' : 'PAID',
    displayFulfillmentStatus: 'FULFILLED',
    returnStatus: 'NO_RETURN',
    currencyCode: 'GBP',
    presentmentCurrencyCode: 'GBP',
    paymentGatewayNames: ['shopify_payments'],
    tags: number % 7 === 0 ? ['gift'] : [],
    note: null,
    discountCodes: [],
    sourceName: 'web',
    sourceIdentifier: null,
    statusPageUrl: `https://bench.example/orders/${id}`,
    originalTotalPriceSet: both(total),
    currentTotalPriceSet: both(total),
    currentSubtotalPriceSet: both(total - 395),
    currentShippingPriceSet: both(395),
    currentTotalTaxSet: both(Math.round(total / 6)),
    currentTotalDiscountsSet: both(0),
    totalReceivedSet: both(total),
    totalRefundedSet: both(refunded),
    totalOutstandingSet: both(0),
    netPaymentSet: both(total - refunded),
    customer: customerOf(email),
    shippingAddress: {
      name: `Buyer ${number % 977}`,
      address1: `${1 + (number % 200)} Orchard Lane`,
      address2: null,
      city: 'Leeds',
      zip: `LS${1 + (number % 20)} ${number % 9}AB`,
      provinceCode: 'ENG',
      countryCodeV2: 'GB',
      phone: `+4477009${String(number % 100_000).padStart(5, '0')}`,
    },
    disputes: [],
    transactions: [transaction(id, total, at)],
    fulfillments: [fulfilment(id, at)],
    refunds: refunded ? [refund(id, refunded, at)] : [],
  }
  return { order, lines: lines.map(({ line }) => line) }
}

function customerOf(email: string) {
  const number = Number(/\d+/.exec(email)?.[0] ?? 0)
  return {
    id: `gid://shopify/Customer/${7_000_000_000 + number}`,
    displayName: `Buyer ${number}`,
    numberOfOrders: '5',
    amountSpent: money(21_000),
    defaultEmailAddress: { emailAddress: email },
    defaultPhoneNumber: null,
  }
}

function wireLine(number: number, line: number) {
  const price = 450 + ((number * 37 + line * 811) % 6_000)
  const quantity = 1 + ((number + line) % 3)
  const id = (FIRST_ID + number) * 10 + line
  return {
    price,
    quantity,
    line: {
      id: `gid://shopify/LineItem/${id}`,
      title: ['Fig jam', 'Olive oil, cold pressed', 'Picnic hamper', 'Walnut bread mix'][line] ?? 'Card',
      variantTitle: line % 2 ? '500 ml' : null,
      sku: `SKU-${line}`,
      quantity,
      currentQuantity: quantity,
      unfulfilledQuantity: 0,
      refundableQuantity: quantity,
      isGiftCard: false,
      originalUnitPriceSet: both(price),
      discountedUnitPriceAfterAllDiscountsSet: both(price),
      image: { url: `https://cdn.bench.example/${line}.png` },
      variant: {
        id: `gid://shopify/ProductVariant/${100 + line}`,
        price: (price / 100).toFixed(2),
        inventoryItem: { unitCost: money(Math.round(price * 0.4)) },
      },
    },
  }
}

const transaction = (id: number, total: number, at: string) => ({
  id: `gid://shopify/OrderTransaction/${id}`,
  kind: 'SALE',
  status: 'SUCCESS',
  gateway: 'shopify_payments',
  formattedGateway: 'Shopify Payments',
  manualPaymentGateway: false,
  createdAt: at,
  processedAt: at,
  errorCode: null,
  amountSet: both(total),
  parentTransaction: null,
  paymentDetails: { __typename: 'CardPaymentDetails', company: 'Visa', number: '•••• •••• •••• 4242' },
})

const fulfilment = (id: number, at: string) => ({
  id: `gid://shopify/Fulfillment/${id}`,
  status: 'SUCCESS',
  displayStatus: 'DELIVERED',
  createdAt: at,
  deliveredAt: at,
  estimatedDeliveryAt: null,
  trackingInfo: [{ company: 'Royal Mail', number: `RM${id}GB`, url: `https://track.bench.example/RM${id}GB` }],
})

const refund = (id: number, minor: number, at: string) => ({
  id: `gid://shopify/Refund/${id}`,
  createdAt: at,
  processedAt: at,
  note: 'Broken jar',
  totalRefundedSet: both(minor),
})
