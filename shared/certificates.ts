import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { LEADS, SETTING_READERS } from './roles.ts'

const Instant = z.iso.datetime()

/** What a count of a mailbox came to: every Gmail id of a stretch of time was matched with its outcome. */
export const MailCertificate = z.object({
  id: z.uuid(),
  mailboxId: z.uuid(),
  mailbox: z.string(),
  /** nightly: what was missing was brought in by itself · asked: somebody wanted to know, and decides what is brought in */
  kind: z.enum(['nightly', 'asked']),
  at: Instant,
  from: Instant,
  to: Instant,
  /** Ids that Gmail lists, spam and trash included. */
  listed: z.int(),
  /** Of these by outcome: ticket, joined, duplicate, ignored, suspected_spam, quarantined. */
  outcomes: z.record(z.string(), z.int()),
  late: z.int(),
  missing: z.int(),
  unended: z.int(),
})
export type MailCertificate = z.infer<typeof MailCertificate>

/** A Gmail id that a count found without an outcome. */
export const MailDifference = z.object({
  gmailId: z.string(),
  kind: z.enum(['missing', 'waiting']),
  /** Whether it was asked for, by a press or by the nightly count itself. */
  asked: z.boolean(),
  /** As Gmail shows them; null while Gmail was not asked. */
  from: z.string().nullable(),
  subject: z.string().nullable(),
  /** What became of it since; null while nothing has. */
  outcome: z.string().nullable(),
  ticketId: z.uuid().nullable(),
})
export type MailDifference = z.infer<typeof MailDifference>

const tags = ['certificates']

export const listMailCertificates = endpoint('GET', '/v1/mail-certificates', {
  summary: 'Counts of the mailboxes against Gmail, the newest first',
  callers: SETTING_READERS,
  query: PageQuery,
  reply: page(MailCertificate),
  tags,
})

export const startMailCount = endpoint('POST', '/v1/mail-certificates', {
  summary:
    'Counts everything that came since the mailbox was connected, and earlier mail that was read in; the certificate follows',
  callers: LEADS,
  status: 202,
  body: z.object({ mailboxId: z.uuid() }),
  reply: z.object({ started: z.boolean() }),
  tags,
})

export const listMailDifferences = endpoint('GET', '/v1/mail-certificates/:certificateId/differences', {
  summary: 'Which mails a count found without an outcome, and what became of them',
  callers: LEADS,
  query: PageQuery,
  reply: page(MailDifference),
  tags,
})

export const takeMissedMail = endpoint('POST', '/v1/mail-certificates/:certificateId/differences/:gmail/taking', {
  summary: 'Takes a mail in that a count found missing, a moment later',
  callers: LEADS,
  body: z.object({}),
  reply: z.object({ asked: z.boolean() }),
  tags,
})
