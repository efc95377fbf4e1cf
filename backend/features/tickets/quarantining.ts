import type { MailWhy } from '../../../shared/mail-why.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomer } from '../customers/index.ts'
import { mailReceived } from './events.ts'
import type { Filed, MailToFile } from './mail.ts'
import { askForOrdersIn } from './noting-orders.ts'
import { openTicket } from './opening.ts'
import { recognise } from './recognising.ts'
import { storeMail } from './storing.ts'

export const MAIL_PROBLEM = 'mail-problem'
export const UNVERIFIED_SENDER = 'unverified-sender'

/** A mail that we cannot read is a ticket all the same: someone has to look at it, and its bytes are kept. */
export const fileUnreadableMail = (tx: Tx, box: Box, mail: MailToFile): Promise<Filed> =>
  fileApart(tx, box, mail, { tag: MAIL_PROBLEM, why: 'unreadable', customer: mail.from, ofCustomer: false, prefix: '' })

/**
 * A mail that says it is the team's, and is not proved to be. It is nobody's answer: it joins no ticket, names none, and moves none.
 * @param stranger who the ticket is of, because the address that it claims is our own
 */
export const fileUnverifiedMail = (tx: Tx, box: Box, mail: MailToFile, stranger: MailToFile['from']): Promise<Filed> =>
  fileApart(
    tx,
    box,
    { ...mail, references: [] },
    {
      tag: UNVERIFIED_SENDER,
      why: 'unverified',
      customer: stranger,
      ofCustomer: true,
      prefix: 'Sender not verified: ',
    },
  )

type Apart = { tag: string; why: MailWhy; customer: MailToFile['from']; ofCustomer: boolean; prefix: string }

async function fileApart(
  tx: Tx,
  box: Box,
  given: MailToFile,
  { tag, why, customer: who, ofCustomer, prefix }: Apart,
): Promise<Filed> {
  const { known, mail } = await recognise(tx, box, given, 'in')
  if (known) return { ...known, outcome: 'duplicate' }
  const customer = await findOrCreateCustomer(tx, who)
  const opening = { customerId: customer.id, status: 'new', queueAt: mail.sentAt, follows: null } as const
  const { ticket, facts } = await openTicket(
    tx,
    { ...mail, subject: prefix + mail.subject },
    { ...opening, tags: [tag] },
  )
  const author = ofCustomer
    ? ({ kind: 'customer', id: customer.id } as const)
    : ({ kind: 'unknown', id: null } as const)
  const messageId = await storeMail(tx, box, { ...mail, why }, { ticketId: ticket.id, direction: 'in', author })
  const { automatic, historical, sentAt: occurredAt } = mail
  const received = mailReceived({ ticketId: ticket.id, messageId, automatic, why, by: author, occurredAt, historical })
  await record(tx, [...customer.facts, ...facts, received])
  await askForOrdersIn(tx, messageId, mail)
  return { ticketId: ticket.id, messageId, outcome: 'ticket' }
}
