import type { LevelRecord, ProductRecord, VariantRecord } from '../../../emulators/shopify/store/records/goods.ts'
import { days } from '../../story.ts'
import type { Ware } from '../catalogue/product.ts'
import { pictureUrl } from '../pictures/pictures.ts'
import type { Offered, ShopGround } from './ground.ts'

/** Units that are sold and not sent yet, by stock number. */
export type Promised = ReadonlyMap<string, number>

export function productOf(ground: ShopGround, ware: Ware, id: string): ProductRecord {
  const since = ground.at(days(500))
  return {
    id,
    title: ware.title,
    handle: ware.handle,
    vendor: ground.name,
    productType: ware.kind,
    status: 'ACTIVE',
    tags: [ware.kind.toLowerCase()],
    imageUrl: pictureUrl(ware),
    descriptionHtml: '',
    createdAt: since,
    updatedAt: since,
  }
}

export const variantOf = (ground: ShopGround, { ware, variant, ...ids }: Offered): VariantRecord => ({
  id: ids.variantId,
  productId: ids.productId,
  title: variant.name ?? 'Default Title',
  sku: variant.sku,
  barcode: null,
  price: { minor: variant.price, currency: ground.currency },
  compareAtPrice: null,
  imageUrl: pictureUrl(ware),
  position: ware.variants.indexOf(variant) + 1,
  inventoryItemId: ids.itemId,
  unitCost: ware.giftCard ? null : { minor: variant.cost, currency: ground.currency },
  tracked: !ware.giftCard,
  requiresShipping: !ware.giftCard,
  taxable: taxed(ware),
  inventoryPolicy: 'DENY',
  updatedAt: ground.at(days(30)),
})

export function levelOf(ground: ShopGround, { variant, itemId }: Offered, promised: Promised): LevelRecord {
  const committed = promised.get(variant.sku) ?? 0
  return {
    id: `${ground.gid('InventoryLevel')}?inventory_item_id=${itemId.split('/').at(-1)}`,
    inventoryItemId: itemId,
    locationId: ground.locationId,
    available: variant.stock,
    committed,
    onHand: variant.stock + committed,
    incoming: 0,
    updatedAt: ground.at(60),
  }
}

/** Food bears no tax in the shop's country, the rest does. */
export const taxed = ({ kind, giftCard }: Ware): boolean => !giftCard && kind !== 'Pantry' && kind !== 'Fresh'
