import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { LEADS, SETTING_READERS, WORKERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

const Instant = z.iso.datetime()

export const IgnoredSender = z.object({
  /** The address, or the domain. */
  sender: z.string(),
  /** Also what is proved to come from there; otherwise only what somebody sends in its name. */
  proven: z.boolean(),
  /** Mails so far. */
  count: z.int(),
  lastAt: Instant.nullable(),
  by: z.string().nullable(),
  since: Instant,
})
export type IgnoredSender = z.infer<typeof IgnoredSender>

export const IgnoredMail = z.object({
  id: z.uuid(),
  sender: z.string(),
  subject: z.string(),
  excerpt: z.string(),
  /** What ignored it: the name of a rule, or null when its sender is on the list. */
  rule: z.string().nullable(),
  at: Instant,
})
export type IgnoredMail = z.infer<typeof IgnoredMail>

export const listIgnoredSenders = endpoint('GET', '/v1/ignored-senders', {
  summary: 'Whose mail makes no ticket, the newest entry first',
  callers: SETTING_READERS,
  query: PageQuery,
  reply: page(IgnoredSender),
})

export const hearSenderAgain = endpoint('POST', '/v1/ignored-senders/removals', {
  summary: 'Takes a sender off the list; its next mail is a ticket again',
  callers: LEADS,
  body: z.object({ sender: z.string().min(1).max(320) }),
  reply: z.object({ removed: z.boolean() }),
})

export const listIgnoredMails = endpoint('GET', '/v1/ignored-mails', {
  summary: 'Mails of the last 30 days that were ignored for their sender or by a rule, newest first',
  callers: LEADS,
  query: PageQuery,
  reply: page(IgnoredMail),
})

export const fileIgnoredMail = endpoint('POST', '/v1/ignored-mails/:mailId/filing', {
  summary: 'Makes a ticket of an ignored mail after all, a moment later',
  callers: LEADS,
  body: z.object({}),
  reply: z.object({ filed: z.boolean() }),
})

export const ignoreSender = endpoint('PUT', '/v1/tickets/:ticketId/ignored-sender', {
  summary: 'Mail from the sender of this ticket makes no ticket any more, and this one is void',
  callers: WORKERS,
  body: z.object({
    whole: z.enum(['address', 'domain']).default('address'),
    /** A sender who had other tickets or orders is ignored only when somebody says so. */
    sure: z.boolean().default(false),
  }),
  reply: TicketCardView,
})

export const hearSenderOfTicket = endpoint('DELETE', '/v1/tickets/:ticketId/ignored-sender', {
  summary: 'Takes that back, and brings the ticket back as it stood',
  callers: WORKERS,
  reply: TicketCardView,
})

const tags = ['panel']

export const fileOpenMail = endpoint('POST', '/v1/ignored-mails/:mailId/filing/card', {
  summary: 'Makes a ticket of an ignored mail from the card beside it',
  callers: LEADS,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const openIgnoreForm = endpoint('GET', '/v1/tickets/:ticketId/ignored-sender/card', {
  summary: 'What ignoring the sender of a ticket would do, as a card',
  callers: WORKERS,
  reply: PanelCard,
  tags,
})

export const confirmIgnore = endpoint('POST', '/v1/tickets/:ticketId/ignored-sender/card', {
  summary: 'Ignores the sender from that card',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags,
})
