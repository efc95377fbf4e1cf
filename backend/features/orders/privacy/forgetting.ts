import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { checkShop, closeShop } from '../../shops/index.ts'
import { waitForWriters } from '../writers.ts'
import { orderForgotten, shopForgotten } from './events.ts'
import { endRequest, openSubject, type PrivacyKind } from './requests.ts'

/**
 * Does what a request to forget asks for. A shop that still lets us in is not forgotten: it was installed again, and a person decides
 * (`shop disconnect`, or `shop privacy done`).
 */
export async function forget(ctx: Ctx, workspaceId: string, requestId: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId, id: requestId } }
  const request = await inWorkspace(ctx, workspaceId, (tx) => tx.privacyRequest.findUnique({ where }), { reads: true })
  if (!request || request.doneAt) return
  const { shopId } = request
  if ((request.kind as PrivacyKind) === 'shop_redact') return forgetShopIfGone(ctx, workspaceId, shopId)
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const { orders } = openSubject(box, requestId, request.subject)
    await forgetCustomer(tx, shopId, { customer: request.customer, orders })
    await endRequest(tx, box, request)
  })
}

/** What is personal goes: orders with their keys and links, and the customer. Sums that were given stay, without a name. */
async function forgetCustomer(
  tx: Tx,
  shopId: string,
  { customer, orders }: { customer: string | null; orders: readonly string[] },
): Promise<void> {
  const { workspaceId } = tx
  await waitForWriters(tx, shopId)
  const found = await tx.$queryRaw<{ id: string; shopifyId: bigint }[]>`
    select id::text, shopify_id as "shopifyId" from desk.shop_order
    where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid and shopify_id = any(${orders}::bigint[])
    union select o.id::text, o.shopify_id from desk.order_key k join desk.shop_order o on o.workspace_id = k.workspace_id and o.id = k.order_id
    where k.workspace_id = ${workspaceId}::uuid and k.kind = 'customer' and k.key = ${`${shopId}:${customer}`}`
  const ids = found.map(({ id }) => id)
  const nameless = { customerShopifyId: null, emailKey: null, orderId: null }
  await tx.compensation.updateMany({ where: { workspaceId, orderId: { in: ids } }, data: nameless })
  const wished = [...orders.map(BigInt), ...found.map(({ shopifyId }) => shopifyId)]
  await tx.orderWish.deleteMany({ where: { workspaceId, shopId, shopifyId: { in: wished } } })
  await tx.shopOrder.deleteMany({ where: { workspaceId, id: { in: ids } } })
  const by = systemOf(workspaceId)
  await record(
    tx,
    ids.map((orderId) => orderForgotten({ orderId, shopId, by })),
  )
  if (customer === null) return
  const theirs = { workspaceId, shopId, customerShopifyId: BigInt(customer) }
  await tx.compensation.updateMany({ where: theirs, data: nameless })
  await tx.shopGiftCard.updateMany({ where: theirs, data: { customerShopifyId: null } })
  await tx.giftCardIssue.updateMany({ where: theirs, data: { customerShopifyId: null } })
  await tx.shopCustomer.deleteMany({ where: { workspaceId, shopId, shopifyId: BigInt(customer) } })
}

async function forgetShopIfGone(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  await checkShop(ctx, workspaceId, { shopId, told: 'removed' })
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId_id: { workspaceId, id: shopId } }
    const shop = await tx.shop.findUnique({ where, select: { state: true } })
    if (shop?.state === 'uninstalled') await closeShop(tx, shopId)
  })
}

const BATCH = 1_000

/**
 * Deletes all that is known of a disconnected shop's orders, in batches, so that it holds nobody up. Connecting it again stops this;
 * the feed goes first, so that such a shop is loaded anew.
 */
export async function forgetShop(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  await inWorkspace(ctx, workspaceId, async (tx) => {
    if (await isDisconnected(tx, shopId)) await tx.shopFeed.deleteMany({ where: { workspaceId, shopId } })
  })
  for (;;) {
    const left = await inWorkspace(ctx, workspaceId, async (tx) => {
      if (!(await isDisconnected(tx, shopId))) return 0
      return tx.$executeRaw`
        delete from desk.shop_order where workspace_id = ${workspaceId}::uuid and id in (
          select id from desk.shop_order where workspace_id = ${workspaceId}::uuid and shop_id = ${shopId}::uuid limit ${BATCH})`
    })
    if (left < BATCH) break
  }
  await inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await isDisconnected(tx, shopId))) return
    const where = { workspaceId, shopId }
    await tx.orderWish.deleteMany({ where })
    await tx.compensation.deleteMany({ where })
    await tx.shopGiftCard.deleteMany({ where })
    await tx.giftCardIssue.updateMany({ where, data: { customerShopifyId: null } })
    await tx.shopCustomer.deleteMany({ where })
    await tx.shopWebhook.deleteMany({ where })
    const box = await ctx.keyring.box(tx)
    const asked = await tx.privacyRequest.findMany({ where: { ...where, kind: { not: 'data_request' }, doneAt: null } })
    for (const request of asked) await endRequest(tx, box, request)
    if (asked.some(({ kind }) => (kind as PrivacyKind) === 'shop_redact'))
      await record(tx, [shopForgotten({ shopId, by: systemOf(workspaceId) })])
  })
}

/** Holds the shop as it is until the transaction ends. */
async function isDisconnected(tx: Tx, shopId: string): Promise<boolean> {
  const [shop] = await tx.$queryRaw<{ state: string }[]>`
    select state from desk.shop where workspace_id = ${tx.workspaceId}::uuid and id = ${shopId}::uuid for share`
  return shop?.state === 'disconnected'
}
