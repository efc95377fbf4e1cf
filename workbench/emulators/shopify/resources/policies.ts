import { gidOf } from '../graphql/gid.ts'
import type { Shop } from '../shop.ts'
import { put } from '../store/entries.ts'
import type { PolicyRecord } from '../store/records/shop.ts'

const ID = gidOf('Policy', 1)

/** Countries that a shop sends to when its seed names none. */
const EVERYWHERE = [
  'AT',
  'AU',
  'BE',
  'CA',
  'CH',
  'DE',
  'DK',
  'ES',
  'FI',
  'FR',
  'GB',
  'IE',
  'IT',
  'JP',
  'NL',
  'NO',
  'PL',
  'PT',
  'SE',
  'US',
]

const WAYS = [
  { title: 'Standard', minor: 500 },
  { title: 'Express', minor: 1_200 },
]

/** What its owner made of a shop, or as it began. */
export const policyOf = ({ tables, seed }: Shop): PolicyRecord =>
  tables.policies.get(ID) ?? {
    id: ID,
    giftCards: seed.giftCards ?? true,
    giftCardLimit: null,
    shipsTo: seed.shipsTo ?? EVERYWHERE,
    delivery: seed.delivery ?? WAYS,
  }

export const changePolicy = (shop: Shop, patch: Partial<Omit<PolicyRecord, 'id'>>): void =>
  shop.commit([put('policies', { ...policyOf(shop), ...patch })])
