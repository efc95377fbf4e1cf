import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { undoIn } from './undoing.ts'

/** Takes one ticket out of the ticket that it was merged into; one that is out already, or in another, stays as it is. */
export async function unmergeIn(
  tx: Tx,
  { mergedId, survivorId }: { mergedId: string; survivorId: string },
  by: Actor,
): Promise<void> {
  const open = await tx.ticketRegrouping.findFirst({
    where: { workspaceId: tx.workspaceId, kind: 'merge', fromId: mergedId, toId: survivorId, undoneAt: null },
    select: { id: true },
  })
  if (open) await undoIn(tx, { ticketId: survivorId, regroupingId: open.id }, by)
}
