import type { Notice, Shop } from '../../shop.ts'
import type { Gid } from '../../store/records/ids.ts'

export type Payload = Record<string, unknown>

export type PayloadOf = (shop: Shop, notice: Notice) => Payload

/** A payload made from the record alone; each topic knows what kind of record it gets. */
export const from =
  <T>(payload: (shop: Shop, record: T, part: Gid | undefined) => Payload): PayloadOf =>
  (shop, { record, part }) =>
    payload(shop, record as T, part)

/** Topics that share one form. */
export const same = (topics: string[], payload: PayloadOf): Record<string, PayloadOf> =>
  Object.fromEntries(topics.map((topic) => [topic, payload]))
