import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'

/** A wish that one reader holds until `until`: it is due again then, whatever became of the reader. */
export type Lease = { shopifyId: bigint; changedAt: Date | null; attempts: number; until: Date }

/** Longer than a batch takes to read. */
const LEASE_MS = 120_000

/**
 * Takes wishes that are due, the longest waiting first; two readers never hold the same. Webhooks of one act come within milliseconds,
 * so the only wish that is due may be held by the second of them just when the first has woken a reader: that one is waited for.
 */
export const leaseWishes = (ctx: Ctx, workspaceId: string, shopId: string, most: number): Promise<Lease[]> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const free = await lease(tx, shopId, { most, held: Prisma.sql`skip locked` })
    return free.length > 0 ? free : lease(tx, shopId, { most: 1, held: Prisma.empty })
  })

/** More than one is never waited for: others who hold several wishes take them in another order. */
async function lease(tx: Tx, shopId: string, { most, held }: { most: number; held: Prisma.Sql }): Promise<Lease[]> {
  const until = new Date(tx.now.getTime() + LEASE_MS)
  const rows = await tx.$queryRaw<Omit<Lease, 'until'>[]>`
    with due as materialized (select shopify_id from desk.order_wish
      where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid and due_at <= ${tx.now}
      order by due_at limit ${most} for update ${held})
    update desk.order_wish w set due_at = ${until}, attempts = least(w.attempts + 1, 1000) from due
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shop_id = ${shopId}::uuid and w.shopify_id = due.shopify_id
    returning w.shopify_id as "shopifyId", w.changed_at as "changedAt", w.attempts`
  return rows.map((row) => ({ ...row, until }))
}

/** An order that was told to be newer than what Shopify answers so often is as new as it gets. */
const ENOUGH_READS = 4

/**
 * Forgets wishes that are fulfilled: their order is here in the state that was told, or is gone. Who was told of once more meanwhile
 * is due at once; whose newest state Shopify does not show yet is due a little later.
 */
export async function settleLeases(tx: Tx, shopId: string, leases: readonly Lease[]): Promise<void> {
  const rows = asRows(leases)
  await hold(tx, shopId, leases)
  await tx.$executeRaw`
    delete from desk.order_wish w using jsonb_to_recordset(${rows}::jsonb) as lease (shopify_id bigint, until timestamptz)
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shop_id = ${shopId}::uuid and w.shopify_id = lease.shopify_id and w.due_at = lease.until
      and (w.changed_at is null or w.attempts >= ${ENOUGH_READS} or not exists (
        select from desk.shop_order o where o.workspace_id = w.workspace_id and o.shop_id = w.shop_id and o.shopify_id = w.shopify_id
          and o.deleted_at is null and o.updated_at < w.changed_at))`
  await putOff(tx, shopId, leases, { problem: 'Shopify does not show the newest state of this order yet.' })
}

/** The reading failed: the wishes stay, and are due after a pause that grows with their attempts. */
export async function putOff(
  tx: Tx,
  shopId: string,
  leases: readonly Lease[],
  { problem, at }: { problem: string; at?: Date },
): Promise<void> {
  await hold(tx, shopId, leases)
  await tx.$executeRaw`
    update desk.order_wish w set problem = ${problem.slice(0, 500)},
      due_at = coalesce(${at ?? null}::timestamptz, ${tx.now}::timestamptz + make_interval(secs => least(3600, 5 * power(2, least(w.attempts, 12)))))
    from jsonb_to_recordset(${asRows(leases)}::jsonb) as lease (shopify_id bigint, until timestamptz)
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shop_id = ${shopId}::uuid and w.shopify_id = lease.shopify_id and w.due_at = lease.until`
}

/** Nothing was tried, so nothing counts: due again at an instant. */
export async function giveBack(tx: Tx, shopId: string, leases: readonly Lease[], at: Date): Promise<void> {
  await hold(tx, shopId, leases)
  await tx.$executeRaw`
    update desk.order_wish w set due_at = ${at}, attempts = greatest(w.attempts - 1, 0)
    from jsonb_to_recordset(${asRows(leases)}::jsonb) as lease (shopify_id bigint, until timestamptz)
    where w.workspace_id = ${tx.workspaceId}::uuid and w.shop_id = ${shopId}::uuid and w.shopify_id = lease.shopify_id and w.due_at = lease.until`
}

/** In the order that wishing takes them in. */
const hold = (tx: Tx, shopId: string, leases: readonly Lease[]) =>
  tx.$queryRaw`
    select from desk.order_wish where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid
      and shopify_id = any(${leases.map(({ shopifyId }) => String(shopifyId))}::bigint[])
    order by shopify_id for update`

const asRows = (leases: readonly Lease[]) =>
  JSON.stringify(leases.map(({ shopifyId, until }) => ({ shopify_id: String(shopifyId), until })))
