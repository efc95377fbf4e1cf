import { GmailAccessLost } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { openMailbox } from './mailboxes.ts'

/** Asks Gmail for pushes again; a watch ends after seven days, so this runs daily. Without a topic mailboxes are polled only. */
export async function renewWatches(ctx: Ctx, workspaceId: string): Promise<void> {
  const { topic } = ctx.config.pubSub
  if (!topic) return
  const where = { workspaceId, state: 'connected' }
  const mailboxes = await inWorkspace(ctx, workspaceId, (tx) => tx.mailbox.findMany({ where, select: { id: true } }), {
    reads: true,
  })
  const failures: unknown[] = []
  for (const { id } of mailboxes)
    await renewWatch(ctx, workspaceId, id, topic).catch((error: unknown) => failures.push(error))
  const [failure] = failures.filter((error) => !(error instanceof GmailAccessLost)) // the next sync says that
  if (failure) throw failure
}

async function renewWatch(ctx: Ctx, workspaceId: string, mailboxId: string, topic: string): Promise<void> {
  const gmail = await openMailbox(ctx, workspaceId, mailboxId)
  const { endsAt } = await gmail.watch(topic)
  await inWorkspace(ctx, workspaceId, (tx) =>
    tx.mailbox.update({ where: { workspaceId_id: { workspaceId, id: mailboxId } }, data: { watchEndsAt: endsAt } }),
  )
}
