import { orderSchedule } from '../../backend/features/orders/index.ts'
import { connectShop } from '../../backend/features/shops/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { SeedRecords, SeedShop, ShopifySeed } from '../../workbench/emulators/shopify/seed.ts'
import { startDesk } from './desk.ts'
import { handsOf } from './shop-hands.ts'

export const FERN = 'fern.myshopify.com'
export const FIG = 'fig.myshopify.com'
export const APP = { clientId: 'desk-app', clientSecret: 'desk-app-secret' }

const PRIVACY = 'https://desk.example/v1/shopify/webhooks'
const SCOPES = [
  'read_orders',
  'write_orders',
  'read_all_orders',
  'write_customers',
  'read_customer_merge',
  'write_gift_cards',
  'read_products',
  'read_inventory',
  'read_locations',
  'read_fulfillments',
  'write_merchant_managed_fulfillment_orders',
  'read_draft_orders',
  'read_returns',
]

export type ShopDesk = Awaited<ReturnType<typeof startShopDesk>>

/**
 * A desk with two shops of one owner: fern (pounds, FF-1001) and fig (euros, #1001), both connected.
 * @param options.scopes without some of those that an app asks for
 * @param options.records what the shops hold from the start, by domain
 * @param options.env of the backend, instead of a desk's own
 */
export async function startShopDesk(
  options: {
    scopes?: string[]
    without?: string[]
    records?: Record<string, SeedRecords>
    connect?: string[]
    env?: Record<string, string>
  } = {},
) {
  const scopes = (options.scopes ?? SCOPES).filter((scope) => !options.without?.includes(scope))
  const desk = await startDesk({ shopify: seedOf(scopes, options.records ?? {}), env: options.env ?? {} })
  const { ctx, workspaceId, shopify } = desk
  if (!shopify) throw new Error('A desk with shops needs the emulator of them')
  const shopIds: Record<string, string> = {}
  const connect = async (...domains: string[]) => {
    for (const domain of domains) shopIds[domain] = (await connectShop(ctx, workspaceId, { domain, ...APP })).shopId
    await desk.settle()
    await desk.travel('30 s') // by then Shopify has written the list of orders for the first load
    await desk.settle()
  }
  await connect(...(options.connect ?? [FERN, FIG]))
  return Object.assign(desk, {
    shopify,
    fern: handsOf(shopify.shop(FERN)),
    fig: handsOf(shopify.shop(FIG)),
    shopId: (domain: string): string => shopIds[domain] ?? '',
    /** An admin connects shops, also once more, and their orders are loaded. */
    connect,
    /** The minute's tick of the orders: sweeps that are due, and wishes that nobody woke a reader for. */
    async tick() {
      for (const { job } of orderSchedule) await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, job, {}))
      await desk.settle()
    },
    /** Reads in the desk's own tables. */
    read: <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(ctx, workspaceId, work, { reads: true }),
  })
}

const WAREHOUSE = {
  id: 'gid://shopify/Location/11',
  name: 'Warehouse',
  active: true,
  city: 'London',
  countryCode: 'GB',
}

const seedOf = (scopes: string[], records: Record<string, SeedRecords>): ShopifySeed => ({
  apps: [{ ...APP, name: 'Sidedesk', organisation: 'fern', scopes, redirectUris: [], privacyUri: PRIVACY }],
  shops: [
    shop(FERN, { name: 'Fern & Fig', currency: 'GBP', country: 'GB', timezone: 'Europe/London', orderPrefix: 'FF-' }),
    shop(FIG, { name: 'Fig Outlet', currency: 'EUR', country: 'NL', timezone: 'Europe/Amsterdam' }),
  ].map((one) => ({ ...one, records: { locations: [WAREHOUSE], ...records[one.domain] } })),
})

const shop = (
  domain: string,
  about: Pick<SeedShop, 'name' | 'currency' | 'country' | 'timezone' | 'orderPrefix'>,
): SeedShop => ({
  domain,
  email: 'owner@fern.example',
  organisation: 'fern',
  plan: 'shopify',
  presentmentCurrencies: ['SEK', 'JPY'],
  ...about,
})
