import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { askDirectory } from '../../../platform/asking.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { CHECK, checkKey, type Sender } from '../../shops/index.ts'
import { askForLoad } from '../loading/queueing.ts'
import { takePrivacyRequest } from '../privacy/asking.ts'
import { enqueueSweep, FETCH } from '../queueing.ts'
import { customerDeleted, customerMerged, wishForOrdersOf } from './customers.ts'
import { orderOf, read, type Told } from './reading.ts'
import { type Subject, subjectOf } from './topics.ts'

/** A delivery whose signature was right. `event` is the same each time it is delivered. */
export type Delivery = { topic: string; event: string; body: Buffer }

export type Outcome = 'taken' | 'known' | 'unknown_topic'

/** Takes a delivery once. It is a wake-up, never data: what really changed is asked of Shopify afterwards. */
export async function take(ctx: Ctx, sender: Sender, delivery: Delivery): Promise<Outcome> {
  const subject = subjectOf(delivery.topic)
  if (subject === null) return 'unknown_topic'
  const told = read(delivery.body)
  const order = subject === 'order' ? orderOf(delivery.topic, told) : null
  const isNew = order
    ? await takeOrder(ctx, sender, delivery.event, order)
    : await inWorkspace(ctx, sender.workspaceId, async (tx) => {
        if (!(await remember(tx, sender.shopId, delivery.event))) return false
        await act(ctx, tx, sender, subject, { told, body: delivery.body })
        return true
      })
  return isNew ? 'taken' : 'known'
}

/** By far the most: one statement, which enters the workspace by itself. */
async function takeOrder(
  ctx: Ctx,
  { workspaceId, shopId }: Sender,
  event: string,
  { shopifyId, changedAt }: { shopifyId: bigint; changedAt: Date | null },
): Promise<boolean> {
  const [row] = await askDirectory<{ isNew: boolean }>(
    ctx,
    Prisma.sql`select app.take_order_webhook(${workspaceId}::uuid, ${shopId}::uuid, ${event}, ${String(shopifyId)}::bigint,
      ${changedAt}::timestamptz, ${FETCH.name}, ${ctx.clock.now()}::timestamptz) as "isNew"`,
  )
  return row?.isNew ?? false
}

const remember = async (tx: Tx, shopId: string, event: string): Promise<boolean> =>
  (await tx.$executeRaw`
    insert into desk.shop_webhook (workspace_id, shop_id, event_id, received_at)
    values (${tx.workspaceId}::uuid, ${shopId}::uuid, ${event}, ${tx.now}) on conflict do nothing`) > 0

async function act(
  ctx: Ctx,
  tx: Tx,
  sender: Sender,
  subject: Subject,
  { told, body }: { told: Told | null; body: Buffer },
): Promise<void> {
  const { shopId } = sender
  const id = told?.id
  switch (subject) {
    case 'data_request':
    case 'customer_redact':
    case 'shop_redact':
      return takePrivacyRequest(ctx, tx, sender, subject, body)
    case 'removal':
      return enqueue(tx, CHECK, { shopId, told: 'removed' })
    case 'permissions':
      return enqueue(tx, CHECK, { shopId }, { key: checkKey(shopId) })
    case 'bulk':
      return askForLoad(tx, shopId)
    case 'deleted_order':
      return id ? orderDeleted(tx, shopId, id) : undefined
    case 'customer':
      return id ? wishForOrdersOf(tx, shopId, [id]) : undefined
    case 'deleted_customer':
      return id ? customerDeleted(tx, shopId, id) : undefined
    case 'merged_customers':
      return told ? customerMerged(tx, shopId, told) : undefined
    case 'order': // it names no order that we could ask for: look what changed
      return enqueueSweep(tx, shopId)
  }
}

/** The last that we know of it stays, and says that it is gone. */
async function orderDeleted(tx: Tx, shopId: string, shopifyId: bigint): Promise<void> {
  await tx.$executeRaw`
    update desk.shop_order set deleted_at = coalesce(deleted_at, ${tx.now})
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid and shopify_id = ${shopifyId}`
}
