import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { READERS, WORKERS } from './roles.ts'
import { TicketCardView, TicketNumber, TicketStatus } from './tickets.ts'

/** One person merges so many tickets into another at once; the limit keeps the preview readable. */
export const MERGED_AT_ONCE = 10

const Others = z.array(z.uuid()).min(1, 'Choose a ticket to merge').max(MERGED_AT_ONCE)
const Instant = z.iso.datetime()

export const TicketToMerge = z.object({
  id: z.uuid(),
  number: TicketNumber,
  subject: z.string(),
  status: TicketStatus,
  customer: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  messages: z.int(),
  orders: z.int(),
  tags: z.array(z.string()),
  waitingSince: Instant.nullable(),
})
export type TicketToMerge = z.infer<typeof TicketToMerge>

export const MergePreview = z.object({
  survivor: TicketToMerge,
  merged: z.array(TicketToMerge),
  /** How the survivor stands afterwards. */
  status: TicketStatus,
  waitingSince: Instant.nullable(),
  /** Customers whose answers will go to somebody else; none when all are of one customer. */
  otherCustomers: z.array(z.string()),
  /** Why it cannot be done; null when it can. */
  refusal: z.string().nullable(),
})
export type MergePreview = z.infer<typeof MergePreview>

export const previewMerge = endpoint('POST', '/v1/tickets/:ticketId/merge-previews', {
  summary: 'What merging tickets into this one would move, and what would stand in its way',
  callers: WORKERS,
  looksUp: true,
  body: z.object({ ticketIds: Others }),
  reply: MergePreview,
})

export const mergeTickets = endpoint('POST', '/v1/tickets/:ticketId/merges', {
  summary: 'Merges tickets into this one, which goes on with all that was said; each can be taken back',
  callers: WORKERS,
  body: z.object({
    ticketIds: Others,
    /** Tickets of several customers are merged only when somebody says so: answers go to one of them. */
    acrossCustomers: z.boolean().default(false),
  }),
  reply: TicketCardView,
})

export const splitTicket = endpoint('POST', '/v1/tickets/:ticketId/splits', {
  summary: 'Makes a new ticket of one mail and of what answers it; the new ticket is the reply',
  callers: WORKERS,
  status: 201,
  body: z.object({ messageId: z.uuid(), subject: z.string().trim().max(LIMITS.subject).optional() }),
  reply: TicketCardView,
})

export const undoRegrouping = endpoint('DELETE', '/v1/tickets/:ticketId/regroupings/:regroupingId', {
  summary: 'Takes a merge or a split back, as of either of its tickets; twice is once',
  callers: WORKERS,
  reply: TicketCardView,
})

export const relateTickets = endpoint('PUT', '/v1/tickets/:ticketId/related/:otherId', {
  summary: 'Notes that two tickets have to do with each other; each shows the other',
  callers: WORKERS,
  reply: TicketCardView,
})

export const unrelateTickets = endpoint('DELETE', '/v1/tickets/:ticketId/related/:otherId', {
  summary: 'Takes the note back',
  callers: WORKERS,
  reply: TicketCardView,
})

const tags = ['panel']

export const openRegroupCard = endpoint('GET', '/v1/tickets/:ticketId/regroup-card', {
  summary: 'Merging, splitting and linking, and what of it can be taken back, as a card',
  callers: READERS,
  reply: PanelCard,
  tags,
})

export const openMergeForm = endpoint('GET', '/v1/tickets/:ticketId/merge-card', {
  summary: 'The form in which an agent chooses what to merge',
  callers: WORKERS,
  reply: PanelCard,
  tags,
})

export const reviewMerge = endpoint('POST', '/v1/tickets/:ticketId/merge-card/review', {
  summary: 'What the chosen merge would do, as a card',
  callers: WORKERS,
  looksUp: true,
  query: z.object({
    chosen: z
      .string()
      .max(MERGED_AT_ONCE * 40)
      .optional(),
  }),
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const confirmMerge = endpoint('POST', '/v1/tickets/:ticketId/merge-card', {
  summary: 'Merges what was reviewed',
  callers: WORKERS,
  query: z.object({ chosen: z.string().max(MERGED_AT_ONCE * 40) }),
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const openSplitForm = endpoint('GET', '/v1/tickets/:ticketId/split-card', {
  summary: 'The form in which an agent chooses the mail that becomes a ticket',
  callers: WORKERS,
  reply: PanelCard,
  tags,
})

export const confirmSplit = endpoint('POST', '/v1/tickets/:ticketId/split-card', {
  summary: 'Splits the chosen mail out',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const openRelatedForm = endpoint('GET', '/v1/tickets/:ticketId/related-card', {
  summary: 'The form in which an agent links another ticket',
  callers: WORKERS,
  reply: PanelCard,
  tags,
})

export const confirmRelated = endpoint('POST', '/v1/tickets/:ticketId/related-card', {
  summary: 'Links the ticket whose number was typed',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const openRegrouping = endpoint('GET', '/v1/tickets/:ticketId/regroupings/:regroupingId/card', {
  summary: 'One merge or split, and what taking it back does, as a card',
  callers: READERS,
  reply: PanelCard,
  tags,
})

export const undoRegroupingInPanel = endpoint('POST', '/v1/tickets/:ticketId/regroupings/:regroupingId/undoing', {
  summary: 'Takes a merge or a split back, from its card',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags,
})
