import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { planMails } from '../mailing.ts'
import { person } from '../recipients.ts'
import type { PushRequest } from './pushing.ts'

/**
 * A push that did not come through becomes a mail, where a push was all that was chosen and no other browser of that person takes it, or
 * may still take it. The row of the notice is held, so that of browsers that fail at once the last one writes the mail.
 */
export async function mailInstead(
  ctx: Ctx,
  tx: Tx,
  { noticeId, staffId, others, instead }: PushRequest,
): Promise<void> {
  if (instead === null) return
  const { workspaceId } = tx
  await tx.$queryRaw`select id from desk.notice where workspace_id = ${workspaceId}::uuid and id = ${noticeId}::uuid for update`
  const through = { workspaceId, id: { in: others }, state: { not: 'refused' } }
  if ((await tx.journalEntry.count({ where: through })) > 0 || (await person(tx, staffId)).length === 0) return
  const { email, ...mail } = instead
  await planMails(tx, await ctx.keyring.box(tx), [{ noticeId, staffId, email }], mail)
}
