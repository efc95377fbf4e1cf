import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { enqueueLeftover, enqueueSync } from './queueing.ts'

/** Pushes may be late or lost, so every mailbox is read every minute; asking for nothing new costs two quota units. */
export const poll = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mailboxes = await tx.mailbox.findMany({
      where: { workspaceId, state: { not: 'paused' } },
      select: { id: true },
    })
    for (const { id } of mailboxes) await enqueueSync(tx, { mailboxId: id })
    const waiting = await tx.$queryRaw<{ id: string }[]>`
      select m.id::text from desk.mailbox m where m.workspace_id = ${workspaceId}::uuid and exists (
        select from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.state = 'received' and mm.raw_id is not null)`
    for (const { id } of waiting) await enqueueLeftover(tx, id)
  })
