import { faultsOf } from './faults.ts'
import { documentsOf } from './graphql/preparing.ts'
import { bucketsOf } from './graphql/throttling.ts'
import type { Ground } from './ground.ts'
import { codesOf } from './oauth/codes.ts'
import { resources } from './resources/index.ts'
import { adminSchema } from './schema/schema.ts'
import { seedShop } from './seeding.ts'
import { type Shop, shopOf } from './shop.ts'
import type { ShopifyOptions } from './shopify.ts'
import { openStore } from './store/store.ts'
import { Webhooks } from './webhooks/webhooks.ts'

/** Opens the store and everything that stands on it; `url` tells the emulator's own address once it listens. */
export function openGround(options: ShopifyOptions, url: () => string): { ground: Ground; shops: Map<string, Shop> } {
  const { clock, seed } = options
  const shops = new Map<string, Shop>()
  const ground: Ground = {
    store: openStore(options.dataDir),
    seed,
    schema: adminSchema(),
    resources,
    faults: faultsOf(),
    webhooks: new Webhooks(() => ground, { timeout: options.webhookTimeout ?? 5000 }),
    buckets: bucketsOf(() => ground),
    codes: codesOf(),
    documents: documentsOf(),
    settings: { skew: 0, bucketSize: options.bucketSize, restoreRate: options.restoreRate, vanished: new Set() },
    resolveUrl: options.resolveUrl ?? ((address) => address),
    url,
    now: () => new Date(clock.now().getTime() + ground.settings.skew),
    shop: (domain) => shops.get(domain),
    app: (clientId) => seed.apps.find((app) => app.clientId === clientId),
  }
  for (const shop of seed.shops) shops.set(shop.domain, seedShop(shopOf(ground, shop), options.indexLag ?? 0))
  return { ground, shops }
}
