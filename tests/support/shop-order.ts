import type { BothMoney, ShopLine, ShopOrder, ShopRefund } from '../../backend/clients/shopify/index.ts'

const AT = new Date('2026-11-01T10:00:00Z')

/** The same amount in the shop's and in the buyer's currency, in smallest units. */
export const both = (minor: number, presentment = minor, currencies: [string, string] = ['GBP', 'GBP']): BothMoney => ({
  shop: { minor, currency: currencies[0] },
  presentment: { minor: presentment, currency: currencies[1] },
})

export const shopLine = (line: Partial<ShopLine> = {}): ShopLine => ({
  id: 'gid://shopify/LineItem/1',
  title: 'Green tea',
  variant: null,
  sku: 'TEA',
  quantity: 1,
  currentQuantity: 1,
  unfulfilled: 1,
  refundable: 1,
  unitPrice: both(1_200),
  discountedUnitPrice: both(1_200),
  image: null,
  variantId: 'gid://shopify/ProductVariant/1',
  unitCost: { minor: 400, currency: 'GBP' },
  retail: { minor: 1_200, currency: 'GBP' },
  isGiftCard: false,
  ...line,
})

export const shopRefund = (id: number, minor: number, at = AT): ShopRefund => ({
  id: `gid://shopify/Refund/${id}`,
  at,
  note: null,
  amount: both(minor),
  lines: [],
})

/** A paid order of one tea, as the client reads it from Shopify. */
export const shopOrder = (order: Partial<ShopOrder> = {}): ShopOrder => ({
  id: 'gid://shopify/Order/1',
  number: '1',
  name: 'FF-1001',
  email: 'ada@home.example',
  phone: null,
  customer: null,
  processedAt: AT,
  updatedAt: AT,
  cancelledAt: null,
  cancelReason: null,
  closedAt: null,
  test: false,
  financialStatus: 'PAID',
  fulfilmentStatus: 'UNFULFILLED',
  returnStatus: 'NO_RETURN',
  currency: 'GBP',
  presentmentCurrency: 'GBP',
  originalTotal: both(1_200),
  total: both(1_200),
  subtotal: both(1_200),
  shipping: both(0),
  tax: both(0),
  discounts: both(0),
  received: both(1_200),
  refunded: both(0),
  outstanding: both(0),
  net: both(1_200),
  gateways: ['shopify_payments'],
  transactions: [],
  refunds: [],
  fulfilments: [],
  lines: [shopLine()],
  shippingAddress: null,
  tags: [],
  note: null,
  discountCodes: [],
  disputes: [],
  sourceName: 'web',
  sourceIdentifier: null,
  holds: [],
  statusPageUrl: 'https://fern.example/orders/1',
  ...order,
})
