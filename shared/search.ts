import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { READERS } from './roles.ts'
import { TicketSummary, VoidReason } from './tickets.ts'

/** Longer questions are refused, characters. */
export const LONGEST_SEARCH = 500

/** `best` looks at the newest thousand hits. */
export const SEARCH_ORDERS = ['newest', 'best'] as const
export const SearchOrder = z.enum(SEARCH_ORDERS)
export type SearchOrder = z.infer<typeof SearchOrder>

export const SearchHit = TicketSummary.extend({
  voidReason: VoidReason.nullable(),
  tags: z.array(z.string()),
  found: z.object({
    /** The newest message that matches; null when the ticket itself does, by a tag or an order. */
    messageId: z.uuid().nullable(),
    at: z.iso.datetime(),
    /** Who wrote the message; null when the ticket itself matches. */
    author: z.string().nullable(),
    excerpt: z.string(),
    /** What was searched for in the excerpt: where it begins and how long it is, in UTF-16 units. */
    marks: z.array(z.object({ start: z.int(), length: z.int() })),
  }),
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchResult = z.object({
  items: z.array(SearchHit),
  /** Null when nothing more is found. A page may be short and have a next one all the same. */
  next: z.string().nullable(),
  /** How far the search has come, when it has looked at as many messages as one page may; null otherwise. */
  searchedTo: z.iso.datetime().nullable(),
  /** What the search made of the question, in words for whoever asked; null when there is nothing to say. */
  remark: z.string().nullable(),
})
export type SearchResult = z.infer<typeof SearchResult>

export const TOO_LONG_SEARCH = `A search has at most ${LONGEST_SEARCH} characters. Keep the words that matter.`
const Cursor = z.string().max(2_000).optional()
const Asked = z.string().max(LONGEST_SEARCH, TOO_LONG_SEARCH)

export const searchTickets = endpoint('GET', '/v1/search', {
  summary: 'Tickets by words, customers, order numbers and operators, newest hit first',
  callers: READERS,
  query: z.object({
    q: Asked,
    order: SearchOrder.default('newest'),
    cursor: Cursor,
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  reply: SearchResult,
})

export const showSearch = endpoint('GET', '/v1/search/card', {
  summary: 'The search of the panel: its field, and what it finds',
  callers: READERS,
  query: z.object({ q: Asked.optional(), order: SearchOrder.default('newest'), cursor: Cursor }),
  reply: PanelCard,
})

export const sendSearch = endpoint('POST', '/v1/search-cards', {
  summary: 'What was typed into the search of the panel',
  callers: READERS,
  looksUp: true,
  body: PanelFields,
  reply: PanelCard,
  tags: ['search'],
})
