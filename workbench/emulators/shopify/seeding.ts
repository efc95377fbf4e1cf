import type { Shop } from './shop.ts'
import type { Change } from './store/entries.ts'

/** Loads a shop's first records once; a restart with a journal finds them there. Apps get what they may now. */
export function seedShop(shop: Shop, indexLag: number): Shop {
  const { seed, state, ground } = shop
  if (!state.seeded)
    ground.store.commit([
      { t: 'changes', shop: shop.domain, at: shop.at(), changes: changesIn(shop), lastId: state.lastId },
      { t: 'seeded', shop: shop.domain },
    ])
  const staying = (seed.installed ?? []).filter(({ clientId }) => !state.removed.has(clientId))
  ground.store.commit(
    staying.map((installed) => ({ t: 'installed', installation: { ...installed, shop: shop.domain } })),
  )
  state.indexLag = indexLag
  return shop
}

const changesIn = ({ seed }: Shop): Change[] =>
  Object.entries(seed.records ?? {}).flatMap(([table, records]) =>
    records.map((record) => ({ t: 'put', table, record }) as Change),
  )
