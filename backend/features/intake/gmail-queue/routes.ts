import { listGmailQueues, switchGmailQueue } from '../../../../shared/gmail-queue.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { accountsIn, switchAccount } from './switching.ts'

export const gmailQueueRoutes: readonly Route<Ctx>[] = [
  route(listGmailQueues, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, accountsIn, { reads: true }),
  })),
  route(switchGmailQueue, (ctx: Ctx, { params, body, actor }) => switchAccount(ctx, params.mailboxId, body, actor)),
]
