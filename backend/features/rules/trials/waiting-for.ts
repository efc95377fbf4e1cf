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

/** Events by which rules are tried; none for a rule that cannot be. */
export const typesOf = (rules: readonly Tried[]): string[] => [
  ...new Set(rules.flatMap(({ definition }) => typesFor(definition.when))),
]

function typesFor(when: RuleWhen): string[] {
  if (when.on === 'event') return [typeOf(when.event)]
  if (when.on === 'waiting') return [typeOf('customer_wrote')]
  return when.on === 'in_status' ? [typeOf('status_moved'), typeOf('ticket_created')] : []
}

/** Why a rule cannot be tried on the past; null when it can. */
export const untriedBecause = (when: RuleWhen): string | null =>
  when.on === 'before_due' ? 'Due times of the past are not kept, so it cannot be tried.' : null

/** Whether an event is what a rule waits for, or where the time begins that it waits for. */
export function begins(when: RuleWhen, { type, payload }: Past): boolean {
  const trigger = triggerOf({ type, payload, historical: false })
  if (when.on === 'event') return trigger === when.event
  if (when.on === 'waiting') return trigger === 'customer_wrote'
  if (when.on !== 'in_status') return false
  return trigger === 'ticket_created'
    ? when.status === 'new'
    : trigger === 'status_moved' && payload['to'] === when.status
}
