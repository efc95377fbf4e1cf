type Entry = { value: string; expiresMs: number }

const MOST_ITEMS = 1000
const KEPT_WHEN_FULL = 900

/** What CacheService keeps between calls, per user and per script; a full cache drops what expires first. */
export function cacheStore(clock: { now(): Date }) {
  const caches = new Map<string, Map<string, Entry>>()
  const of = (owner: string) => {
    const cache = caches.get(owner) ?? new Map<string, Entry>()
    caches.set(owner, cache)
    return cache
  }
  return {
    get(owner: string, keys: readonly string[]): Record<string, string> {
      const cache = of(owner)
      const now = clock.now().getTime()
      const live = keys.filter((key) => (cache.get(key)?.expiresMs ?? 0) > now)
      return Object.fromEntries(live.map((key) => [key, cache.get(key)?.value ?? '']))
    },
    put(owner: string, entries: Record<string, string>, seconds: number): void {
      const cache = of(owner)
      const expiresMs = clock.now().getTime() + seconds * 1000
      for (const [key, value] of Object.entries(entries)) cache.set(key, { value, expiresMs })
      if (cache.size > MOST_ITEMS) dropEarliest(cache)
    },
    remove(owner: string, keys: readonly string[]): void {
      for (const key of keys) of(owner).delete(key)
    },
  }
}

function dropEarliest(cache: Map<string, Entry>): void {
  const byExpiry = [...cache].sort(([, a], [, b]) => a.expiresMs - b.expiresMs)
  for (const [key] of byExpiry.slice(0, cache.size - KEPT_WHEN_FULL)) cache.delete(key)
}
