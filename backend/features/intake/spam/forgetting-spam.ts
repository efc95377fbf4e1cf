import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { enqueueProcessing } from '../queueing.ts'
import { spamSince } from './listing.ts'

/** Forgets who wrote what Gmail has deleted by now; that a mail was suspected stays with the mail's entry. */
export const forgetSpam = job('intake:forget-spam', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const since = spamSince(tx.now)
    await tx.suspectedMail.deleteMany({ where: { workspaceId, at: { lt: since } } })
    await listEarlier(workspaceId)

    /** What an earlier version put aside unread is read now, so that it stands in the list. */
    async function listEarlier(of: string): Promise<void> {
      const rows = await tx.$queryRaw<{ mailboxId: string }[]>`
        update desk.mailbox_mail m set state = 'received', outcome = null, reason = null, ended_at = null, attempts = 0
        where m.workspace_id = ${of}::uuid and m.received_at > ${since} and m.outcome = 'suspected_spam' and m.raw_id is not null
          and not exists (select from desk.suspected_mail s
            where s.workspace_id = m.workspace_id and s.mailbox_id = m.mailbox_id and s.gmail_id = m.gmail_id)
        returning m.mailbox_id::text as "mailboxId"`
      for (const mailboxId of new Set(rows.map((row) => row.mailboxId))) await enqueueProcessing(tx, mailboxId)
    }
  }),
)
