import { TicketStatus } from '../../../../shared/tickets.ts'
import type { Mark } from '../clock/marks.ts'

/** What of an event moves a clock, whether it was just recorded or is read from the record. */
export type ClockFact = { type: string; at: Date; historical: boolean; payload: Record<string, unknown> }

/** Types that leave a mark; of one moment they are told in this order. */
export const MARKING = [
  'ticket.created',
  'ticket.begun',
  'mail.received',
  'reply.sent',
  'ticket.moved',
  'ticket.voided',
  'ticket.unvoided',
] as const

/**
 * The marks of one ticket's facts, in the order in which they were told. What machines wrote and what is past never counts, and neither
 * does a ticket that a machine's mail opened, until a person writes.
 * @param opened the status that the ticket was opened with
 */
export function marksOf(facts: readonly ClockFact[], opened: TicketStatus, now: Date): Mark[] {
  const counted = facts.filter(({ historical }) => !historical)
  const byMachine = counted.find(({ type, payload }) => type === 'mail.received' && payload['automatic'] === true)
  return counted.flatMap((fact): Mark[] => {
    const at = Math.min(fact.at.getTime(), now.getTime()) // the clock of a sender may be ahead
    switch (fact.type) {
      case 'ticket.created':
        return byMachine?.at.getTime() === fact.at.getTime() ? [] : [{ at, what: 'created', to: opened }]
      case 'ticket.begun': // what the customer asked in the past is asked anew
        return [
          { at, what: 'created', to: 'new' },
          { at, what: 'asked' },
        ]
      case 'mail.received':
        return fact.payload['automatic'] === true ? [] : [{ at, what: 'asked' }]
      case 'reply.sent':
        return fact.payload['automatic'] === true ? [] : [{ at, what: 'answered' }]
      case 'ticket.moved':
        return [{ at, what: 'moved', to: TicketStatus.parse(fact.payload['to']) }]
      case 'ticket.voided':
        return [{ at, what: 'voided' }]
      case 'ticket.unvoided':
        return [{ at, what: 'unvoided' }]
      default:
        return []
    }
  })
}
