import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Change } from '../changes.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import { revive } from '../storing.ts'

/** Brings in what was a draft when it was looked at and is a mail now; there are few of them on a page. */
export async function takeSentDrafts(ctx: Ctx, mailbox: OpenMailbox, listed: readonly Change[]): Promise<void> {
  const gmailId = { in: listed.map((change) => change.gmailId) }
  const drafts = await inWorkspace(
    ctx,
    mailbox.workspaceId,
    (tx) =>
      tx.mailboxMail.findMany({
        where: { workspaceId: tx.workspaceId, mailboxId: mailbox.id, gmailId, state: 'ended', reason: 'draft' },
        select: { gmailId: true, threadId: true },
      }),
    { reads: true },
  )
  const sent: Change[] = []
  for (const draft of drafts) {
    const labels = (await mailbox.history.header(draft.gmailId))?.labelIds
    if (labels && !labels.includes('DRAFT')) sent.push({ ...draft, labels })
  }
  if (sent.length > 0) await revive(ctx, mailbox, sent)
}
