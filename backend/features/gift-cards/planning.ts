import type { Actor } from '../../platform/actor.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { plan } from '../../platform/journal.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { refuseInShadow } from '../settings/index.ts'
import { CARRY_OUT, queueOf, WORK_KINDS, type WorkKind } from './work.ts'

type Wanted = { giftCardId: string; ticketId: string | null; by: Pick<Actor, 'kind' | 'id'> }

/** Writes down what will be asked of Shopify for a card, as the newest that was asked for it, and leaves the asking to a job. @throws DeskError in_shadow */
export async function planWork(
  tx: Tx,
  box: Box,
  what: WorkKind,
  { giftCardId, ticketId, by, request }: Wanted & { request: unknown },
): Promise<void> {
  await refuseInShadow(tx, { ticketId })
  const id = newId(tx.now)
  await plan(tx, box, { kind: WORK_KINDS[what] }, { id, ticketId, by, request })
  await tx.giftCardIssue.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: giftCardId } },
    data: { workId: id },
    select: { id: true },
  })
  await enqueue(tx, CARRY_OUT, { what, entryId: id }, { queue: queueOf(giftCardId), key: keyOf(id) })
}

/** One waiting job per entry. */
export const keyOf = (entryId: string): string => `gift-card-work:${entryId}`
