import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { trickIn } from '../tickets/index.ts'
import { threadOf } from './thread.ts'

/**
 * An answer to a forged or tricky mail goes out only when whoever sends it says that they know.
 * @throws DeskError needs_confirmation, with what speaks against the mail and where the answer would go
 */
export async function refuseDoubtful(ctx: Ctx, tx: Tx, ticketId: string, despiteDoubt: boolean): Promise<void> {
  if (despiteDoubt) return
  const words = await trickIn(tx, await ctx.keyring.box(tx), ticketId)
  if (words === null) return
  const { customer } = await threadOf(ctx, tx, ticketId)
  throw new DeskError(
    'needs_confirmation',
    `${words.join(' ')} An answer would go to ${customer.address}. Press «Answer all the same» on the ticket; a client sends despiteDoubt: true.`,
  )
}
