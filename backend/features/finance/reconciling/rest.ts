import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { giftCardGid, orderGid } from '../../orders/index.ts'
import type { OpenShop } from '../../shops/index.ts'
import { shopReconciled } from '../events.ts'
import { missing } from './comparing.ts'
import { addDifferences } from './differences.ts'
import { payoutDifferences } from './payouts.ts'
import { endRun, holdRun, keepRun, markSeen, type Run } from './rows.ts'

type Unseen = {
  stepId: string
  kind: StepKind
  source: string | null
  orderId: string
  orderName: string | null
  orderShopifyId: bigint | null
}

/**
 * Steps that no list showed are asked for by their id, one by one: lists lag and leave out, so only what is not there either way is a
 * difference. @returns null when all is compared
 */
export async function compareRest(ctx: Ctx, workspaceId: string, shop: OpenShop, run: Run): Promise<Run | null> {
  const [next] = await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.$queryRaw<Unseen[]>`
    select s.id::text as "stepId", s.kind, s.source, a.order_id::text as "orderId", o.name as "orderName", o.shopify_id as "orderShopifyId"
    from desk.reconciliation_step r
    join desk.action_step s on s.workspace_id = r.workspace_id and s.id = r.step_id
    join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    left join desk.shop_order o on o.workspace_id = a.workspace_id and o.id = a.order_id
    where r.workspace_id = ${workspaceId}::uuid and r.reconciliation_id = ${run.id}::uuid and not r.seen order by s.id limit 1`,
    {
      reads: true,
    },
  )
  if (!next) return end(ctx, workspaceId, run)
  const isThere = await isInShopify(shop, next)
  return inWorkspace(ctx, workspaceId, async (tx) => {
    await holdRun(tx, run)
    const { orderId } = next
    const found = isThere ? [] : [{ ...missing(next, next.orderName ?? 'an order that is gone'), orderId }]
    await addDifferences(tx, await ctx.keyring.box(tx), run, found)
    await markSeen(tx, run, [next.stepId])
    return keepRun(tx, run, { stage: 'rest', page: null, differences: run.differences + found.length })
  })
}

async function isInShopify({ api }: OpenShop, { kind, source, orderShopifyId }: Unseen): Promise<boolean> {
  const id = source?.split('/')[1]
  if (kind === 'cancel') {
    const order = orderShopifyId === null ? null : await api.standing(orderGid(orderShopifyId), 'background')
    return order !== null && order.cancelledAt !== null
  }
  if (id === undefined) return false
  if (kind === 'refund') return (await api.refundById(`gid://shopify/Refund/${id}`, 'background')) !== null
  if (kind === 'gift_card') return (await api.giftCard(giftCardGid(BigInt(id)), 'background')) !== null
  return (await api.standing(orderGid(id), 'background')) !== null
}

const end = (ctx: Ctx, workspaceId: string, run: Run): Promise<null> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await holdRun(tx, run)
    const found = await payoutDifferences(tx, run)
    await addDifferences(tx, await ctx.keyring.box(tx), run, found)
    const differences = run.differences + found.length
    await keepRun(tx, run, { stage: 'rest', page: null, differences })
    const compared = await endRun(tx, run)
    const { id: reconciliationId, shopId } = run
    await record(tx, [shopReconciled({ shopId, reconciliationId, compared, differences, by: systemOf(workspaceId) })])
    return null
  })
