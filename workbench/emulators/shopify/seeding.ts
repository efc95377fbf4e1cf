import type { Shop } from './shop.ts'
import type { Change } from './store/entries.ts'

/** Loads a shop's first records once; a restart with a journal finds them there. */
export function seedShop(shop: Shop, indexLag: number): Shop {
  const { seed, state, ground } = shop
  if (!state.seeded) {
    const installations = (seed.installed ?? []).map((installed) => ({ ...installed, shop: shop.domain }))
    ground.store.commit([
      { t: 'changes', shop: shop.domain, at: shop.at(), changes: changesIn(shop), lastId: state.lastId },
      ...installations.map((installation) => ({ t: 'installed' as const, installation })),
      { t: 'seeded', shop: shop.domain },
    ])
  }
  state.indexLag = indexLag
  return shop
}

const changesIn = ({ seed }: Shop): Change[] =>
  Object.entries(seed.records ?? {}).flatMap(([table, records]) =>
    records.map((record) => ({ t: 'put', table, record }) as Change),
  )
