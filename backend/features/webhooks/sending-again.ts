import type { WebhookDelivery } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { refuseInShadow } from '../settings/index.ts'
import { webhookRepeated } from './events.ts'
import { sendDeliveries } from './jobs.ts'
import { lockWebhook } from './keeping.ts'
import { presentDelivery } from './listing.ts'

/** Once more, with the same id: a receiver that has it already drops it. @throws DeskError not_found, move_not_allowed */
export const sendAgain = (ctx: Ctx, webhookId: string, id: string, by: Actor): Promise<WebhookDelivery> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockOn(tx, webhookId)
    await refuseInShadow(tx)
    const { workspaceId, now } = tx
    const { count } = await tx.webhookDelivery.updateMany({
      where: { workspaceId, id, webhookId },
      data: { state: 'waiting', nextAt: now },
    })
    if (count === 0) throw new DeskError('not_found', 'There is no such delivery; they are kept for 30 days.')
    await record(tx, [webhookRepeated({ webhookId, deliveryId: id, by })])
    await wake(tx, webhookId)
    const where = { workspaceId_id: { workspaceId, id } }
    const row = await tx.webhookDelivery.findUniqueOrThrow({ where, include: { attempts: true } })
    return presentDelivery(await ctx.keyring.box(tx), row)
  })

/** Something to try a receiver with. @throws DeskError not_found, move_not_allowed */
export const sendTest = (ctx: Ctx, webhookId: string, by: Actor): Promise<{ deliveryId: string }> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockOn(tx, webhookId)
    await refuseInShadow(tx)
    const { workspaceId, now } = tx
    const deliveryId = newId(now)
    const what = { type: 'webhook.test', data: { by: { kind: by.kind, id: by.id } }, state: 'waiting' }
    const when = { nextAt: now, occurredAt: now, createdAt: now }
    await tx.webhookDelivery.create({ data: { workspaceId, id: deliveryId, webhookId, ...what, ...when } })
    await wake(tx, webhookId)
    return { deliveryId }
  })

const wake = (tx: Tx, webhookId: string): Promise<void> => enqueue(tx, sendDeliveries, { webhookId })

async function lockOn(tx: Tx, webhookId: string): Promise<void> {
  const { state } = await lockWebhook(tx, webhookId)
  if (state !== 'on') throw new DeskError('move_not_allowed', 'This webhook is switched off. Switch it on first.')
}
