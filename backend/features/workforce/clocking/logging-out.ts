import type { EndingReason } from '../../../../shared/workforce.ts'
import type { Actor, StaffActor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { heldWorkOf } from './at-work.ts'
import { closeBreak, closeSessions, type Ending } from './closing.ts'

const BY_ONESELF: Ending = { how: 'self', byId: null, reason: null }

/** Logs somebody out, who goes themselves. @returns whether they were already */
export const logOutIn = (tx: Tx, staffId: string, by: Actor): Promise<boolean> => end(tx, staffId, BY_ONESELF, by)

/** A supervisor logs somebody out, or ends their break. @returns whether that was over already */
export async function endForSomebodyIn(
  tx: Tx,
  staffId: string,
  { what, reason }: { what: 'work' | 'break'; reason: EndingReason },
  by: StaffActor,
): Promise<boolean> {
  const ending: Ending = { how: 'supervisor', byId: by.id, reason }
  if (what === 'work') return end(tx, staffId, ending, by)
  const session = await heldWorkOf(tx, staffId)
  if (!session?.onBreak) return true
  await closeBreak(tx, session.id, ending, by)
  return false
}

async function end(tx: Tx, staffId: string, ending: Ending, by: Actor): Promise<boolean> {
  const session = await heldWorkOf(tx, staffId)
  if (session) await closeSessions(tx, [{ sessionId: session.id, at: tx.now }], ending, by)
  return session === null
}
