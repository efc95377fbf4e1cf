import { bulkOrders, type ShopBulk, ShopifyAccessLost, ShopifySchemaChanged } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { noteShopTrouble, type OpenShop } from '../../shops/index.ts'
import { openIfWell } from '../fetching.ts'
import { changeFeed, type Load, type LoadState, lockFeed } from './feed.ts'
import { askForLoad } from './queueing.ts'
import { readFile } from './reading.ts'

/** Shopify tells when a file is ready, but the word can be lost: after as long as it has taken so far, within these bounds. */
const LOOK_AGAIN_MS = { soonest: 2_000, latest: 20_000 }

function nextLook(now: Date, { loadStartedAt }: Load): Date {
  const taken = now.getTime() - (loadStartedAt ?? now).getTime()
  return new Date(now.getTime() + Math.min(LOOK_AGAIN_MS.latest, Math.max(LOOK_AGAIN_MS.soonest, taken)))
}

type At = { workspaceId: string; shopId: string }

/**
 * One step of a shop's first load: asks Shopify to write every order into a file, looks how far that is, reads the file.
 * Safe to run again at any time: the state is in the feed, and a reader that was cut off goes on behind what it saved.
 */
export async function loadOrders(ctx: Ctx, workspaceId: string, shopId: string): Promise<void> {
  const at = { workspaceId, shopId }
  const load = await inWorkspace(ctx, workspaceId, (tx) => lockFeed(tx, shopId))
  if (!ON_ITS_WAY.has(load.loadState)) return
  const shop = await openIfWell(ctx, workspaceId, shopId)
  if (!shop) return // when access comes back, it goes on (jobs.ts)
  try {
    await step(ctx, at, shop, load)
  } catch (error) {
    if (error instanceof ShopifyAccessLost) return lost(ctx, at, error)
    if (!(error instanceof ShopifySchemaChanged)) throw error
    await fail(ctx, at, `${error.message} ${AGAIN}`)
  }
}

/** Access that is back before anybody noticed is never said to be back, so it is tried again all the same. */
async function lost(ctx: Ctx, { workspaceId, shopId }: At, error: ShopifyAccessLost): Promise<void> {
  await noteShopTrouble(ctx, workspaceId, shopId, error)
  await inWorkspace(ctx, workspaceId, (tx) => askForLoad(tx, shopId, new Date(tx.now.getTime() + HOPE_MS)))
}

const HOPE_MS = 3_600_000

const ON_ITS_WAY: ReadonlySet<LoadState> = new Set<LoadState>(['asked', 'running', 'reading'])

async function step(ctx: Ctx, at: At, shop: OpenShop, load: Load): Promise<void> {
  if (load.loadId === null) return start(ctx, at, shop, load)
  const bulk = await shop.api.bulk(load.loadId, 'background')
  if (bulk === null) return fail(ctx, at, FORGOTTEN)
  if (bulk.status === 'COMPLETED') return read(ctx, at, shop, bulk, load)
  if (ENDED[bulk.status]) return fail(ctx, at, `${ENDED[bulk.status]}${bulk.errorCode ? ` (${bulk.errorCode})` : ''}`)
  await waitFor(ctx, at, bulk, load)
}

const AGAIN = 'Start it again with: npm run admin -- shop load.'
const FORGOTTEN = `Shopify has forgotten the list of orders that it was asked to write. ${AGAIN}`
const ENDED: Record<string, string> = {
  FAILED: `Shopify could not write the list of orders. ${AGAIN}`,
  EXPIRED: `The list of orders that Shopify wrote was not fetched within a week. ${AGAIN}`,
  CANCELED: `Somebody cancelled the list of orders that Shopify was writing. ${AGAIN}`,
}

/**
 * What changes from now on is the sweep's, which starts at Shopify's own time of this request; one that is on its way stays where it is.
 * When the answer is lost, Shopify writes one file for nobody; the next try asks again.
 */
async function start(ctx: Ctx, at: At, shop: OpenShop, load: Load): Promise<void> {
  const bulk = await shop.api.startBulk(bulkOrders(null), 'background')
  await inWorkspace(ctx, at.workspaceId, async (tx) => {
    const { sweptTo } = await lockFeed(tx, at.shopId)
    await changeFeed(tx, at.shopId, { loadId: bulk.id, loadState: 'running', sweptTo: sweptTo ?? bulk.createdAt })
    await askForLoad(tx, at.shopId, nextLook(tx.now, load))
  })
}

const waitFor = (ctx: Ctx, at: At, { objectCount }: ShopBulk, load: Load): Promise<void> =>
  inWorkspace(ctx, at.workspaceId, async (tx) => {
    await changeFeed(tx, at.shopId, { loadState: 'running', loadTotal: objectCount })
    await askForLoad(tx, at.shopId, nextLook(tx.now, load))
  })

async function read(ctx: Ctx, at: At, shop: OpenShop, bulk: ShopBulk, load: Load): Promise<void> {
  await inWorkspace(ctx, at.workspaceId, (tx) =>
    changeFeed(tx, at.shopId, { loadState: 'reading', loadTotal: bulk.rootObjectCount }),
  )
  if (bulk.url !== null) {
    const { loadedCount: behind, loadStartedAt } = load
    await readFile(ctx, at.workspaceId, shop, { url: bulk.url, askedAt: loadStartedAt ?? ctx.clock.now(), behind })
  }
  await inWorkspace(ctx, at.workspaceId, (tx) => changeFeed(tx, at.shopId, { loadState: 'done', loadEndedAt: tx.now }))
}

const fail = (ctx: Ctx, at: At, problem: string): Promise<void> =>
  inWorkspace(ctx, at.workspaceId, async (tx) => {
    ctx.log.warn({ shopId: at.shopId, problem }, 'the first load of a shop ended without its orders')
    await changeFeed(tx, at.shopId, { loadState: 'failed', loadProblem: problem, loadEndedAt: tx.now })
  })

/**
 * Begins a load, or begins it anew after a failure. One that is on its way is woken, in case its job was given up.
 * @returns false when one is on its way or done
 */
export const beginLoad = (ctx: Ctx, workspaceId: string, shopId: string, options: { anew?: boolean } = {}) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { loadState } = await lockFeed(tx, shopId)
    if (ON_ITS_WAY.has(loadState)) await askForLoad(tx, shopId)
    if (ON_ITS_WAY.has(loadState) || (loadState === 'done' && options.anew !== true)) return false
    const fresh = { loadId: null, loadedCount: 0, loadTotal: null, loadProblem: null, loadEndedAt: null }
    await changeFeed(tx, shopId, { ...fresh, loadState: 'asked', loadStartedAt: tx.now })
    await askForLoad(tx, shopId)
    return true
  })
