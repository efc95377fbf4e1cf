import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { forgetRaw } from './forgetting-raw.ts'
import { enqueueSync } from './queueing.ts'
import type { WaitingMail } from './reading.ts'

/**
 * The store has no bytes any more of a mail that waits to be filed. Gmail has them still: they are forgotten here, so that the next reading
 * of the mailbox fetches them, or learns that the mail is gone.
 * @returns false when nobody reads that mailbox any more, and for what somebody wants or tries again: a new reading would not know
 */
export const fetchAgain = (
  ctx: Ctx,
  { workspaceId, mailboxId }: { workspaceId: string; mailboxId: string },
  { gmailId, rawId, rawAt }: WaitingMail,
): Promise<boolean> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const count = await tx.$executeRaw`
      update desk.mailbox_mail mm set raw_id = null, raw_at = null from desk.mailbox m
      where mm.workspace_id = ${workspaceId}::uuid and mm.mailbox_id = ${mailboxId}::uuid and mm.gmail_id = ${gmailId} and mm.state = 'received'
        and mm.reason is null and mm.raw_id = ${rawId}::uuid and m.workspace_id = mm.workspace_id and m.id = mm.mailbox_id and m.state <> 'ended'`
    if (count === 0) return false
    await forgetRaw(tx, [{ id: rawId, at: rawAt }])
    await enqueueSync(tx, { mailboxId })
    return true
  })
