import { z } from 'zod'
import { RunningAction } from './combined-actions.ts'
import { DespiteDoubt } from './drafts.ts'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { FileScan } from './files.ts'
import { LIMITS } from './limits.ts'
import { OrderProof, TicketOrders } from './orders.ts'
import { PanelCard, PanelSection } from './panel.ts'
import { PEOPLE_AT_WORK, READERS, WORKERS } from './roles.ts'
import { MessageTrust } from './trust.ts'

export const TICKET_STATUSES = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const
export const TicketStatus = z.enum(TICKET_STATUSES)
export type TicketStatus = z.infer<typeof TicketStatus>

/** The one table of moves that people and reactions may make. A closed ticket only reopens. */
export const ALLOWED_MOVES: Record<TicketStatus, readonly TicketStatus[]> = {
  new: ['open', 'pending', 'on_hold', 'solved', 'closed'],
  open: ['pending', 'on_hold', 'solved', 'closed'],
  pending: ['open', 'on_hold', 'solved', 'closed'],
  on_hold: ['open', 'pending', 'solved', 'closed'],
  solved: ['open', 'closed'],
  closed: ['open'],
}

export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const TicketPriority = z.enum(TICKET_PRIORITIES)
export type TicketPriority = z.infer<typeof TicketPriority>

/** How a ticket came. */
export const TICKET_CHANNELS = ['mail', 'call', 'walk_in'] as const

/** What a ticket is about, unless the workspace says otherwise. */
export const TICKET_CATEGORIES = ['order', 'product', 'billing', 'technical', 'other'] as const

/** `merged` is said by merging alone, and taken back by its undo. */
export const VOID_REASONS = ['spam', 'not_a_ticket', 'duplicate', 'merged'] as const
export const VoidReason = z.enum(VOID_REASONS)
export type VoidReason = z.infer<typeof VoidReason>

/** What a list shows; `mine` is the caller's own. Open means new, open, pending or on hold. */
export const TICKET_VIEWS = ['mine', 'unassigned', 'open', 'solved', 'closed', 'void'] as const
export const TicketView = z.enum(TICKET_VIEWS)
export type TicketView = z.infer<typeof TicketView>

/** TKT-000042: six digits at least, more when a workspace has had a million tickets. */
export const TicketNumber = z.string().regex(/^TKT-\d{6,12}$/i, 'A ticket number looks like TKT-000042')

const Version = z.int().min(1)
const Person = z.object({ id: z.uuid(), name: z.string() })
const Instant = z.iso.datetime()

export const Author = z.object({
  kind: z.enum(['customer', 'staff', 'key', 'system', 'unknown']),
  id: z.uuid().nullable(),
  name: z.string(),
})

export const Attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  contentType: z.string(),
  /** bytes */
  size: z.int().min(0),
  /** Our own address, signed, good for ten minutes. */
  url: z.string(),
  /** What the virus scanner says. */
  scan: FileScan,
  /** What to tell about it: that it is blocked, or was not scanned; null when there is nothing to tell. */
  scanWords: z.string().nullable(),
  /** It is not given out, whoever asks. */
  blocked: z.boolean(),
})

export const MessageExcerpt = z.object({
  id: z.uuid(),
  direction: z.enum(['in', 'out', 'note']),
  author: Author,
  sentAt: Instant,
  excerpt: z.string(),
  attachments: z.array(Attachment),
  /** How far its sender can be believed; null for our own mail, and where nobody judged. */
  trust: MessageTrust.nullable(),
  /** Why it is on this ticket, in words; null where that is not known, and for notes. */
  why: z.string().nullable(),
  /** What there is to say of how the mail came: signed, encrypted, unpacked, cut, files left out. */
  notes: z.array(z.string()),
})
export type MessageExcerpt = z.infer<typeof MessageExcerpt>

export const Message = MessageExcerpt.extend({
  subject: z.string(),
  /** Whole, with all that it quotes. */
  text: z.string(),
  /** What is new in the text, for the view; null when that is all of it. */
  reply: z.string().nullable(),
})

export const Ticket = z.object({
  id: z.uuid(),
  number: TicketNumber,
  subject: z.string(),
  status: TicketStatus,
  priority: TicketPriority,
  category: z.string().nullable(),
  tags: z.array(z.string()),
  voidReason: VoidReason.nullable(),
  assignee: Person.nullable(),
  customer: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  createdAt: Instant,
  lastMessageAt: Instant,
  /** Since when the customer waits for us; null while they do not. */
  waitingSince: Instant.nullable(),
  firstResponse: z.object({ at: Instant, by: Person.nullable() }).nullable(),
  version: Version,
})
export type Ticket = z.infer<typeof Ticket>

export const TicketSummary = Ticket.pick({
  id: true,
  number: true,
  subject: true,
  status: true,
  priority: true,
  assignee: true,
  customer: true,
  lastMessageAt: true,
  waitingSince: true,
})
export type TicketSummary = z.infer<typeof TicketSummary>

/** The view made for the ticket card: everything it shows and everything its buttons need. */
export const TicketCardView = Ticket.extend({
  /** Two letters of the language in which the customer writes; null while nobody is sure. */
  language: z.string().nullable(),
  /** What it can be about: categories in use, and the one that it has. */
  categories: z.array(z.object({ id: z.string(), label: z.string() })),
  messages: z.array(MessageExcerpt),
  messageCount: z.int(),
  allowedMoves: z.array(TicketStatus),
  me: Person.extend({ mayWork: z.boolean() }),
  assignable: z.array(Person),
  follows: z.object({ id: z.uuid(), number: TicketNumber }).nullable(),
  /** Answers that the customer has not got: on their way, refused by Gmail or left to a person since the last one that went out. Newest first. */
  unsent: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(['planned', 'sending', 'unknown', 'refused', 'unclear']),
      refusal: z.string().nullable(),
      by: z.string(),
      plannedAt: Instant,
    }),
  ),
  shop: TicketOrders,
  /** Open actions of the caller on any ticket, newest first; ten at most. */
  running: z.array(RunningAction),
  /** All that the card says and offers besides orders and conversation, as the backend describes it: above the orders … */
  sections: z.array(PanelSection),
  /** … and below the conversation. */
  below: z.array(PanelSection),
  /** Idempotency key of the next write that is made from this view. */
  key: z.string(),
})
export type TicketCardView = z.infer<typeof TicketCardView>

export const TimelineEntry = z.object({
  id: z.uuid(),
  type: z.string(),
  occurredAt: Instant,
  actor: Author,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The same in a sentence. */
  words: z.string(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const listTickets = endpoint('GET', '/v1/tickets', {
  summary: 'Tickets of one view; open work longest waiting first, finished work newest first',
  callers: READERS,
  query: PageQuery.extend({ view: TicketView.default('open') }),
  reply: page(TicketSummary),
})

export const getTicket = endpoint('GET', '/v1/tickets/:ticketId', {
  summary: 'One ticket as its card shows it',
  callers: READERS,
  reply: TicketCardView,
})

export const getTicketByNumber = endpoint('GET', '/v1/ticket-numbers/:number', {
  summary: 'One ticket by its number, for example TKT-000042',
  callers: READERS,
  reply: TicketCardView,
  tags: ['tickets'],
})

const MessageIds = z.object({
  messageId: z.string().max(LIMITS.messageId),
  /** Of the References and In-Reply-To headers, newest last. */
  references: z.array(z.string().max(LIMITS.messageId)).max(LIMITS.references).default([]),
})

export const lookUpTicket = endpoint('POST', '/v1/ticket-lookups', {
  summary: 'The ticket of an open mail, found by its RFC 822 Message-ID, else by what it answers',
  callers: READERS,
  looksUp: true,
  body: MessageIds,
  reply: z.object({
    ticket: TicketCardView.nullable(),
    /** What there is to say of a mail that is here and no ticket holds; it goes before a ticket that the mail merely answers. */
    card: PanelCard.nullish(),
    key: z.string(),
  }),
  tags: ['tickets'],
})

export const createTicket = endpoint('POST', '/v1/tickets', {
  summary: 'Makes a ticket of a mail that the mailbox has not delivered; the same mail later joins it',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: MessageIds.extend({
    subject: z.string().max(LIMITS.subject),
    from: z.string().min(3).max(1_000),
    sentAt: Instant,
    text: z.string().max(LIMITS.reply),
  }),
  reply: TicketCardView,
})

export const listMessages = endpoint('GET', '/v1/tickets/:ticketId/messages', {
  summary: 'The whole conversation, newest first',
  callers: READERS,
  query: PageQuery,
  reply: page(Message),
})

export const listTimeline = endpoint('GET', '/v1/tickets/:ticketId/timeline', {
  summary: 'What happened to a ticket, newest first',
  callers: READERS,
  query: PageQuery,
  reply: page(TimelineEntry),
})

export const showTimeline = endpoint('GET', '/v1/tickets/:ticketId/timeline/card', {
  summary: 'The same as a card for the panel',
  callers: READERS,
  query: z.object({ cursor: z.string().max(500).optional() }),
  reply: PanelCard,
  tags: ['tickets'],
})

export const assignTicket = endpoint('PUT', '/v1/tickets/:ticketId/assignment', {
  summary: 'Gives a ticket to someone, or to nobody',
  callers: WORKERS,
  /** A form cannot send null, so `nobody` says the same. */
  body: z.object({ assigneeId: z.union([z.uuid(), z.literal('nobody')]).nullable(), version: Version }),
  reply: TicketCardView,
})

export const moveTicket = endpoint('PUT', '/v1/tickets/:ticketId/status', {
  summary: 'Moves a ticket to another status, if the table of moves allows it',
  callers: WORKERS,
  body: z.object({ status: TicketStatus, version: Version }),
  reply: TicketCardView,
})

export const prioritiseTicket = endpoint('PUT', '/v1/tickets/:ticketId/priority', {
  summary: 'Sets the priority',
  callers: WORKERS,
  body: z.object({ priority: TicketPriority, version: Version }),
  reply: TicketCardView,
})

export const categoriseTicket = endpoint('PUT', '/v1/tickets/:ticketId/category', {
  summary: 'Sets or clears the category',
  callers: WORKERS,
  /** A form cannot send null, so `none` says the same. */
  body: z.object({ category: z.string().min(1).max(60).nullable(), version: Version }),
  reply: TicketCardView,
})

export const tagTicket = endpoint('PUT', '/v1/tickets/:ticketId/tags', {
  summary: 'Adds and removes tags; two people who tag at once do not conflict',
  callers: WORKERS,
  body: z.object({
    add: z.array(z.string().min(1).max(LIMITS.tag)).max(LIMITS.tags).default([]),
    remove: z.array(z.string().min(1).max(LIMITS.tag)).max(LIMITS.tags).default([]),
    /** Instead of both, as in a form: tags with commas between them as they were typed, and as the form had shown them. */
    tags: z.string().max(LIMITS.tagsText).optional(),
    shown: z.string().max(LIMITS.tagsText).default(''),
  }),
  reply: TicketCardView,
})

export const noteTicket = endpoint('POST', '/v1/tickets/:ticketId/notes', {
  summary: 'Adds an internal note; the customer never sees it',
  callers: WORKERS,
  status: 201,
  body: z.object({ text: z.string().trim().min(1, 'A note needs some text').max(LIMITS.note) }),
  reply: TicketCardView,
})

export const answerTicket = endpoint('POST', '/v1/tickets/:ticketId/answers', {
  summary: 'Answers the customer as a reply does; tells what the card of the ticket shows then',
  callers: PEOPLE_AT_WORK,
  body: z.object({
    text: z.string().trim().min(1, 'A reply needs some text').max(LIMITS.reply),
    despiteDoubt: DespiteDoubt,
  }),
  reply: TicketCardView,
})

export const sendAnswerAgain = endpoint('POST', '/v1/tickets/:ticketId/replies/:replyId/resending', {
  summary:
    'Sends an answer as it was written that Gmail refused, or of which nobody can tell whether it left; tells what the card shows then',
  callers: PEOPLE_AT_WORK,
  body: z.object({ despiteDoubt: DespiteDoubt }),
  reply: TicketCardView,
})

export const voidTicket = endpoint('POST', '/v1/tickets/:ticketId/voiding', {
  summary: 'Takes a ticket out of lists and figures: spam, a duplicate, or no ticket at all',
  callers: WORKERS,
  body: z.object({ reason: VoidReason.exclude(['merged']), version: Version }),
  reply: TicketCardView,
})

export const unvoidTicket = endpoint('POST', '/v1/tickets/:ticketId/restoration', {
  summary: 'Brings a voided ticket back, as it stood',
  callers: WORKERS,
  body: z.object({ version: Version }),
  reply: TicketCardView,
})

export const linkOrder = endpoint('PUT', '/v1/tickets/:ticketId/order-links/:orderId', {
  summary: 'Links an order to a ticket, or confirms the link; with a proof its details open',
  callers: WORKERS,
  body: z.object({ proof: OrderProof.nullable() }),
  reply: TicketCardView,
})

export const unlinkOrder = endpoint('DELETE', '/v1/tickets/:ticketId/order-links/:orderId', {
  summary: 'Takes a link or a mention back; the order stays where it is',
  callers: WORKERS,
  reply: TicketCardView,
})

export const downloadAttachment = endpoint('GET', '/v1/attachments/:attachmentId', {
  summary: 'The bytes of an attachment, over a signed link that ends',
  callers: ['public'],
  query: z.object({ workspace: z.uuid(), expires: z.coerce.number().int(), signature: z.string().max(100) }),
  reply: z.instanceof(Uint8Array),
})
