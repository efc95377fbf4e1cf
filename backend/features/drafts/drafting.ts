import type { ReplyDraft } from '../../../shared/drafts.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { tokenAddress } from '../tickets/index.ts'
import { fillIn } from './saved-replies.ts'
import { replySubject, threadOf } from './thread.ts'

/** A draft for the agent's own Gmail. Its tokens bring the sent mail and the answer back, with or without a routing rule. */
export const startDraft = (ctx: Ctx, ticketId: string, savedReplyId: string | null, by: Actor): Promise<ReplyDraft> =>
  inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => {
      const thread = await threadOf(ctx, tx, ticketId)
      const { supportAddress, archiveAddress, customer, number } = thread
      return {
        from: supportAddress,
        to: customer.address,
        subject: replySubject(thread.subject),
        text: savedReplyId ? await savedText(tx, savedReplyId, customer.name, by.name) : '',
        replyTo: tokenAddress(ctx.signer, tx.workspaceId, supportAddress, number, null),
        bcc: tokenAddress(ctx.signer, tx.workspaceId, archiveAddress, number, by.kind === 'staff' ? by.id : null),
      }
    },
    { reads: true },
  )

async function savedText(tx: Tx, id: string, customer: string, agent: string): Promise<string> {
  const saved = await tx.savedReply.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    select: { text: true },
  })
  if (!saved) throw new DeskError('not_found', 'This saved reply was removed. Choose another one.')
  return fillIn(saved.text, { customer, agent })
}
