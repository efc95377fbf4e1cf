import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { LEADS } from './roles.ts'

const Instant = z.iso.datetime()

/** A mail that could not be filed. Its bytes are kept; a ticket says that it is here. */
export const QuarantinedMail = z.object({
  id: z.uuid(),
  mailbox: z.string(),
  reason: z.enum(['parser_killed', 'parser_threw', 'preparing_failed', 'filing_failed']),
  /** held: waits for another version of the desk, or for a person · trying: stands in line to be read again */
  state: z.enum(['held', 'trying', 'filed', 'by_hand']),
  subject: z.string(),
  sender: z.string(),
  /** What was thrown last. */
  error: z.string(),
  attempts: z.int(),
  at: Instant,
  triedAt: Instant,
  ticketId: z.uuid(),
})
export type QuarantinedMail = z.infer<typeof QuarantinedMail>

const tags = ['quarantine']

export const listQuarantined = endpoint('GET', '/v1/quarantined-mails', {
  summary: 'Mails that could not be filed, the newest first',
  callers: LEADS,
  query: PageQuery,
  reply: page(QuarantinedMail),
  tags,
})

export const retryQuarantinedMail = endpoint('POST', '/v1/quarantined-mails/:quarantinedId/retry', {
  summary: 'Takes a mail in quarantine up again, a moment later',
  callers: LEADS,
  body: z.object({}),
  reply: z.object({ retried: z.boolean() }),
  tags,
})

export const retryQuarantinedMails = endpoint('POST', '/v1/quarantined-mails/retries', {
  summary: 'Takes up again what is in quarantine, the newest hundred of it, a moment later',
  callers: LEADS,
  body: z.object({}),
  reply: z.object({ retried: z.int() }),
  tags,
})

export const fileQuarantinedMail = endpoint('POST', '/v1/quarantined-mails/:quarantinedId/ticket', {
  summary: 'Makes a ticket of what somebody read in the raw mail',
  callers: LEADS,
  status: 201,
  body: z.object({
    from: z.string().min(3).max(600),
    subject: z.string().max(300),
    text: z.string().min(1).max(20_000),
  }),
  reply: z.object({ ticketId: z.uuid() }),
  tags,
})
