import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { firstIdAt } from '../../platform/ids.ts'
import { job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { forgetMails, type MailPlace } from './forgetting-raw.ts'
import { KEPT_DAYS } from './ignoring/remembering.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 200
/** A difference says for so long what the mail was called; that there was one stays with its certificate. */
const NAMED_DAYS = 90
/** Which mails a certificate tells of is known for so long. Certificates themselves are a row a night, and stay. */
const LISTED_DAYS = 365

/**
 * Forgets the bytes of mails that became no ticket, once nobody can make one of them any more. It counts from the end of a mail, so that
 * old mail that was read in late is kept as long.
 */
export const forgetOldBytes = job('intake:forget-old-bytes', z.object({}), async (ctx: Ctx, workspaceId) => {
  for (;;) {
    const count = await inWorkspace(ctx, workspaceId, async (tx) => {
      const since = new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS)
      const mails = await tx.$queryRaw<MailPlace[]>(oldBytesSql(workspaceId, since, AT_ONCE))
      await forgetMails(tx, mails, false)
      return mails.length
    })
    if (count < AT_ONCE) return
  }
})

/** Exported so that a test can look at its plan. */
export const oldBytesSql = (workspaceId: string, since: Date, most: number): Prisma.Sql => Prisma.sql`
  select mailbox_id::text as "mailboxId", gmail_id as "gmailId" from desk.mailbox_mail
  where workspace_id = ${workspaceId}::uuid and state = 'ended' and message_id is null and raw_id is not null
    and received_at < ${since} and ended_at < ${since} and outcome in ('ignored', 'suspected_spam')
  order by received_at, mailbox_id, gmail_id limit ${most}`

/** Forgets what mails that were missing once were called and who had sent them, and in the end which ones they were. */
export const forgetDifferences = job('intake:forget-differences', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const before = (days: number) => ({ lt: firstIdAt(new Date(tx.now.getTime() - days * DAY_MS)) })
    await tx.intakeDifference.deleteMany({ where: { workspaceId, certificateId: before(LISTED_DAYS) } })
    await tx.intakeDifference.updateMany({
      where: { workspaceId, certificateId: before(NAMED_DAYS), content: { not: null } },
      data: { content: null },
    })
  }),
)
