import type { RuleEvent } from '../../../shared/rules.ts'
import type { EventType, Fact } from '../../platform/events.ts'
import { slaBreached, slaWarned, ticketEscalated } from '../sla/index.ts'
import {
  mailReceived,
  replySent,
  ticketAssigned,
  ticketCategorised,
  ticketCreated,
  ticketMoved,
  ticketNoted,
  ticketPrioritised,
  ticketTagged,
} from '../tickets/index.ts'

/** Which event of the record is what rules wait for. */
const EVENTS: readonly [Pick<EventType, 'type'>, RuleEvent][] = [
  [ticketCreated, 'ticket_created'],
  [mailReceived, 'customer_wrote'],
  [replySent, 'answer_sent'],
  [ticketMoved, 'status_moved'],
  [ticketPrioritised, 'priority_changed'],
  [ticketCategorised, 'category_changed'],
  [ticketTagged, 'tagged'],
  [ticketAssigned, 'assigned'],
  [ticketNoted, 'noted'],
  [ticketEscalated, 'escalated'],
  [slaWarned, 'sla_warned'],
  [slaBreached, 'sla_breached'],
]

const byType = new Map(EVENTS.map(([{ type }, trigger]) => [type, trigger]))

export const WAITED_FOR: readonly Pick<EventType, 'type'>[] = EVENTS.map(([type]) => type)
export const typeOf = (trigger: RuleEvent): string => EVENTS.find(([, one]) => one === trigger)?.[0].type ?? ''

/** Null for what no rule hears: history, machines' mail, and a target that was missed but made up for. */
export function triggerOf({ type, payload, historical }: Pick<Fact, 'type' | 'payload' | 'historical'>) {
  if (historical || payload['automatic'] === true || payload['quiet'] === true || payload['answered'] === true)
    return null
  return byType.get(type) ?? null
}
