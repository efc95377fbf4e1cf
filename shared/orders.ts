import { z } from 'zod'
import { ActionStart, ActionState } from './combined-actions.ts'
import { endpoint } from './endpoint.ts'
import { Amount } from './money.ts'
import { ORDER_READERS } from './roles.ts'

const Instant = z.iso.datetime()

/** How an order was, or will be, paid: facts/shopify-meta.md section 1.10. */
export const PAYMENT_KINDS = [
  'cod_open',
  'cod_collected',
  'prepaid',
  'gift_card',
  'mixed',
  'store_credit',
  'none',
] as const
export const PaymentKind = z.enum(PAYMENT_KINDS)
export type PaymentKind = z.infer<typeof PaymentKind>

export const ORDER_SEARCHES = ['number', 'email', 'phone', 'name', 'tracking', 'gift_card'] as const
export const OrderSearch = z.enum(ORDER_SEARCHES)
export type OrderSearch = z.infer<typeof OrderSearch>

/** What someone got back in twelve months, from anyone, in one currency. A reship counts at retail; `cost` is null while a cost is unknown. */
export const Compensation = z.object({
  currency: z.string(),
  refunds: Amount,
  refundCount: z.int(),
  reships: Amount,
  reshipCost: Amount.nullable(),
  reshipCount: z.int(),
  giftCards: Amount,
  giftCardCount: z.int(),
  discounts: Amount,
  discountCount: z.int(),
  total: Amount,
})
export type Compensation = z.infer<typeof Compensation>

export const OrderLine = z.object({
  title: z.string(),
  variant: z.string().nullable(),
  sku: z.string().nullable(),
  /** Ordered, and what is left of it after cancellations and returns. */
  quantity: z.int(),
  currentQuantity: z.int(),
  unitPrice: Amount,
  imageUrl: z.string().nullable(),
})
export type OrderLine = z.infer<typeof OrderLine>

export const OrderParcel = z.object({
  status: z.string(),
  shippedAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  expectedAt: Instant.nullable(),
  tracking: z.array(z.object({ company: z.string().nullable(), number: z.string(), url: z.string().nullable() })),
})

/** What only someone may be told who is known to be the buyer, or who proved to know the order. */
export const OrderDetails = z.object({
  buyer: z.object({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable() }),
  shipTo: z.string().nullable(),
  payment: z.object({ kind: PaymentKind, gateway: z.string().nullable(), parts: z.array(z.string()) }),
  /** What the buyer saw, in the buyer's currency; `shopTotal` only where the shop's currency is another. */
  total: Amount,
  shopTotal: Amount.nullable(),
  received: Amount,
  refunded: Amount,
  outstanding: Amount,
  lines: z.array(OrderLine),
  lineCount: z.int(),
  /** Where the next page of lines starts; null when all are here. */
  nextLine: z.int().nullable(),
  parcels: z.array(OrderParcel),
  refunds: z.array(z.object({ at: Instant, amount: Amount, note: z.string().nullable(), settled: z.boolean() })),
  disputes: z.array(z.object({ status: z.string(), kind: z.string() })),
  holds: z.array(z.string()),
  tags: z.array(z.string()),
  discountCodes: z.array(z.string()),
  compensation: z.array(Compensation),
})
export type OrderDetails = z.infer<typeof OrderDetails>

/** What can be done to an order in one flow, and who is at it. */
export const OrderActs = z.object({
  /** The open action on the order: while there is one, there is no other. `words` says whose it is and how far. */
  acting: z
    .object({ id: z.uuid(), mine: z.boolean(), by: z.string(), state: ActionState, words: z.string() })
    .nullable(),
  /** What can be chosen now, presets first. */
  starts: z.array(z.object({ start: ActionStart, label: z.string() })),
  /** Why nothing can be chosen; null when something can, and when the caller may not act at all. */
  noStarts: z.string().nullable(),
})
export type OrderActs = z.infer<typeof OrderActs>

export const OrderView = OrderActs.extend({
  id: z.uuid(),
  /** As the shop writes it, with its prefix: FF-20418. */
  number: z.string(),
  shop: z.object({ id: z.uuid(), name: z.string() }),
  placedAt: Instant,
  cancelledAt: Instant.nullable(),
  /** The order is gone from Shopify; what is shown is the last we knew. */
  deletedAt: Instant.nullable(),
  test: z.boolean(),
  financial: z.string(),
  fulfilment: z.string(),
  /** Why it is shown: named in a mail, linked by a person, or bought by the one who writes. Null in a search. */
  via: z.enum(['named', 'linked', 'bought']).nullable(),
  link: z.object({ confirmed: z.boolean(), by: z.string(), at: Instant }).nullable(),
  /** Enough to ask back with, never enough to give away: `A… L…, a…@home.example`. */
  hint: z.string(),
  /** Null while the writer is not known to be the buyer; `locked` then says why and what helps, and money acts stay off. */
  details: OrderDetails.nullable(),
  locked: z.string().nullable(),
  /** When this was last read from Shopify. */
  checkedAt: Instant,
  /** The order in Shopify's own pages. */
  adminUrl: z.string(),
})
export type OrderView = z.infer<typeof OrderView>

/** The orders' part of a ticket card. */
export const TicketOrders = z.object({
  /** Named in the mail first, then linked, then bought; newest first within each. What a person linked is never left out for others. */
  orders: z.array(OrderView),
  /** Whether there are more orders than are shown. */
  more: z.boolean(),
  /** What this customer got in twelve months, over all orders; null while nobody here is known to be the buyer. */
  compensation: z.array(Compensation).nullable(),
  /** What is wrong with a shop, in words that say what to do; empty when all is well. */
  problems: z.array(z.string()),
  /** Whether any shop is connected: without one the card says nothing about orders. */
  connected: z.boolean(),
})
export type TicketOrders = z.infer<typeof TicketOrders>

export const searchOrders = endpoint('POST', '/v1/tickets/:ticketId/order-searches', {
  summary: 'Finds orders by number, e-mail, phone, name, tracking number or last characters of a gift card',
  callers: ORDER_READERS,
  looksUp: true,
  body: z.object({ by: OrderSearch, text: z.string().trim().max(200, 'That is too long to look for') }),
  reply: z.object({
    orders: z.array(OrderView),
    /** What the search could not see, for example while Shopify is away. */
    remark: z.string().nullable(),
  }),
  tags: ['orders'],
})

export const getOrder = endpoint('GET', '/v1/tickets/:ticketId/orders/:orderId', {
  summary: 'One order as this ticket may see it, with a page of its lines',
  callers: ORDER_READERS,
  query: z.object({ line: z.coerce.number().int().min(0).max(10_000).default(0) }),
  reply: OrderView,
  tags: ['orders'],
})

/** What the writer said and only a buyer knows: the number, and the postcode or the phone of the order. */
export const OrderProof = z.object({
  number: z.string().trim().min(1, 'Type the order number').max(60, 'That is too long for an order number'),
  postcode: z.string().trim().max(20, 'That is too long for a postcode').default(''),
  phone: z.string().trim().max(40, 'That is too long for a phone number').default(''),
})
export type OrderProof = z.infer<typeof OrderProof>
