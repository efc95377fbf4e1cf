import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { enqueueProcessing } from '../queueing.ts'

/** Said in the place of the reason of a mail that waits, so that the list does not stop it once more. */
export const WANTED = 'wanted'

/** Puts an ignored mail back on the work list, where it is filed like any other. @throws DeskError not_found for one that was */
export const fileAfterAll = (ctx: Ctx, mailId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId } = tx
    const [mail] = await tx.$queryRaw<{ mailboxId: string; gmailId: string }[]>`
      delete from desk.ignored_mail where workspace_id = ${workspaceId}::uuid and id = ${mailId}::uuid
      returning mailbox_id::text as "mailboxId", gmail_id as "gmailId"`
    if (!mail) throw new DeskError('not_found', 'This mail was made a ticket already, or is older than 30 days.')
    const put = await tx.$executeRaw`
      update desk.mailbox_mail m set state = 'received', outcome = null, reason = ${WANTED}, ended_at = null, attempts = 0
      from desk.raw_mail r
      where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = ${mail.mailboxId}::uuid and m.gmail_id = ${mail.gmailId} and m.state = 'ended'
        and m.outcome = 'ignored' and r.workspace_id = m.workspace_id and r.stored_at = m.raw_at and r.id = m.raw_id`
    if (put === 0) throw new DeskError('not_found', 'The bytes of this mail are not kept any more. Find it in Gmail.')
    await enqueueProcessing(tx, mail.mailboxId)
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, { setting: 'ignored_senders', before: null, after: { madeTicketOf: mail.gmailId }, by })
  })
