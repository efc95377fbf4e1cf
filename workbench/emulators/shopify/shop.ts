import { type Ledger, ledgerOf } from './effects.ts'
import { gidOf } from './graphql/gid.ts'
import type { Ground } from './ground.ts'
import type { SeedShop } from './seed.ts'
import { type Change, put } from './store/entries.ts'
import type { Gid, Instant, Kept } from './store/records/ids.ts'
import type { EffectRecord } from './store/records/shop.ts'
import { type ShopState, shopIn } from './store/state.ts'
import type { Tables } from './store/tables-of-a-shop.ts'

/** A webhook to send once a change stands: the topic as the enum names it, and the record it is about. */
export interface Notice {
  topic: string
  record: Kept
  /** What lies inside the record and is meant: a fulfilment event, a hold, the customer that was merged away. */
  part?: Gid
}

/** One shop: what it holds and the only way to change it. */
export interface Shop {
  domain: string
  seed: SeedShop
  state: ShopState
  tables: Tables
  ground: Ground
  now(): Date
  /** Now, as records keep it. */
  at(): Instant
  newGid(type: string): Gid
  /** Writes all changes as one, then sends the webhooks. */
  commit(changes: Change[], notices?: Notice[]): void
  /** What really happened so far. */
  ledger(): Ledger
  /** A change that notes something the world outside sees. */
  effect(
    kind: string,
    about: Partial<Pick<EffectRecord, 'subjectId' | 'amount' | 'by' | 'notice'>> & { words: string },
  ): Change
}

export function shopOf(ground: Ground, seed: SeedShop): Shop {
  const state = shopIn(ground.store.state, seed.domain)
  const shop: Shop = {
    domain: seed.domain,
    seed,
    state,
    tables: state.tables,
    ground,
    now: () => ground.now(),
    at: () => ground.now().toISOString(),
    newGid: (type) => gidOf(type, ++state.lastId),
    commit(changes, notices = []) {
      const { lastId } = state
      ground.store.commit([{ t: 'changes', shop: seed.domain, at: shop.at(), changes, lastId }])
      for (const notice of notices) ground.webhooks.emit(shop, notice)
    },
    ledger: () => ledgerOf(shop),
    effect: (kind, { words, subjectId = null, amount = null, by = null, notice }) =>
      put('effects', {
        id: shop.newGid('Effect'),
        kind,
        at: shop.at(),
        words,
        subjectId,
        amount,
        by,
        ...(notice && { notice }),
      }),
  }
  return shop
}
