import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { Compensation } from './orders.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ORDER_READERS, PEOPLE_AT_WORK, READERS, STAFF_ROLES, WORKERS } from './roles.ts'
import { Attachment, TicketStatus, VoidReason } from './tickets.ts'

const Instant = z.iso.datetime()
const tags = ['customers']

/** Counts are exact up to this; one more stands for «more». */
export const MOST_COUNTED = 1_000

export const CustomerName = z
  .string()
  .trim()
  .min(1, 'A customer needs a name')
  .max(200, 'A name has at most 200 characters')

export const Customer = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Where answers go; empty while none is known. */
  email: z.string(),
  /** Every address that they wrote from; 20 at most. */
  addresses: z.array(z.string()),
  phones: z.array(z.string()),
  /** Two letters, as their newest mail tells; null while nobody is sure. */
  language: z.string().nullable(),
  tier: z.enum(['standard', 'plus', 'vip']),
  since: Instant,
  /** Up to 1,000; 1,001 stands for «more». Open ones are counted among the newest 1,000. */
  tickets: z.int(),
  openTickets: z.int(),
  openTasks: z.int(),
})
export type Customer = z.infer<typeof Customer>

export const CustomerTicket = z.object({
  id: z.uuid(),
  number: z.string(),
  subject: z.string(),
  status: TicketStatus,
  voidReason: VoidReason.nullable(),
  assignee: z.string().nullable(),
  createdAt: Instant,
  lastMessageAt: Instant,
})
export type CustomerTicket = z.infer<typeof CustomerTicket>

export const CustomerDocument = Attachment.extend({
  sentAt: Instant,
  /** `in` from the customer, `out` from the team. */
  direction: z.enum(['in', 'out', 'note']),
  ticket: z.object({ id: z.uuid(), number: z.string() }),
})
export type CustomerDocument = z.infer<typeof CustomerDocument>

export const CustomerOrder = z.object({
  id: z.uuid(),
  number: z.string(),
  placedAt: Instant,
  cancelledAt: Instant.nullable(),
  financial: z.string(),
  fulfilment: z.string(),
  /** In words; null while nobody here is known to be the buyer. */
  total: z.string().nullable(),
  adminUrl: z.string(),
})
export type CustomerOrder = z.infer<typeof CustomerOrder>

export const getCustomer = endpoint('GET', '/v1/customers/:customerId', {
  summary: 'One customer: name, addresses, language, tier, and how much there is of them',
  callers: READERS,
  reply: Customer,
})

export const renameCustomer = endpoint('PUT', '/v1/customers/:customerId/name', {
  summary: 'Calls a customer by another name; mail that comes later does not change it',
  callers: WORKERS,
  body: z.object({ name: CustomerName }),
  reply: Customer,
  tags,
})

export const listCustomerTickets = endpoint('GET', '/v1/customers/:customerId/tickets', {
  summary: 'All tickets of a customer, void ones too, the newest message first',
  callers: READERS,
  query: PageQuery,
  reply: page(CustomerTicket),
  tags,
})

export const listCustomerDocuments = endpoint('GET', '/v1/customers/:customerId/documents', {
  summary: 'Attachments of all tickets of a customer, newest first, each with a link that ends',
  callers: READERS,
  query: PageQuery,
  reply: page(CustomerDocument),
  tags,
})

export const listCustomerOrders = endpoint('GET', '/v1/customers/:customerId/orders', {
  summary:
    'Orders that were bought with an address of this customer, newest first; on the first page with what they got back in twelve months',
  callers: ORDER_READERS,
  query: PageQuery.extend({ limit: z.coerce.number().int().min(1).max(50).default(10) }),
  reply: page(CustomerOrder).extend({
    /** Null while nobody here is known to be the buyer, and on later pages. */
    compensation: z.array(Compensation).nullable(),
  }),
  tags,
})

/** The ticket that a card lies on, so that it leads back there; and an older page. */
const OnTicket = z.object({ ticket: z.uuid().optional() })
const Paged = OnTicket.extend({ cursor: z.string().max(500).optional() })

export const showCustomer = endpoint('GET', '/v1/customers/:customerId/card', {
  summary: 'One customer as a card for the panel',
  callers: STAFF_ROLES,
  query: OnTicket,
  reply: PanelCard,
  tags,
})

export const showCustomerForm = endpoint('GET', '/v1/customers/:customerId/form', {
  summary: 'Name and custom fields of a customer as a form in the panel',
  callers: PEOPLE_AT_WORK,
  query: OnTicket,
  reply: PanelCard,
  tags,
})

export const submitCustomerForm = endpoint('POST', '/v1/customers/:customerId/form', {
  summary: 'Saves the form; what is wrong comes back with everything typed',
  callers: PEOPLE_AT_WORK,
  query: OnTicket,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const showCustomerHistory = endpoint('GET', '/v1/customers/:customerId/history/card', {
  summary: 'Tickets, orders and what a customer got back, as a card; older tickets are a page away',
  callers: STAFF_ROLES,
  query: Paged,
  reply: PanelCard,
  tags,
})

export const showCustomerOrders = endpoint('GET', '/v1/customers/:customerId/orders/card', {
  summary: 'All orders of a customer as a card, page by page',
  callers: STAFF_ROLES,
  query: Paged,
  reply: PanelCard,
  tags,
})

export const showCustomerDocuments = endpoint('GET', '/v1/customers/:customerId/documents/card', {
  summary: 'Documents of a customer as a card, page by page',
  callers: STAFF_ROLES,
  query: Paged,
  reply: PanelCard,
  tags,
})
