import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { workStayed } from '../events.ts'
import { heldWorkOf } from './at-work.ts'
import { notAtWork } from './not-at-work.ts'

/** Works on after the end of a shift. @returns whether that had been said before @throws DeskError not_at_work without a log-in */
export async function stayIn(tx: Tx, staffId: string, by: Actor): Promise<boolean> {
  const session = await heldWorkOf(tx, staffId)
  if (!session) throw await notAtWork(tx, staffId)
  const changed = await tx.workSession.updateMany({
    where: { workspaceId: tx.workspaceId, id: session.id, stays: false },
    data: { stays: true },
  })
  if (changed.count > 0) await record(tx, [workStayed({ staffId, sessionId: session.id, by })])
  return changed.count === 0
}
