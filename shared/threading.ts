import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { LEADS, SETTING_READERS, WORKERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

/** How workspaces may set what finds a mail's ticket. */
export const ThreadingSettings = z.object({
  /** An answer to a ticket on which nothing was said for so many days, and which is finished, opens a new one that follows it. */
  oldDays: z.int().min(1).max(3_650),
  /** Mails of one sender with one subject within so many days are suggested to belong together; 0 suggests none. */
  suggestDays: z.int().min(0).max(90),
})
export type ThreadingSettings = z.infer<typeof ThreadingSettings>

export const getThreadingSettings = endpoint('GET', '/v1/settings/threading', {
  summary: 'How mails find their tickets, as far as it is set',
  callers: SETTING_READERS,
  reply: ThreadingSettings,
})

export const writeThreadingSettings = endpoint('PUT', '/v1/settings/threading', {
  summary: 'Says when a ticket is old, and for how long one subject suggests one conversation',
  callers: LEADS,
  body: ThreadingSettings,
  reply: ThreadingSettings,
})

export const takeSuggestion = endpoint('POST', '/v1/tickets/:ticketId/suggestions/:suggestionId/taking', {
  summary:
    'Does what is suggested: merges the two tickets, or splits the mail out; the ticket that goes on is the reply',
  callers: WORKERS,
  body: z.object({}),
  reply: TicketCardView,
})

export const dismissSuggestion = endpoint('POST', '/v1/tickets/:ticketId/suggestions/:suggestionId/dismissal', {
  summary: 'Says that a suggestion is wrong; it is not made again',
  callers: WORKERS,
  body: z.object({}),
  reply: TicketCardView,
})
