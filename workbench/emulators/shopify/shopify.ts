import { listen } from '../http/server.ts'
import { adminRoutes } from './admin-api.ts'
import { manners } from './answers.ts'
import { controlRoutes } from './control.ts'
import { catchUp } from './due.ts'
import { type Fault, faultsOf, type MetCall } from './faults.ts'
import { bucketsOf } from './graphql/throttling.ts'
import type { Ground } from './ground.ts'
import { type Installations, installationsOf } from './installations.ts'
import { codesOf } from './oauth/codes.ts'
import { resources } from './resources/index.ts'
import { adminSchema } from './schema/schema.ts'
import type { Clock, ShopifySeed } from './seed.ts'
import { seedShop } from './seeding.ts'
import { type Shop, shopOf } from './shop.ts'
import { type Steering, steeringOf } from './steering.ts'
import { openStore } from './store/store.ts'
import { Webhooks } from './webhooks/webhooks.ts'

export interface ShopifyOptions {
  /** 0 or left out takes a free port. */
  port?: number
  /** Without a folder everything ends with the process. */
  dataDir?: string
  clock: Clock
  seed: ShopifySeed
  /** Points a bucket holds, instead of the plan's; null for no limit. */
  bucketSize?: number | null
  /** Points that come back per second, instead of the plan's. */
  restoreRate?: number
  /** Seconds until a write can be found by searching; 0. */
  indexLag?: number
  /** Where an address of the world outside leads on this machine; to itself when left out. */
  resolveUrl?: (url: string) => string
  /** Milliseconds an endpoint has to answer a webhook; 5000. */
  webhookTimeout?: number
  /** Where a failure of the emulator itself is told; standard error when left out. */
  report?: (error: unknown) => void
}

export interface Shopify {
  url: string
  domains(): string[]
  /** A shop's records and acts. @throws Error when there is none of this domain */
  shop(domain: string): Shop
  faults: {
    add(fault: Fault): void
    clear(): void
    met(operation?: string): MetCall[]
  }
  webhooks: Pick<Webhooks, 'hold' | 'release' | 'delay' | 'lose' | 'double' | 'deliveries' | 'counts'>
  apps: Installations
  settings: Steering
  /** Does what is due by the clock and sends every webhook that is. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Starts a Shopify without Shopify: shops, the Admin API, OAuth and webhooks on one loopback port. */
export async function startShopify(options: ShopifyOptions): Promise<Shopify> {
  const { clock, seed, report = reportToStderr } = options
  const store = openStore(options.dataDir)
  let url = ''
  const shops = new Map<string, Shop>()
  const ground: Ground = {
    store,
    seed,
    schema: adminSchema(),
    resources,
    faults: faultsOf(),
    webhooks: new Webhooks(() => ground, { timeout: options.webhookTimeout ?? 5000 }),
    buckets: bucketsOf(() => ground),
    codes: codesOf(),
    resolveUrl: options.resolveUrl ?? ((address) => address),
    settings: {
      skew: 0,
      bucketSize: options.bucketSize,
      restoreRate: options.restoreRate,
      vanished: new Set(),
    },
    url: () => url,
    now: () => new Date(clock.now().getTime() + ground.settings.skew),
    shop: (domain) => shops.get(domain),
    app: (clientId) => seed.apps.find((app) => app.clientId === clientId),
  }
  for (const shop of seed.shops) shops.set(shop.domain, seedShop(shopOf(ground, shop), options.indexLag ?? 0))
  const server = await listen([...adminRoutes(ground), ...controlRoutes(() => shopify)], options.port ?? 0, {
    ...manners,
    report,
  })
  url = server.url
  const beat = setInterval(() => {
    try {
      for (const shop of shops.values()) catchUp(shop)
    } catch (error) {
      report(error)
    }
  }, 1000).unref()
  const shopify: Shopify = {
    get url() {
      return url
    },
    domains: () => [...shops.keys()],
    shop: (domain) => known(shops, domain),
    faults: ground.faults,
    webhooks: ground.webhooks,
    apps: installationsOf(ground),
    settings: steeringOf(ground),
    async settle() {
      for (const shop of shops.values()) catchUp(shop)
      await ground.webhooks.settle()
    },
    async close() {
      clearInterval(beat)
      ground.webhooks.close()
      await server.close()
      store.close()
    },
  }
  return shopify
}

function known(shops: Map<string, Shop>, domain: string): Shop {
  const shop = shops.get(domain)
  if (!shop) throw new Error(`the emulator has no shop ${domain}`)
  return shop
}

const reportToStderr = (error: unknown) =>
  void process.stderr.write(`shopify emulator: ${error instanceof Error ? error.stack : String(error)}\n`)
