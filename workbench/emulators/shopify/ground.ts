import type { Faults } from './faults.ts'
import type { Documents } from './graphql/preparing.ts'
import type { Resources } from './graphql/resource.ts'
import type { Buckets } from './graphql/throttling.ts'
import type { Codes } from './oauth/codes.ts'
import type { AdminSchema } from './schema/schema.ts'
import type { SeedApp, ShopifySeed } from './seed.ts'
import type { Shop } from './shop.ts'
import type { Store } from './store/store.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** What every part of the emulation stands on. */
export interface Ground {
  store: Store
  seed: ShopifySeed
  schema: AdminSchema
  resources: Resources
  faults: Faults
  webhooks: Webhooks
  buckets: Buckets
  codes: Codes
  documents: Documents
  settings: Settings
  /** Where an address of the world outside leads on this machine. */
  resolveUrl(url: string): string
  /** The emulator's own address, once it listens. */
  url(): string
  now(): Date
  shop(domain: string): Shop | undefined
  app(clientId: string): SeedApp | undefined
}

export interface Settings {
  /** Milliseconds by which the pretended Shopify's clock is ahead of ours. */
  skew: number
  /** Points a bucket holds; by the shop's plan when left out, no limit when null. */
  bucketSize: number | null | undefined
  /** Points that come back per second; by the shop's plan when left out. */
  restoreRate: number | undefined
  /** Schema coordinates that the schema of today no longer has: Order.sourceIdentifier. */
  vanished: Set<string>
}
