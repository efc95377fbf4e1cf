import type { OrderProof } from '../../../shared/orders.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { isProved, linkOrder, orderProofFailed, unlinkOrder } from '../orders/index.ts'
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

/** A refusal is recorded in a transaction of its own, which leaves the key of the request to a better proof. */
async function refuseWrongProof({ claim: _, ...ctx }: Ctx, pair: Pair, proof: OrderProof, by: Actor): Promise<void> {
  const check = async (tx: Parameters<typeof isProved>[0]) =>
    isProved(tx, await ctx.keyring.box(tx), pair.orderId, proof)
  if (await inWorkspace(ctx, by.workspaceId, check, { reads: true })) return
  await inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, pair.ticketId)
    await record(tx, [orderProofFailed({ ...pair, by })])
  })
  throw new DeskError(
    'proof_mismatch',
    'The number, the postcode and the phone do not belong together. Nothing was opened; ask the customer once more.',
  )
}
