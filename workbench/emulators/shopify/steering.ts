import type { Ground } from './ground.ts'
import type { ShopStatus } from './store/entries.ts'
import { shopIn } from './store/state.ts'

/** What the clock, the schema, the limits and the search index of the pretended Shopify are like. */
export interface Steering {
  /** Milliseconds by which its clock is ahead of ours. */
  setSkew(milliseconds: number): void
  /** A field, as Order.sourceIdentifier, that its schema no longer has; nothing brings all back. */
  vanish(coordinate?: string): void
  /** Points of every bucket and how many come back per second; null for no limit, nothing for the plan's. */
  setBucket(size?: number | null, restoreRate?: number): void
  /** Uses up an app's points in a shop. */
  drain(domain: string, clientId: string): void
  setStatus(domain: string, status: ShopStatus): void
  /** Seconds until a write can be found by searching. */
  setIndexLag(domain: string, seconds: number): void
}

export const steeringOf = (ground: Ground): Steering => ({
  setSkew(milliseconds) {
    ground.settings.skew = milliseconds
  },
  vanish(coordinate) {
    ground.documents.forget()
    if (coordinate) ground.settings.vanished.add(coordinate)
    else ground.settings.vanished.clear()
  },
  setBucket(size, restoreRate) {
    ground.settings.bucketSize = size
    ground.settings.restoreRate = restoreRate
  },
  drain(domain, clientId) {
    const shop = ground.shop(domain)
    if (shop) ground.buckets.drain(shop, clientId)
  },
  setStatus: (shop, status) => ground.store.commit([{ t: 'status', shop, status }]),
  setIndexLag(domain, seconds) {
    shopIn(ground.store.state, domain).indexLag = seconds
  },
})
