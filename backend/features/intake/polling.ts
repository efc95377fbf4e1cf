import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { resumeBackfills } from './backfill/reading.ts'
import { enqueueLeftover, enqueueSync } from './queueing.ts'

/**
 * Pushes may be late or lost, so every mailbox is read as often as its setting says; asking for nothing new costs two quota units.
 * The schedule comes each minute, not to the second: what is due within half a minute is due.
 */
export const poll = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mailboxes = await tx.$queryRaw<{ id: string }[]>`
      update desk.mailbox set polled_at = ${tx.now}
      where workspace_id = ${workspaceId}::uuid and state in ('connected', 'needs_access')
        and (poll_minutes = 1 or polled_at is null or polled_at <= ${tx.now}::timestamptz - make_interval(mins => poll_minutes::int, secs => -30))
      returning id::text`
    for (const { id } of mailboxes) await enqueueSync(tx, { mailboxId: id })
    const waiting = await tx.$queryRaw<{ id: string }[]>`
      select m.id::text from desk.mailbox m where m.workspace_id = ${workspaceId}::uuid and exists (
        select from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.state = 'received' and mm.raw_id is not null)`
    for (const { id } of waiting) await enqueueLeftover(tx, id)
    await resumeBackfills(tx)
  })
