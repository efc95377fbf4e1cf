import type { MailWhy } from '../../../shared/mail-why.ts'
import type { TicketStatus } from '../../../shared/tickets.ts'
import type { Fact } from '../../platform/events.ts'
import type { AfterMail } from './after-mail.ts'
import { mailReceived, ticketMoved, ticketUnvoided } from './events.ts'
import { type LockedTicket, NOBODY_WAITS } from './locking.ts'
import type { MailToFile } from './mail.ts'
import { changesSubject } from './mail-key.ts'
import { later } from './storing.ts'
import { isOnlyThanks } from './thanks.ts'

type Wrote = { mail: MailToFile & { why: MailWhy }; messageId: string; ticket: LockedTicket; customerId: string }

/** What a customer's mail does to the ticket that it joins. */
export function wokenBy({ mail, messageId, ticket, customerId }: Wrote): { after: AfterMail; facts: Fact[] } {
  const { automatic, historical, why, sentAt: occurredAt } = mail
  const by = { kind: 'customer', id: customerId } as const
  const thanks = isThanks(mail) && mayThank(ticket)
  const newSubject = !automatic && !historical && changesSubject(ticket.subject, mail.subject)
  const told = { ...(thanks && { thanks }), ...(newSubject && { newSubject }) }
  const received = mailReceived({
    ticketId: ticket.id,
    by,
    occurredAt,
    historical,
    messageId,
    automatic,
    why,
    ...told,
  })
  const { after, facts } = thanks ? thanked(ticket, mail) : answered(ticket, mail, by)
  return { after, facts: [received, ...facts] }
}

/** Whether a mail says nothing but thanks. */
export const isThanks = ({ automatic, historical, excerpt, from }: MailToFile): boolean =>
  !automatic && !historical && isOnlyThanks(excerpt, [from.name])

/** Thanks ask for nothing only where nobody owed an answer. */
export const mayThank = ({ voidReason, queueAt, status }: LockedTicket): boolean =>
  voidReason === null && status !== 'new' && queueAt.getTime() === NOBODY_WAITS.getTime()

/** Thanks move nothing: the ticket is only shown to whoever likes to read them. */
const thanked = (ticket: LockedTicket, { sentAt }: MailToFile): { after: AfterMail; facts: Fact[] } => ({
  after: { ...ticket, lastMessageAt: later(ticket.lastMessageAt, sentAt), thanksAt: sentAt },
  facts: [],
})

/** An answer reopens what waited for it; automatic and historical mail and answers to spam reopen nothing. */
function answered(ticket: LockedTicket, mail: MailToFile, by: Fact['by']): { after: AfterMail; facts: Fact[] } {
  const { id: ticketId, voidReason, queueAt } = ticket
  const wakes = !mail.automatic && !mail.historical && voidReason !== 'spam'
  const status: TicketStatus = wakes && ticket.status !== 'new' ? 'open' : ticket.status
  const waits = queueAt.getTime() !== NOBODY_WAITS.getTime()
  return {
    after: {
      ...ticket,
      status,
      lastMessageAt: later(ticket.lastMessageAt, mail.sentAt),
      ...(wakes && { voidReason: null, queueAt: waits ? queueAt : mail.sentAt, thanksAt: null }),
    },
    facts: [
      ...(wakes && voidReason ? [ticketUnvoided({ ticketId, reason: voidReason, by })] : []),
      ...(status === ticket.status ? [] : [ticketMoved({ ticketId, from: ticket.status, to: status, by })]),
    ],
  }
}
