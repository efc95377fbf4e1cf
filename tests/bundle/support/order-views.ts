import { amountOf } from '../../../shared/money.ts'
import type { Compensation, OrderDetails, OrderView } from '../../../shared/orders.ts'
import type { TicketCardView } from '../../../shared/tickets.ts'
import { uuid } from './views.ts'

export const gbp = (minor: number) => amountOf({ minor, currency: 'GBP' })

export const ORDER_ID = uuid(501)

export const line = (title: string, other: Partial<OrderDetails['lines'][number]> = {}) => ({
  title,
  variant: '250 g',
  sku: 'HON-250',
  quantity: 2,
  currentQuantity: 2,
  unitPrice: gbp(1_250),
  imageUrl: 'https://cdn.shop.example/honey.png',
  ...other,
})

export const given = (other: Partial<Compensation> = {}): Compensation => ({
  currency: 'GBP',
  refunds: gbp(5_800),
  refundCount: 2,
  reships: gbp(3_400),
  reshipCost: gbp(1_210),
  reshipCount: 1,
  giftCards: gbp(2_000),
  giftCardCount: 1,
  discounts: gbp(0),
  discountCount: 0,
  total: gbp(11_200),
  ...other,
})

export const details = (other: Partial<OrderDetails> = {}): OrderDetails => ({
  buyer: { name: 'Ada Byron', email: 'ada@customer.example', phone: null },
  shipTo: 'Ada Byron, 4 Fern Lane, SE1 7PB London, GB',
  payment: { kind: 'prepaid', gateway: 'Visa', parts: ['Visa'] },
  total: gbp(2_500),
  shopTotal: null,
  received: gbp(2_500),
  refunded: gbp(0),
  outstanding: gbp(0),
  lines: [line('Heather honey')],
  lineCount: 1,
  nextLine: null,
  parcels: [],
  refunds: [],
  disputes: [],
  holds: [],
  tags: [],
  discountCodes: [],
  compensation: [],
  ...other,
})

/** One order as the backend shows it to a ticket; open unless said. */
export const orderView = (other: Partial<OrderView> = {}): OrderView => ({
  id: ORDER_ID,
  number: 'HH-1042',
  shop: { id: uuid(500), name: 'Honey Hill' },
  placedAt: '2026-11-12T10:00:00.000Z',
  cancelledAt: null,
  deletedAt: null,
  test: false,
  financial: 'PAID',
  fulfilment: 'UNFULFILLED',
  via: 'bought',
  link: null,
  hint: 'A… B…, a…@customer.example',
  details: details(),
  locked: null,
  acting: null,
  starts: [],
  noStarts: null,
  checkedAt: '2026-11-20T10:03:00.000Z',
  adminUrl: 'https://honey.myshopify.com/admin/orders/1042',
  ...other,
})

export const LOCKED =
  "This mail is not proved to come from the buyer's address. Ask for the order number and the postcode or phone, and confirm it here."

export const lockedOrder = (other: Partial<OrderView> = {}): OrderView =>
  orderView({ details: null, locked: LOCKED, ...other })

export const shopWith = (
  orders: OrderView[],
  other: Partial<TicketCardView['shop']> = {},
): { shop: TicketCardView['shop'] } => ({
  shop: { orders, more: false, compensation: null, problems: [], connected: true, ...other },
})
