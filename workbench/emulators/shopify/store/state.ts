import type { Change, Entry, Idempotence, Installation, ShopStatus, Token } from './entries.ts'
import type { Kept } from './records/ids.ts'
import type { Table } from './table.ts'
import { newTables, type Tables } from './tables-of-a-shop.ts'

export interface ShopState {
  domain: string
  tables: Tables
  status: ShopStatus
  seeded: boolean
  /** Seconds until a write can be found by searching. */
  indexLag: number
  lastId: number
  /** By client id. */
  installations: Map<string, Installation>
  /** Client ids of apps that were taken out again. */
  removed: Set<string>
}

export interface State {
  shops: Map<string, ShopState>
  tokens: Map<string, Token>
  /** Keyed mutations by shop, app and key. */
  idempotence: Map<string, Idempotence>
}

export const newState = (): State => ({ shops: new Map(), tokens: new Map(), idempotence: new Map() })

export function shopIn(state: State, domain: string): ShopState {
  const known = state.shops.get(domain)
  if (known) return known
  const shop: ShopState = {
    domain,
    tables: newTables(),
    status: 'open',
    seeded: false,
    indexLag: 0,
    lastId: (state.shops.size + 1) * FIRST_ID,
    installations: new Map(),
    removed: new Set(),
  }
  state.shops.set(domain, shop)
  return shop
}

/** Ids of different shops differ, so that a mixed-up shop is noticed. */
const FIRST_ID = 4_500_000_000

export function apply(state: State, entry: Entry) {
  switch (entry.t) {
    case 'changes': {
      const shop = shopIn(state, entry.shop)
      shop.lastId = entry.lastId
      for (const change of entry.changes) applyChange(shop, change, Date.parse(entry.at))
      return
    }
    case 'seeded':
      shopIn(state, entry.shop).seeded = true
      return
    case 'status':
      shopIn(state, entry.shop).status = entry.status
      return
    case 'installed':
      return install(state, entry.installation)
    case 'uninstalled':
      return uninstall(state, entry.shop, entry.clientId)
    case 'token':
      return void state.tokens.set(entry.token.value, entry.token)
    case 'idempotent':
      return void state.idempotence.set(entry.name, entry)
    case 'tokenGone':
      return void state.tokens.delete(entry.value)
  }
}

function applyChange(shop: ShopState, change: Change, at: number) {
  const table = shop.tables[change.table] as unknown as Table<Kept>
  if (change.t === 'put') table.put(change.record, at, shop.indexLag > 0)
  else table.delete(change.id)
}

function install(state: State, installation: Installation) {
  const shop = shopIn(state, installation.shop)
  shop.installations.set(installation.clientId, installation)
  shop.removed.delete(installation.clientId)
}

function uninstall(state: State, domain: string, clientId: string) {
  const shop = shopIn(state, domain)
  shop.installations.delete(clientId)
  shop.removed.add(clientId)
  for (const token of [...state.tokens.values()])
    if (token.shop === domain && token.clientId === clientId) state.tokens.delete(token.value)
  for (const subscription of [...shop.tables.subscriptions.all()])
    if (subscription.clientId === clientId) shop.tables.subscriptions.delete(subscription.id)
}
