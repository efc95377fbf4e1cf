import { z } from 'zod'
import { event } from '../../platform/events.ts'

const Mailbox = z.object({ mailboxId: z.uuid() })

export const mailboxConnected = event('mailbox.connected', Mailbox)

/** Google refuses the stored access; a person has to grant it again. */
export const mailboxAccessLost = event('mailbox.access_lost', Mailbox.extend({ problem: z.string() }))
export const mailboxAccessRegained = event('mailbox.access_regained', Mailbox)

/** The change feed did not reach back far enough, so the mailbox itself is read. */
export const mailboxResyncStarted = event('mailbox.resync_started', Mailbox)

/** Everything that Gmail lists of a stretch of time was compared with what is here. */
export const mailboxCertified = event(
  'mailbox.certified',
  Mailbox.extend({
    certificateId: z.uuid(),
    listed: z.int(),
    late: z.int(),
    unended: z.int(),
    missing: z.int().default(0),
  }),
)

/** Somebody wants to know now whether every mail is here. */
export const mailCountAsked = event('mailbox.count_asked', Mailbox)

/** Somebody brought in a mail that a count had found without an outcome. */
export const missedMailTaken = event('mail.missed_taken', Mailbox.extend({ certificateId: z.uuid() }))

/** A mail could not be read; a ticket says so, and its bytes are kept. */
export const mailQuarantined = event('mail.quarantined', Mailbox.extend({ ticketId: z.uuid(), reason: z.string() }))

/** Somebody put a mail elsewhere in Gmail, or deleted it there; what the desk keeps of it stays. */
export const mailMoved = event(
  'mail.moved',
  Mailbox.extend({
    ticketId: z.uuid(),
    messageId: z.uuid(),
    to: z.enum(['spam', 'trash', 'deleted', 'back']),
  }),
)

/** Somebody's own inbox is read no more. */
export const inboxEnded = event('mailbox.inbox_ended', Mailbox.extend({ staffId: z.uuid() }))
