import type { OrderProof } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { isProved, linkOrder, orderProofFailed, refuseGuessing, unlinkOrder } from '../orders/index.ts'
import { lockTicket } from './locking.ts'

type Pair = { ticketId: string; orderId: string }

/** Links an order to a ticket; with what the writer proved to know, its details open. @throws DeskError proof_mismatch, recorded */
export async function link(ctx: Ctx, pair: Pair, proof: OrderProof | null, by: Actor): Promise<void> {
  const proved = proof !== null
  if (proved) await refuseWrongProof(ctx, pair, proof, by)
  await inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, pair.ticketId)
    await linkOrder(tx, pair, proved, by)
  })
}

export const unlink = (ctx: Ctx, pair: Pair, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, pair.ticketId)
    await unlinkOrder(tx, pair, by)
  })

/**
 * A refusal is recorded in a transaction of its own, which leaves the key of the request to a better proof. Proofs of one ticket are
 * looked at one after another, so that many at once are no way around their limit.
 */
async function refuseWrongProof({ claim: _, ...ctx }: Ctx, pair: Pair, proof: OrderProof, by: Actor): Promise<void> {
  const proved = await inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, pair.ticketId)
    await refuseGuessing(tx, pair.ticketId)
    const isRight = await isProved(tx, await ctx.keyring.box(tx), pair.orderId, proof)
    if (!isRight) await record(tx, [orderProofFailed({ ...pair, by })])
    return isRight
  })
  if (proved) return
  throw new DeskError(
    'proof_mismatch',
    'The number, the postcode and the phone do not belong together. Nothing was opened; ask the customer once more.',
  )
}
