import type { Gid, Instant, Kept } from './ids.ts'
import type { Money } from './money.ts'

export interface ProductRecord extends Kept {
  title: string
  handle: string
  vendor: string
  productType: string
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT'
  tags: string[]
  imageUrl: string | null
  descriptionHtml: string
  createdAt: Instant
  updatedAt: Instant
}

export interface VariantRecord extends Kept {
  productId: Gid
  title: string
  sku: string | null
  barcode: string | null
  price: Money
  compareAtPrice: Money | null
  imageUrl: string | null
  position: number
  inventoryItemId: Gid
  unitCost: Money | null
  tracked: boolean
  requiresShipping: boolean
  taxable: boolean
  /** CONTINUE sells what is not in stock. */
  inventoryPolicy: 'DENY' | 'CONTINUE'
  updatedAt: Instant
}

export interface LocationRecord extends Kept {
  name: string
  active: boolean
  city: string | null
  countryCode: string
}

/** What of one item lies in one place. */
export interface LevelRecord extends Kept {
  inventoryItemId: Gid
  locationId: Gid
  available: number
  committed: number
  onHand: number
  incoming: number
  updatedAt: Instant
}
