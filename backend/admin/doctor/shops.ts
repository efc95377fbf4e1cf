import {
  API_VERSION,
  type ShopAbout,
  ShopifyAccessLost,
  ShopifySchemaChanged,
  ShopifyThrottled,
} from '../../clients/shopify/index.ts'
import type { Ctx } from '../../context.ts'
import { checkFeeds, checkSubscriptions, type FeedCheck, privacyRequests } from '../../features/orders/index.ts'
import {
  connectCommand,
  connectedShops,
  missingScopes,
  type OpenShop,
  openShop,
  type ShopRow,
  tryReading,
} from '../../features/shops/index.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { KnownWorkspace } from '../choosing.ts'
import { ago, type Check, note, ok, problem, several } from './check.ts'
import { shopTime } from './shop-time.ts'

const CONNECT = 'npm run admin -- shop connect fern.myshopify.com --client-id CLIENT_ID'

/** Every shop: what Shopify says now, how fresh its orders are here, and what customers asked by law. */
export async function checkWorkspaceShops(ctx: Ctx, { id }: Pick<KnownWorkspace, 'id'>): Promise<Check[]> {
  const shops = await inWorkspace(ctx, id, connectedShops, { reads: true })
  if (shops.length === 0)
    return [note('shop', 'No shop is connected: cards show no orders.', `docs/guides/first-shop.md; ${CONNECT}`)]
  const feeds = await inWorkspace(ctx, id, checkFeeds, { reads: true })
  const checks: Check[] = []
  for (const shop of shops) {
    const feed = feeds.find(({ shopId }) => shopId === shop.id)
    const found = [...(await checkOutside(ctx, id, shop)), ...(feed ? checkFeed(feed, shop, ctx.clock.now()) : [])]
    checks.push(...found.map((check) => ({ ...check, about: `${shop.domain}: ${check.about}` })))
  }
  return [...checks, ...(await checkPrivacy(ctx, id))]
}

/** Asks Shopify now. */
async function checkOutside(ctx: Ctx, workspaceId: string, shop: ShopRow): Promise<Check[]> {
  try {
    const open = await openShop(ctx, workspaceId, shop.id, { despite: true })
    const about = await open.api.about('person')
    return [
      ok('access', `Shopify lets us into ${about.name} (${about.currency}, plan ${about.plan.name})`),
      ...permissions(about),
      ...version(about),
      ...(await reading(open, about)),
      await webhooks(ctx, open, shop),
      await shopTime(ctx, shop.domain),
    ]
  } catch (error) {
    return [refusal(error, shop)]
  }
}

function permissions({ scopes }: ShopAbout): Check[] {
  const missing = missingScopes(scopes)
  if (missing.length === 0) return [ok('permissions', 'the app may do all that the desk shows and does')]
  return missing.map(({ scope, without, blocks }) => {
    const says = `${scope} is missing: ${without}.`
    const todo =
      scope === 'read_all_orders'
        ? "Ask for it under API access in the app's settings at Shopify, then allow it in the shop."
        : "Add it to the app's scopes, release a new version of the app, and allow it in the shop."
    return blocks ? problem('permissions', says, todo) : note('permissions', says, todo)
  })
}

async function reading({ api }: OpenShop, { scopes }: ShopAbout): Promise<Check[]> {
  if (missingScopes(scopes).some(({ blocks }) => blocks)) return []
  const trouble = await tryReading(api, 'person')
  if (!trouble) return [ok('orders', 'they can be read whole')]
  return [problem('orders', trouble.words, trouble.blocks ? 'docs/guides/first-shop.md, step 1.4' : 'Update Sidedesk.')]
}

function version({ apiVersions }: ShopAbout): Check[] {
  if (apiVersions.includes(API_VERSION)) return []
  return [
    problem(
      'version',
      `Shopify no longer supports its version ${API_VERSION}, which the desk speaks.`,
      'Update Sidedesk.',
    ),
  ]
}

async function webhooks(ctx: Ctx, open: OpenShop, { domain, access }: ShopRow): Promise<Check> {
  const { publicUrl } = ctx.config.http
  if (ctx.config.shopify.url === null && !publicUrl.startsWith('https:'))
    return problem('webhooks', `PUBLIC_URL is ${publicUrl}; Shopify delivers to https only.`, 'Put TLS in front.')
  const { missing, wrong, right } = await checkSubscriptions(ctx, open)
  if (missing.length === 0 && wrong.length === 0)
    return ok('webhooks', `${several(right, 'topic')} sent to ${publicUrl}`)
  const says = [
    missing.length > 0 && `${several(missing.length, 'topic')} not sent: ${missing.join(', ')}`,
    wrong.length > 0 && `${several(wrong.length, 'subscription')} of an earlier address`,
  ]
  return problem(
    'webhooks',
    `${says.filter(Boolean).join('; ')}. Orders then show minutes late.`,
    access === 'client_credentials'
      ? `The worker mends it every hour; at once: ${connectCommand({ domain, access })}`
      : 'The worker mends it every hour.',
  )
}

function refusal(error: unknown, shop: ShopRow): Check {
  if (error instanceof DeskError) return problem('access', error.message, todoAfter(error, shop))
  const why = error instanceof Error ? error.message : String(error)
  return problem(
    'access',
    `The stored access cannot be used: ${why}`,
    'Is MASTER_KEY the key of this database? An earlier one belongs into MASTER_KEYS_BEFORE.',
  )
}

function todoAfter(error: DeskError, shop: ShopRow): string {
  const connect = connectCommand(shop)
  if (error instanceof ShopifyThrottled) return 'Nothing: it is over by itself.'
  if (error.code === 'shopify_unavailable') return 'Try again; check that this machine may call Shopify over https.'
  if (error instanceof ShopifySchemaChanged) return 'Update Sidedesk.'
  switch (error instanceof ShopifyAccessLost && error.problem) {
    case 'frozen':
    case 'forbidden':
      return 'Nothing here: Sidedesk looks again every hour.'
    case 'uninstalled':
      return shop.access === 'client_credentials' ? `Install the app in the shop, then: ${connect}` : connect
    case 'unknown_client':
      return shop.access === 'client_credentials'
        ? `${connect} --client-id CLIENT_ID`
        : 'Set SHOPIFY_CLIENT_ID and SHOPIFY_CLIENT_SECRET to those of the app, and restart.'
    case 'other_organisation':
      return connectCommand({ ...shop, access: 'authorization_code' })
    default:
      return connect
  }
}

const STALE_MS = 15 * 60_000
const WAITING_MS = 10 * 60_000

function checkFeed(feed: FeedCheck, { state }: ShopRow, now: Date): Check[] {
  const { comparedAt } = feed
  const checks = [firstLoad(feed)]
  if (comparedAt && state === 'connected') checks.push(freshness(feed.orders, comparedAt, now))
  if (feed.oldestWaitingAt && now.getTime() - feed.oldestWaitingAt.getTime() > WAITING_MS)
    checks.push(
      problem(
        'waiting',
        `${several(feed.waiting, 'changed order')} not read yet, the oldest since ${ago(feed.oldestWaitingAt, now)}.`,
        feed.waitingProblem ?? "Start the worker; the shop's rate limit slows reading, too.",
      ),
    )
  return checks
}

function freshness(orders: number, comparedAt: Date, now: Date): Check {
  const says = `${several(orders, 'order')} kept, compared with Shopify ${ago(comparedAt, now)}`
  return now.getTime() - comparedAt.getTime() <= STALE_MS
    ? ok('freshness', says)
    : problem('freshness', `${says}; a few minutes are normal.`, 'Start the worker; see the jobs above for what fails.')
}

function firstLoad({ loadState, loadedCount, loadTotal, loadProblem }: FeedCheck): Check {
  const of = loadTotal === null ? '' : ` of ${loadTotal}`
  if (loadState === 'done') return ok('first load', `${several(loadedCount, 'order')} read`)
  if (loadState === 'failed') return problem('first load', loadProblem ?? 'It failed.', 'npm run admin -- shop load')
  if (loadState === 'reading') return note('first load', `${loadedCount}${of} orders read so far.`)
  return note(
    'first load',
    loadState === 'none' ? 'Not begun: start the worker.' : 'Shopify is writing the list of orders.',
  )
}

const SOON_MS = 7 * 86_400_000

async function checkPrivacy(ctx: Ctx, workspaceId: string): Promise<Check[]> {
  const requests = await inWorkspace(ctx, workspaceId, privacyRequests, { reads: true })
  const [first, ...others] = requests.filter(({ doneAt }) => doneAt === null)
  if (!first) return []
  const says = `${several(others.length + 1, 'request')} to tell or to forget personal data, the nearest due on ${first.dueAt.toISOString().slice(0, 10)}.`
  const todo = 'npm run admin -- shop privacy list'
  const isNear = first.dueAt.getTime() - ctx.clock.now().getTime() < SOON_MS
  return [isNear ? problem('privacy', says, todo) : note('privacy', says, todo)]
}
