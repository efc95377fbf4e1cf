import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { PEOPLE_AT_WORK, READERS, WORKERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

/** How a customer comes who does not write. */
export const CONTACT_CHANNELS = ['call', 'walk_in'] as const
export const ContactChannel = z.enum(CONTACT_CHANNELS)
export type ContactChannel = z.infer<typeof ContactChannel>

/** Minutes of one talk, and of all work of one person on one ticket. */
export const LONGEST_CONTACT = 240
export const LONGEST_HANDLING = 1_440

const Talk = z.object({
  channel: ContactChannel,
  minutes: z.int('Minutes are a whole number').min(0).max(LONGEST_CONTACT, `At most ${LONGEST_CONTACT} minutes`),
  text: z.string().trim().min(1, 'Write what was said').max(LIMITS.note),
})

export const Caller = z.object({
  email: z.email('This is no mail address').max(320).nullable(),
  phone: z.string().trim().max(40).nullable(),
  name: z.string().trim().max(200).nullable(),
})
export type Caller = z.infer<typeof Caller>

export const ContactTicket = Talk.extend({
  customer: Caller,
  subject: z.string().trim().min(1, 'A ticket needs a subject').max(LIMITS.subject),
  /** Whether the team still owes something, or all is done. */
  status: z.enum(['open', 'solved']).default('open'),
})
export type ContactTicket = z.infer<typeof ContactTicket>

export const createContactTicket = endpoint('POST', '/v1/contacts', {
  summary: 'A ticket of a call or a visit; without a mail address it cannot be answered by mail until one is added',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: ContactTicket,
  reply: TicketCardView,
})

export const logContact = endpoint('POST', '/v1/tickets/:ticketId/contacts', {
  summary: 'Logs a call or a visit on a ticket; nobody outside sees it',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: Talk,
  reply: TicketCardView,
})

export const addCustomerAddress = endpoint('PUT', '/v1/tickets/:ticketId/customer-address', {
  summary: 'Gives a customer without address one; when somebody has it, the tickets become theirs',
  callers: WORKERS,
  body: z.object({ email: z.email('This is no mail address').max(320) }),
  reply: TicketCardView,
})

export const HandleTime = z.object({
  seconds: z.int(),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), seconds: z.int() })),
})
export type HandleTime = z.infer<typeof HandleTime>

export const getHandleTime = endpoint('GET', '/v1/tickets/:ticketId/handle-time', {
  summary: 'How long each person worked on a ticket, with what was merged into it',
  callers: READERS,
  reply: HandleTime,
})

export const setHandleTime = endpoint('PUT', '/v1/tickets/:ticketId/handle-time', {
  summary: 'Corrects the own time on a ticket',
  callers: PEOPLE_AT_WORK,
  body: z.object({
    minutes: z
      .int('Minutes are a whole number')
      .min(0, 'Not less than 0 minutes')
      .max(LONGEST_HANDLING, `At most ${LONGEST_HANDLING} minutes`),
  }),
  reply: HandleTime,
})

const tags = ['panel']
const card = { callers: PEOPLE_AT_WORK, reply: PanelCard, tags }

export const openContactTicketForm = endpoint('GET', '/v1/contacts/card', {
  summary: 'The form of a new ticket from a call or a visit',
  ...card,
})
export const confirmContactTicket = endpoint('POST', '/v1/contacts/card', {
  summary: 'Makes the ticket; what is missing comes back with the form',
  ...card,
  body: PanelFields,
})
export const openContactForm = endpoint('GET', '/v1/tickets/:ticketId/contacts/card', {
  summary: 'The form of a call or a visit on a ticket',
  ...card,
})
export const confirmContact = endpoint('POST', '/v1/tickets/:ticketId/contacts/card', {
  summary: 'Logs it; what is missing comes back with the form',
  ...card,
  body: PanelFields,
})
export const openAddressForm = endpoint('GET', '/v1/tickets/:ticketId/customer-address/card', {
  summary: 'The form of the address of a customer who has none',
  ...card,
})
export const confirmAddress = endpoint('POST', '/v1/tickets/:ticketId/customer-address/card', {
  summary: 'Adds the address',
  ...card,
  body: PanelFields,
})
export const openHandleTimeForm = endpoint('GET', '/v1/tickets/:ticketId/handle-time/card', {
  summary: 'Who worked how long on a ticket, and the own time to correct',
  callers: READERS,
  reply: PanelCard,
  tags,
})
export const confirmHandleTime = endpoint('POST', '/v1/tickets/:ticketId/handle-time/card', {
  summary: 'Corrects the own time',
  ...card,
  body: PanelFields,
})
