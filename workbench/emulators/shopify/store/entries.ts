import type { Gid, Instant } from './records/ids.ts'
import type { Records, TableName } from './tables.ts'

/** One change of a shop: a whole record, or its end. */
export type Change =
  | { [T in TableName]: { t: 'put'; table: T; record: Records[T] } }[TableName]
  | { t: 'delete'; table: TableName; id: Gid }

/** Everything that can happen to the pretended Shopify; one line of the journal is what one call did. */
export type Entry =
  | { t: 'changes'; shop: string; at: Instant; changes: Change[]; lastId: number }
  | { t: 'seeded'; shop: string }
  | { t: 'status'; shop: string; status: ShopStatus }
  | { t: 'installed'; installation: Installation }
  | { t: 'uninstalled'; shop: string; clientId: string }
  | { t: 'token'; token: Token }
  | { t: 'tokenGone'; value: string }
  | ({ t: 'idempotent' } & Idempotence)

/** frozen: the bill is unpaid (402) · locked: under review by Shopify (423) · gone: closed for good (404). */
export type ShopStatus = 'open' | 'frozen' | 'locked' | 'gone'

export interface Installation {
  shop: string
  clientId: string
  scopes: string[]
}

export interface Token {
  kind: 'access' | 'refresh'
  value: string
  shop: string
  clientId: string
  /** Milliseconds since 1970; null does not end. */
  expires: number | null
  /** The refresh token this one replaces; it works until this one is used. */
  replaces?: string
  /** A merchant's session in the admin instead of the app's own; some mutations refuse it. */
  online?: boolean
}

/** What a keyed mutation answered; records by id, so that a replay tells how they are now. */
export interface Idempotence {
  /** Shop, app and key. */
  name: string
  /** Of the first request, in milliseconds since 1970. */
  at: number
  /** Of the mutation and its parameters. */
  hash: string
  answer: Record<string, { id: Gid } | { value: unknown }>
}

export const put = <T extends TableName>(table: T, record: Records[T]) => ({ t: 'put', table, record }) as Change

export const drop = (table: TableName, id: Gid): Change => ({ t: 'delete', table, id })
