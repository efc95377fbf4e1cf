import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { findOrCreateCustomers } from '../customers/index.ts'
import type { Writer } from './answering.ts'
import { authorOf } from './answering.ts'
import { type Joining, joinTickets } from './joining.ts'
import { type LockedTicket, lockTickets } from './locking.ts'
import type { Filed, MailToFile } from './mail.ts'
import { goesOnWith } from './receiving.ts'

/** A mail that belongs to a ticket. @property writer of one of ours; null of a customer's */
export type Answer = { mail: MailToFile; ticketId: string; writer: Writer | null }

/**
 * Files mails of which none is stored yet and each belongs to another ticket: a few statements do for all.
 * @param oldMs after so many milliseconds of silence a solved ticket is as finished as a closed one
 * @returns in their order; null for one that does not join its ticket, because that was merged or is finished: nothing of it is filed
 * @throws Error when one of them was stored meanwhile
 */
export async function fileAnswers(
  tx: Tx,
  box: Box,
  answers: readonly Answer[],
  oldMs: number,
): Promise<(Filed | null)[]> {
  const customers = await findOrCreateCustomers(
    tx,
    answers.flatMap((answer) => (answer.writer === null ? [{ ...answer.mail.from, answer }] : [])),
  )
  const met = new Map(customers.map((customer) => [customer.answer, customer]))
  const locked = await lockTickets(
    tx,
    answers.map(({ ticketId }) => ticketId),
  )
  const tickets = new Map(locked.map((ticket) => [ticket.id, ticket]))
  const fitting = answers.filter((answer) => fits(answer, tickets.get(answer.ticketId), oldMs))
  const messages = await joinTickets(
    tx,
    box,
    fitting.flatMap((answer): Joining[] => {
      const ticket = tickets.get(answer.ticketId)
      return ticket ? [joiningOf(answer, ticket, met.get(answer))] : []
    }),
  )
  await record(
    tx,
    answers.flatMap((answer) => (fitting.includes(answer) ? [] : (met.get(answer)?.facts ?? []))),
  )
  return answers.map((answer) => {
    const messageId = messages[fitting.indexOf(answer)]
    return messageId === undefined ? null : { ticketId: answer.ticketId, messageId, outcome: 'joined' }
  })
}

const fits = ({ mail, writer }: Answer, ticket: LockedTicket | undefined, oldMs: number): boolean =>
  ticket !== undefined && ticket.mergedIntoId === null && (writer !== null || goesOnWith(ticket, mail, oldMs))

type Met = Awaited<ReturnType<typeof findOrCreateCustomers>>[number]

function joiningOf({ mail, writer }: Answer, ticket: LockedTicket, customer: Met | undefined): Joining {
  if (writer === null) {
    if (!customer) throw new Error('A customer who writes is met')
    const author = { kind: 'customer', id: customer.id } as const
    return { mail: { ...mail, why: mail.why ?? 'new' }, ticket, direction: 'in', author, met: customer.facts }
  }
  const { staffId, byClaim } = writer
  return {
    mail: { ...mail, why: mail.why ?? 'own_answer' },
    ticket,
    direction: 'out',
    author: authorOf(staffId),
    met: [],
    byClaim,
  }
}
