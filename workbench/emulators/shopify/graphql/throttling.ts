import { GraphQLError } from 'graphql'
import type { Ground } from '../ground.ts'
import type { SeedShop } from '../seed.ts'
import type { Shop } from '../shop.ts'

/** One call may ask for so many points at most. */
export const MOST_POINTS = 1000

export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

export type Buckets = ReturnType<typeof bucketsOf>

/** One leaking bucket of points per app and shop, on the emulator's clock. */
export function bucketsOf(ground: () => Ground) {
  const buckets = new Map<string, { points: number; at: number }>()

  function statusOf(shop: Shop, clientId: string): ThrottleStatus {
    const { size, restoreRate } = limitsOf(ground(), shop.seed)
    const now = shop.now().getTime()
    const key = `${shop.domain} ${clientId}`
    const bucket = buckets.get(key) ?? { points: size, at: now }
    const points = Math.min(size, bucket.points + (Math.max(0, now - bucket.at) / 1000) * restoreRate)
    buckets.set(key, { points, at: now })
    return { maximumAvailable: size, currentlyAvailable: Math.floor(points), restoreRate }
  }

  return {
    statusOf,
    /** What a call asked for must fit; what it really cost is taken. */
    fits: (shop: Shop, clientId: string, requested: number) =>
      ground().settings.bucketSize === null || statusOf(shop, clientId).currentlyAvailable >= requested,
    take(shop: Shop, clientId: string, points: number) {
      statusOf(shop, clientId)
      const bucket = buckets.get(`${shop.domain} ${clientId}`)
      if (bucket && ground().settings.bucketSize !== null) bucket.points -= points
    },
    /** Another app of the same shop's owner, or we ourselves, used everything up. */
    drain(shop: Shop, clientId: string) {
      buckets.set(`${shop.domain} ${clientId}`, { points: 0, at: shop.now().getTime() })
    },
  }
}

/** Points and points per second by plan; facts/shopify-meta.md section 3.1. */
function limitsOf({ settings }: Ground, { plan }: SeedShop) {
  const restoreRate = settings.restoreRate ?? RATES[plan]
  return { size: settings.bucketSize ?? restoreRate * 20, restoreRate }
}

const RATES: Record<SeedShop['plan'], number> = {
  basic: 100,
  shopify: 100,
  development: 100,
  advanced: 200,
  plus: 1000,
}

const LIMITS_PAGE = 'https://shopify.dev/api/usage/rate-limits'

export const throttled = () =>
  new GraphQLError('Throttled', { extensions: { code: 'THROTTLED', documentation: LIMITS_PAGE } })

export const tooCostly = (cost: number) =>
  new GraphQLError(`Query cost is ${cost}, which exceeds the single query max cost limit (${MOST_POINTS}).`, {
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MOST_POINTS, documentation: LIMITS_PAGE },
  })
