/** For example gid://shopify/Order/5001. */
export type Gid = string

/** An instant in ISO 8601, UTC, to the millisecond; the wire shows whole seconds. */
export type Instant = string

export interface Kept {
  id: Gid
}
