import type { QueueName, QueueTicket } from '../../../../shared/queues.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'
import { timeWords } from './words.ts'

/** One ticket of a list, in three lines; instants in them are written as cards write them. */
export type TicketLine = { above: string; subject: string; below: string }

/** Views in which everybody knows whose the tickets are. */
const OWNER_IS_KNOWN: readonly QueueName[] = ['mine', 'unassigned']

export function ticketLine(ticket: QueueTicket, now: Date, view: QueueName): TicketLine {
  const { number, status, priority, subject, customer, assignee, claim } = ticket
  const above = [number, STATUS_WORDS[status], priority === 'normal' ? null : PRIORITY_WORDS[priority]]
  const below = [
    customer.name || customer.email,
    OWNER_IS_KNOWN.includes(view) ? null : (assignee?.name ?? 'nobody'),
    timeWords(ticket, now),
    claim && `${claim.name} is on it`,
  ]
  return { above: joined(above), subject: subject || '(no subject)', below: joined(below) }
}

const joined = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ')
