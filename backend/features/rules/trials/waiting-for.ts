import type { RuleWhen } from '../../../../shared/rules.ts'
import { triggerOf, typeOf } from '../triggers.ts'
import type { Tried } from './rows.ts'

/** An event of the record. `at` is when it was recorded, which is when rules heard of it. */
export type Past = {
  id: string
  at: Date
  occurredAt: Date
  type: string
  ticketId: string
  payload: Record<string, unknown>
}

/** Events by which rules are tried. */
export const typesOf = (rules: readonly Tried[]): string[] => [
  ...new Set(rules.flatMap(({ definition }) => typesFor(definition.when))),
]

function typesFor(when: RuleWhen): string[] {
  if (when.on === 'event') return [typeOf(when.event)]
  if (when.on === 'waiting') return [typeOf('customer_wrote')]
  return when.on === 'in_status' ? [typeOf('status_moved'), typeOf('ticket_created')] : [...MOVES_DUE_TIMES]
}

/** What moves a due time, and begins the stretch in which it counts. */
export const MOVES_DUE_TIMES: readonly string[] = [
  'ticket.created',
  'mail.received',
  'reply.sent',
  'ticket.moved',
  'ticket.unvoided',
]

/** Whether an event is what a rule waits for, or where the time begins that it waits for. */
export function begins(when: RuleWhen, { type, payload }: Past): boolean {
  const trigger = triggerOf({ type, payload, historical: false })
  if (when.on === 'event') return trigger === when.event
  if (when.on === 'waiting') return trigger === 'customer_wrote'
  if (when.on === 'before_due') return MOVES_DUE_TIMES.includes(type)
  return trigger === 'ticket_created'
    ? when.status === 'new'
    : trigger === 'status_moved' && payload['to'] === when.status
}
