import { listen } from '../http/server.ts'
import { adminRoutes } from './admin-api.ts'
import { manners } from './answers.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { bulkRunsOf } from './bulk/runs.ts'
import { controlRoutes } from './control.ts'
import { catchUp } from './due.ts'
import type { Fault, MetCall } from './faults.ts'
import { type Installations, installationsOf } from './installations.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { openGround } from './opening.ts'
import type { Clock, ShopifySeed } from './seed.ts'
import type { Shop } from './shop.ts'
import { type Steering, steeringOf } from './steering.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

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
  const { report = reportToStderr } = options
  let url = ''
  const { ground, shops } = openGround(options, () => url)
  const bulk = bulkRunsOf(ground)
  const catchUpAll = () => {
    for (const shop of shops.values()) catchUp(shop)
  }
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
      catchUpAll()
      await bulk.settle()
      await ground.webhooks.settle()
    },
    async close() {
      clearInterval(beat)
      bulk.stop()
      ground.webhooks.close()
      await server.close()
      ground.store.close()
    },
  }
  const routes = [
    ...adminRoutes(ground),
    ...bulkRoutes(ground),
    ...ledgerRoutes(() => shopify),
    ...controlRoutes(() => shopify),
  ]
  const server = await listen(routes, options.port ?? 0, { ...manners, report })
  url = server.url
  const beat = every(1000, catchUpAll, report)
  return shopify
}

function known(shops: Map<string, Shop>, domain: string): Shop {
  const shop = shops.get(domain)
  if (!shop) throw new Error(`the emulator has no shop ${domain}`)
  return shop
}

function every(milliseconds: number, work: () => void, report: (error: unknown) => void): NodeJS.Timeout {
  const safely = () => {
    try {
      work()
    } catch (error) {
      report(error)
    }
  }
  return setInterval(safely, milliseconds).unref()
}

const reportToStderr = (error: unknown) =>
  void process.stderr.write(`shopify emulator: ${error instanceof Error ? error.stack : String(error)}\n`)
