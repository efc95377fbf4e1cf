import { type Fact, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomers } from '../customers/index.ts'
import type { Beginner } from './beginning.ts'
import { mailReceived } from './events.ts'
import type { LockedTicket } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { askForOrdersInAll } from './noting-orders.ts'
import { openTickets } from './opening.ts'
import { storeMails } from './storing.ts'

/**
 * Files mails of customers of which none is stored yet and none belongs to a ticket: each opens one, and a few statements do for all.
 * @throws Error when one of them was stored meanwhile
 */
export async function fileNewMails(tx: Tx, box: Box, mails: readonly MailToFile[], begin: Beginner): Promise<Filed[]> {
  const writers = await findOrCreateCustomers(
    tx,
    mails.map((mail) => ({ ...mail.from, mail })),
  )
  const opened = await openTickets(
    tx,
    writers.map(({ id: customerId, facts: met, mail }) => ({
      mail,
      met,
      opening: { customerId, status: 'new', queueAt: mail.sentAt, follows: null },
    })),
    begin,
  )
  const stored = await storeMails(
    tx,
    box,
    opened.map((one) => ({
      ...one,
      mail: { ...one.mail, why: 'new' as const },
      on: { ticketId: one.ticket.id, direction: 'in', author: authorOf(one) },
    })),
  )
  await record(tx, stored.flatMap(factsOf))
  await askForOrdersInAll(tx, stored)
  return stored.map(({ ticket, messageId }) => ({ ticketId: ticket.id, messageId, outcome: 'ticket' }))
}

type New = { mail: MailToFile; met: Fact[]; ticket: LockedTicket; facts: Fact[]; messageId: string }

const authorOf = ({ ticket }: Pick<New, 'ticket'>) => ({ kind: 'customer', id: ticket.customerId }) as const

function factsOf({ mail, met, ticket, facts, messageId }: New): Fact[] {
  const { automatic, historical, sentAt: occurredAt } = mail
  const about = { ticketId: ticket.id, by: authorOf({ ticket }), occurredAt, historical }
  return [...met, ...facts, mailReceived({ ...about, messageId, automatic, why: 'new' })]
}
