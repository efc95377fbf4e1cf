import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { LIMITS } from './limits.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { QueueName } from './queues.ts'
import { READERS, WORKERS } from './roles.ts'
import { TicketPriority, TicketStatus } from './tickets.ts'

/** One act reaches at most so many tickets. */
export const BULK_LIMIT = 1_000
/** How long it can be taken back after its last ticket, in minutes. */
export const BULK_UNDO_MINUTES = 10

const Tags = z.array(z.string().min(1).max(LIMITS.tag)).max(LIMITS.tags).default([])

/** What is done to each ticket, exactly as its own card would do it. */
export const BulkWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), assigneeId: z.uuid().nullable() }),
  z.object({ kind: z.literal('status'), status: TicketStatus }),
  z.object({ kind: z.literal('priority'), priority: TicketPriority }),
  z.object({ kind: z.literal('tag'), add: Tags, remove: Tags }),
  /** Only of tickets whose category is still `was`, when it is said; null is none. */
  z.object({
    kind: z.literal('category'),
    category: z.string().min(1).max(60).nullable(),
    was: z.string().min(1).max(60).nullable().optional(),
  }),
  /** The survivor stays as it is when it is among the tickets; of other customers only when it is said so. */
  z.object({ kind: z.literal('merge'), survivorId: z.uuid(), acrossCustomers: z.boolean().default(false) }),
])
export type BulkWish = z.infer<typeof BulkWish>

/** The tickets of a view in its order, or these. */
export const BulkOn = z.union([
  z.object({ view: QueueName, of: z.string().min(1).max(100).nullable().default(null) }),
  z.object({ ticketIds: z.array(z.uuid()).min(1, 'Choose at least one ticket').max(BULK_LIMIT) }),
])
export type BulkOn = z.infer<typeof BulkOn>

export const BulkAct = z.object({
  id: z.uuid(),
  wish: BulkWish,
  /** What it does, in words. */
  words: z.string(),
  by: z.string(),
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  total: z.int(),
  /** How many ended so: `unchanged` was so already, `left` was changed by somebody since, so the undo left it. */
  counts: z.object({
    planned: z.int(),
    done: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    undone: z.int(),
    left: z.int(),
  }),
  createdAt: z.iso.datetime(),
  /** Until when it can be taken back; null while it cannot. */
  undoUntil: z.iso.datetime().nullable(),
})
export type BulkAct = z.infer<typeof BulkAct>

export const BulkActTicket = z.object({
  ticketId: z.uuid(),
  number: z.string(),
  outcome: z.enum(['planned', 'done', 'unchanged', 'failed', 'undone', 'left']),
  /** Why it failed, or was left. */
  reason: z.string().nullable(),
})
export type BulkActTicket = z.infer<typeof BulkActTicket>

export const createBulkAct = endpoint('POST', '/v1/bulk-acts', {
  summary: 'One act on up to 1,000 tickets, by a job; each is changed by the same rules as alone',
  callers: WORKERS,
  status: 202,
  body: z.object({ on: BulkOn, wish: BulkWish }),
  reply: BulkAct,
})

export const getBulkAct = endpoint('GET', '/v1/bulk-acts/:bulkActId', {
  summary: 'How far an act on many tickets is',
  callers: READERS,
  reply: BulkAct,
})

export const listBulkActTickets = endpoint('GET', '/v1/bulk-acts/:bulkActId/tickets', {
  summary: 'What happened to each ticket, and why',
  callers: READERS,
  query: PageQuery,
  reply: page(BulkActTicket),
})

export const undoBulkAct = endpoint('POST', '/v1/bulk-acts/:bulkActId/undoing', {
  summary: 'Takes an act back, for ten minutes; tickets that somebody changed since stay as they are, and are named',
  callers: WORKERS,
  reply: BulkAct,
})

export const showBulkForm = endpoint('GET', '/v1/queues/:view/bulk-card', {
  summary: 'The form of an act on many tickets of a view, as a card',
  callers: WORKERS,
  query: z.object({ of: z.string().min(1).max(100).optional(), cursor: z.string().max(1_000).optional() }),
  reply: PanelCard,
  tags: ['bulk-acts'],
})

export const submitBulkForm = endpoint('POST', '/v1/queues/:view/bulk-card', {
  summary: 'Begins the act that was chosen on the card',
  callers: WORKERS,
  query: z.object({ of: z.string().min(1).max(100).optional() }),
  body: PanelFields,
  reply: PanelCard,
  tags: ['bulk-acts'],
})

export const showBulkAct = endpoint('GET', '/v1/bulk-acts/:bulkActId/card', {
  summary: 'How far an act on many tickets is, as a card with its undo',
  callers: READERS,
  reply: PanelCard,
})

export const undoBulkActFromCard = endpoint('POST', '/v1/bulk-acts/:bulkActId/card/undoing', {
  summary: 'Takes it back; the answer is its card',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
})
