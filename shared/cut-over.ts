import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { ADMINS, LEADS, WORKERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

const Instant = z.iso.datetime()

/** A conversation of the past whose last mail is the customer's. */
export const UnansweredThread = z.object({
  ticketId: z.uuid(),
  number: z.string(),
  subject: z.string(),
  customer: z.string(),
  lastAt: Instant,
})
export type UnansweredThread = z.infer<typeof UnansweredThread>

export const BackfillState = z.object({
  state: z.enum(['running', 'paused', 'done', 'stopped']),
  since: Instant,
  until: Instant,
  /** Everything before it has been read. */
  reachedAt: Instant,
  /** Mails that Gmail has of it, and those that came in. */
  listed: z.int(),
  taken: z.int(),
  /** Mails there will be in all, by what there was so far; null while too little was read. */
  estimated: z.int().nullable(),
  problem: z.string().nullable(),
})
export type BackfillState = z.infer<typeof BackfillState>

export const MailboxHistory = z.object({
  /** Mail that Google took before it is history; null while nobody chose it, then it is the connection. */
  liveFrom: Instant.nullable(),
  connectedAt: Instant,
  /** Whether tickets of history count in figures. */
  counted: z.boolean(),
  unansweredDays: z.int(),
  backfill: BackfillState.nullable(),
  shadow: z.boolean(),
})
export type MailboxHistory = z.infer<typeof MailboxHistory>

export const getMailboxHistory = endpoint('GET', '/v1/mailboxes/:mailboxId/history', {
  summary: 'Where a mailbox stands between the past and its go-live',
  callers: [...LEADS, 'settings:read'],
  reply: MailboxHistory,
})

export const startMailboxBackfill = endpoint('POST', '/v1/mailboxes/:mailboxId/backfill', {
  summary: 'Reads the mail of the last months before the go-live as history',
  callers: ADMINS,
  body: z.object({ months: z.int().min(1).max(120) }),
  reply: MailboxHistory,
})

export const steerMailboxBackfill = endpoint('PUT', '/v1/mailboxes/:mailboxId/backfill', {
  summary: 'Pauses the reading of earlier mail, goes on with it, or gives it up',
  callers: ADMINS,
  body: z.object({ act: z.enum(['pause', 'resume', 'stop']) }),
  reply: MailboxHistory,
})

export const listUnanswered = endpoint('GET', '/v1/mailboxes/:mailboxId/unanswered', {
  summary: 'Conversations of the past that wait for an answer, the newest first',
  callers: WORKERS,
  query: PageQuery,
  reply: page(UnansweredThread),
})

export const beginUnanswered = endpoint('POST', '/v1/unanswered/beginnings', {
  summary: 'Opens conversations of the past as tickets, a page of them at most; their clocks start now',
  callers: WORKERS,
  body: z.object({ ticketIds: z.array(z.uuid()).min(1).max(50) }),
  reply: z.object({ begun: z.int() }),
})

export const beginTicket = endpoint('POST', '/v1/tickets/:ticketId/beginning', {
  summary: 'Opens a conversation of the past as a ticket; its clocks start now',
  callers: WORKERS,
  body: z.object({}),
  reply: TicketCardView,
})
