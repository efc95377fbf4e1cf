import type { SeedShop, ShopifySeed } from '../emulators/shopify/seed.ts'
import { type Shopify, startShopify } from '../emulators/shopify/shopify.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'
import type { OrderStory } from '../scenarios/shop-world/orders/order-story.ts'
import { FERN_AND_FIG, shopWorld } from '../scenarios/shop-world/shop-world.ts'
import type { Secrets } from './secrets.ts'

/** The shop's own app, as it would be made in Shopify's Dev Dashboard. */
export const SHOP_APP = 'sidedesk-workbench-app'

/** What docs/guides/first-shop.md tells a shop to grant. */
const SCOPES = [
  'write_orders',
  'read_all_orders',
  'write_customers',
  'read_products',
  'read_fulfillments',
  'write_merchant_managed_fulfillment_orders',
  'write_gift_cards',
  'read_draft_orders',
]

interface Surroundings {
  dataDir: string
  secrets: Secrets
  clock: { now(): Date }
  orders: readonly OrderStory[]
  /** Where the app hears of customers' wishes to be forgotten. */
  privacyUri: string
  /** Where an address of the public internet leads on this machine. */
  resolveUrl: (url: string) => string
}

/** Both of the company's shops, open for business, with the desk's app in them. */
export const startShops = ({
  dataDir,
  secrets,
  clock,
  orders,
  privacyUri,
  resolveUrl,
}: Surroundings): Promise<Shopify> =>
  startShopify({
    dataDir,
    clock,
    resolveUrl,
    seed: seedOf(secrets, privacyUri, shopWorld(clock.now(), SHOP.domain, orders)),
  })

/** The pages of the shop's own side; they stand in for Shopify's pages of an order. */
export const ledgerIn = ({ url: here }: Shopify) => ({
  url: `${here}/${FERN_AND_FIG}/admin/ledger`,
  instead: (url: string) =>
    url.replace(/^https:\/\/([\w-]+\.myshopify\.com)\/admin\/(orders\/\d+)$/, `${here}/$1/admin/ledger/$2`),
})

const seedOf = ({ shopAppSecret }: Secrets, privacyUri: string, shops: SeedShop[]): ShopifySeed => ({
  apps: [
    {
      clientId: SHOP_APP,
      clientSecret: shopAppSecret,
      name: 'Sidedesk',
      organisation: SHOP.domain,
      scopes: SCOPES,
      privacyUri,
    },
  ],
  shops: shops.map((shop) => ({
    ...shop,
    installed: [{ clientId: SHOP_APP, scopes: SCOPES }],
  })),
})
