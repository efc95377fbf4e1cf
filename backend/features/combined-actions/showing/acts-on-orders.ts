import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Actor, StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { ActsOn } from '../../orders/index.ts'
import { startsOf } from '../drafting/starts.ts'
import { type ActingRow, presentActing } from './running-actions.ts'

/** What this actor may begin on each order of a card, and who is at it already. */
export const actsFor =
  (actor: Actor): ActsOn =>
  (order, summary, locked) => {
    const acting = presentActing(order.acting as ActingRow | null, actor.id)
    if (acting !== null) return { acting, starts: [], noStarts: null }
    return mayAct(actor) ? { acting, ...startsOf(order, summary, locked) } : { acting, starts: [], noStarts: null }
  }

/** Actions are begun by people who work on tickets. */
export const mayAct = (actor: Actor): boolean =>
  actor.kind === 'staff' && PEOPLE_AT_WORK.some((role) => role === actor.role)

/** Endpoints of actions admit people only; this says so to the types. */
export function personOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new DeskError('forbidden', 'Only a person may do this.')
  return actor
}
