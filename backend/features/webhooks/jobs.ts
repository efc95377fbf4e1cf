import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { workspacesWhere } from '../../platform/among.ts'
import { enqueueAll, job } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { deliver } from './delivering.ts'
import { forgottenAddresses } from './queries.ts'

/** Sends what is due to one address, and comes back when the next is. */
export const sendDeliveries = job(
  'webhooks:send',
  z.object({ webhookId: z.uuid() }),
  (ctx: Ctx, workspaceId, { webhookId }) =>
    deliver(ctx, { workspaceId, webhookId }, (tx, at) => comeBackTo(tx, [webhookId], at)),
)

/** Keyed, because only senders come back, never whoever records an event. */
const comeBackTo = (tx: Tx, webhookIds: readonly string[], at: Date): Promise<void> =>
  enqueueAll(
    tx,
    webhookIds.map((webhookId) => ({
      job: sendDeliveries.name,
      payload: { webhookId },
      key: `webhook-next:${webhookId}`,
      delayMs: Math.max(0, at.getTime() - tx.now.getTime()),
      maxAttempts: sendDeliveries.maxAttempts,
    })),
  )

/** What nobody sends any more: after a pause of effects, or a queue that gave up. */
export const resumeDeliveries = job('webhooks:resume', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>(forgottenAddresses(workspaceId, tx.now))
    if (due.length === 0 || !(await mayAffectOutside(ctx, tx))) return
    await comeBackTo(
      tx,
      due.map(({ id }) => id),
      tx.now,
    )
  }),
)

export const withWebhooks = workspacesWhere(
  (workspaceId) =>
    Prisma.sql`exists (select from desk.webhook w where w.workspace_id = ${workspaceId} and w.state = 'on')`,
)

const KEPT_MS = 30 * 24 * 3_600_000

/** What was sent is shown for 30 days. */
export const forgetDeliveries = job('webhooks:forget', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await tx.webhookDelivery.deleteMany({
      where: { workspaceId, createdAt: { lt: new Date(tx.now.getTime() - KEPT_MS) } },
    })
  }),
)

export const deliveryJobs = [sendDeliveries, resumeDeliveries, forgetDeliveries]
