import type { Gid, Instant } from '../../../emulators/shopify/store/records/ids.ts'
import type { Ware, WareVariant } from '../catalogue/product.ts'
import type { Buyer } from '../people/person.ts'

/** One shop whose story is being written down as records. */
export interface ShopGround {
  name: string
  /** ISO 4217. */
  currency: string
  /** Before the number of an order: FF-. */
  prefix: string
  locationId: Gid
  gid(type: string, id?: number): Gid
  /** The moment so many minutes before now. */
  at(ago: number): Instant
  offered(sku: string): Offered
  customerId(buyer: Buyer): Gid
  giftCardId(code: string): Gid
}

/** A variant with the ids its records have. */
export interface Offered {
  ware: Ware
  variant: WareVariant
  productId: Gid
  variantId: Gid
  itemId: Gid
}

/** Numbers that rise within one shop. Shops have ranges of their own, below those that the emulator gives out itself. */
export function idsFrom(first: number) {
  let last = first
  return (type: string, id = ++last): Gid => `gid://shopify/${type}/${id}`
}
