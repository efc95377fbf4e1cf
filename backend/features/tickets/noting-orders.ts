import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { noteMentions } from '../orders/index.ts'
import type { Envelope } from './messages.ts'

/** Looks for order numbers in a new mail, so that the orders are here before anybody opens the card. */
export const noteOrdersIn = (ctx: Ctx, workspaceId: string, messageId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const message = await tx.message.findUnique({
      where: { workspaceId_id: { workspaceId, id: messageId } },
      select: { ticketId: true, envelope: true, body: true },
    })
    if (!message) return
    const box = await ctx.keyring.box(tx)
    const { subject }: Envelope = JSON.parse(box.openText('message.envelope', messageId, message.envelope))
    await noteMentions(tx, message.ticketId, [subject, box.openText('message.body', messageId, message.body)])
  })
