import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { customerJoined, giveAddress } from '../../customers/index.ts'
import { lockTicket } from '../locking.ts'
import { customerAddressAdded } from './events.ts'

/** Gives the customer of a ticket an address, so that answers can go out. The same once more changes nothing. */
export const addAddress = (ctx: Ctx, ticketId: string, email: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { customerId } = await lockTicket(tx, ticketId)
    const known = await addressOf(tx, customerId)
    if (known.toLowerCase() === email.toLowerCase()) return
    if (known !== '') throw new DeskError('already_done', `This customer has an address already: ${known}.`)
    const ownerId = await giveAddress(tx, await ctx.keyring.box(tx), customerId, email)
    await record(tx, [
      customerAddressAdded({ ticketId, customerId: ownerId, by }),
      ...(ownerId === customerId ? [] : [customerJoined({ customerId, intoId: ownerId, by })]),
    ])
  })

/** Empty while none is known. */
export async function addressOf(tx: Tx, customerId: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: customerId } }
  const { email } = await tx.customer.findUniqueOrThrow({ where, select: { email: true } })
  return email
}
