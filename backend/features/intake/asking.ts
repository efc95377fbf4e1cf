import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { lockMailbox } from './mailboxes.ts'
import { enqueueSync } from './queueing.ts'

/** Has a mailbox read at the next free moment instead of the next minute. @throws DeskError not_found */
export const askForSync = (ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await lockMailbox(tx, mailboxId)))
      throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
    await enqueueSync(tx, { mailboxId })
  })
