import type { Actor, StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'

/** Endpoints of work admit people only; this says so to the types. */
export function personOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new DeskError('forbidden', 'Only a person may do this.')
  return actor
}
