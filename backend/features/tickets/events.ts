import { z } from 'zod'
import { MailWhy } from '../../../shared/mail-why.ts'
import { TicketPriority, TicketStatus, VoidReason } from '../../../shared/tickets.ts'
import { event } from '../../platform/events.ts'

const ofTicket = z.object({ ticketId: z.uuid() })
const ofMessage = ofTicket.extend({ messageId: z.uuid() })

export const ticketCreated = event(
  'ticket.created',
  ofTicket.extend({
    customerId: z.uuid(),
    mailboxId: z.uuid().nullable(),
    followsId: z.uuid().nullable(),
    /** Nobody is told of it, and no rule is tried. */
    quiet: z.boolean().optional(),
    /** As keywords set it; missing when it is normal. */
    priority: TicketPriority.optional(),
    /** It is history that an admin chose to count in figures; all other history counts in none. */
    counted: z.literal(true).optional(),
  }),
)
/**
 * @property thanks it says nothing else, and nobody owed an answer
 * @property why what told its ticket; missing in what was recorded before it was told
 * @property newSubject it joined a ticket under another subject
 */
export const mailReceived = event(
  'mail.received',
  ofMessage.extend({
    automatic: z.boolean(),
    thanks: z.boolean().optional(),
    why: MailWhy.optional(),
    newSubject: z.literal(true).optional(),
  }),
)
/** A mail of ours did not arrive, or not yet: `messageId` is that mail, `reportId` the report. */
export const mailReturned = event(
  'mail.returned',
  ofMessage.extend({ reportId: z.uuid(), kind: z.enum(['failed', 'delayed']), recipients: z.int() }),
)
/**
 * @property automatic missing in what was recorded before it was told
 * @property byClaim nothing in the mail names who wrote it; they were on the ticket when it left
 * @property kept the answer itself is still owed, by `owedUntil` if that was said
 */
export const replySent = event(
  'reply.sent',
  ofMessage.extend({
    staffId: z.uuid().nullable(),
    automatic: z.boolean().optional(),
    why: MailWhy.optional(),
    byClaim: z.literal(true).optional(),
    kept: z.literal(true).optional(),
    owedUntil: z.iso.datetime().nullable().optional(),
  }),
)
export const firstResponded = event(
  'ticket.first_responded',
  ofTicket.extend({ staffId: z.uuid().nullable(), seconds: z.int() }),
)
/** Somebody made a ticket of history one to work on: all its clocks begin here. */
export const ticketBegun = event('ticket.begun', ofTicket)
export const ticketMoved = event('ticket.moved', ofTicket.extend({ from: TicketStatus, to: TicketStatus }))
/** `handoverId`: with other work, which whoever has it now is told of as a whole. */
export const ticketAssigned = event(
  'ticket.assigned',
  ofTicket.extend({ assigneeId: z.uuid().nullable(), before: z.uuid().nullable(), handoverId: z.uuid().optional() }),
)
export const ticketPrioritised = event(
  'ticket.prioritised',
  ofTicket.extend({ priority: TicketPriority, before: TicketPriority }),
)
export const ticketCategorised = event('ticket.categorised', ofTicket.extend({ cleared: z.boolean() }))
export const ticketTagged = event('ticket.tagged', ofTicket.extend({ added: z.int(), removed: z.int() }))
export const ticketNoted = event('ticket.noted', ofMessage)
/** Somebody is named in a note. */
export const ticketMentioned = event('ticket.mentioned', ofMessage.extend({ mentionId: z.uuid(), staffId: z.uuid() }))
export const ticketVoided = event('ticket.voided', ofTicket.extend({ reason: VoidReason }))
export const ticketUnvoided = event('ticket.unvoided', ofTicket.extend({ reason: VoidReason }))
