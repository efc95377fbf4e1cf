import { ShopifyAccessLost, ShopifyThrottled, ShopifyUnavailable, type ShopOrder } from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { noteShopTrouble, type OpenShop, openShop } from '../shops/index.ts'
import { markGone } from './deleting.ts'
import { orderGid } from './gids.ts'
import { giveBack, type Lease, leaseWishes, putOff, settleLeases } from './leasing.ts'
import { enqueueFetchAt } from './queueing.ts'
import { saveOrders } from './saving.ts'

/** One call of the client: what fails costs no more than these. */
const BATCH = 5
/** Then another job goes on, so that a stopping worker is not waited for. */
const BATCHES = 40

type Reading = { ctx: Ctx; workspaceId: string; shop: OpenShop }

/**
 * Reads the orders of a shop that somebody wished for, until none is due. May run any number of times and beside itself. A wish is
 * forgotten only when its order is here or known to be gone; everything else only puts it off.
 */
export async function fetchWished(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  const shop = await openIfWell(ctx, workspaceId, shopId)
  if (!shop) return
  for (let batch = 0; batch < BATCHES; batch++) {
    const leases = await leaseWishes(ctx, workspaceId, shopId, BATCH)
    if (leases.length === 0) return
    if (!(await readBatch({ ctx, workspaceId, shop }, leases))) return
  }
  await inWorkspace(ctx, workspaceId, (tx) => enqueueFetchAt(tx, shopId, tx.now))
}

/** null while Shopify does not let us in, which is noted where people read it: what was wished for waits. */
export async function openIfWell(ctx: Ctx, workspaceId: string, shopId: string): Promise<OpenShop | null> {
  try {
    return await openShop(ctx, workspaceId, shopId)
  } catch (error) {
    if (error instanceof ShopifyAccessLost) return null
    throw error
  }
}

/** @returns whether it makes sense to go on at once */
async function readBatch(reading: Reading, leases: readonly Lease[]): Promise<boolean> {
  try {
    const askedAt = reading.ctx.clock.now()
    const gids = leases.map(({ shopifyId }) => orderGid(shopifyId))
    await keep(reading, leases, { found: await reading.shop.api.ordersById(gids, 'background'), askedAt })
    return true
  } catch (error) {
    return failed(reading, leases, error)
  }
}

function keep(
  { ctx, workspaceId, shop }: Reading,
  leases: readonly Lease[],
  { found, askedAt }: { found: (ShopOrder | null)[]; askedAt: Date },
): Promise<void> {
  return inWorkspace(ctx, workspaceId, async (tx) => {
    const read = leases.slice(0, found.length)
    const gone = read.flatMap(({ shopifyId }, index) => (found[index] ? [] : [shopifyId]))
    const orders = found.filter((order) => order !== null)
    await saveOrders(tx, await ctx.keyring.box(tx), shop, { orders, askedAt })
    await markGone(tx, shop, gone)
    await settleLeases(tx, shop.id, read)
    if (read.length < leases.length) await giveBack(tx, shop.id, leases.slice(read.length), tx.now)
  })
}

async function failed(reading: Reading, leases: readonly Lease[], error: unknown): Promise<boolean> {
  const { ctx, workspaceId, shop } = reading
  if (error instanceof ShopifyThrottled) {
    await inWorkspace(ctx, workspaceId, async (tx) => {
      const at = new Date(tx.now.getTime() + error.retryAfter * 1_000)
      await giveBack(tx, shop.id, leases, at)
      await enqueueFetchAt(tx, shop.id, at)
    })
    return false
  }
  if (error instanceof ShopifyAccessLost) {
    await noteShopTrouble(ctx, workspaceId, shop.id, error)
    await inWorkspace(ctx, workspaceId, (tx) => giveBack(tx, shop.id, leases, new Date(tx.now.getTime() + HOPE_MS)))
    return false
  }
  if (leases.length > 1 && mayBeOneOf(leases, error)) return readEach(reading, leases)
  ctx.log.warn({ err: error, shopId: shop.id, orders: leases.length }, 'orders could not be read')
  const problem = error instanceof DeskError ? error.message : 'Sidedesk could not read this order; its log says why.'
  const isAway = error instanceof ShopifyUnavailable
  await inWorkspace(ctx, workspaceId, async (tx) => {
    await putOff(tx, shop.id, leases, { problem })
    if (isAway) await enqueueFetchAt(tx, shop.id, new Date(tx.now.getTime() + AWAY_MS))
  })
  return !isAway
}

/** As long as a wish that failed once is put off. */
const AWAY_MS = 10_000

/** Shopify may be away for all orders; a second time it may be that it fails for one of these only. */
const mayBeOneOf = (leases: readonly Lease[], error: unknown): boolean =>
  !(error instanceof ShopifyUnavailable) || leases.some(({ attempts }) => attempts > 1)

/** When access comes back, everything is due at once (reactions.ts). */
const HOPE_MS = 600_000

/** An order that cannot be read must not hold up those beside it. */
async function readEach(reading: Reading, leases: readonly Lease[]): Promise<boolean> {
  for (const [index, lease] of leases.entries()) {
    if (await readBatch(reading, [lease])) continue
    await inWorkspace(reading.ctx, reading.workspaceId, (tx) =>
      giveBack(tx, reading.shop.id, leases.slice(index + 1), tx.now),
    )
    return false
  }
  return true
}
