import type { Shop } from '../../shop.ts'
import type { LevelRecord, ProductRecord, VariantRecord } from '../../store/records/goods.ts'

export const levelsOf = (shop: Shop, variant: VariantRecord): LevelRecord[] =>
  shop.tables.levels.by('inventoryItemId', variant.inventoryItemId)

/** What can be sold from all places together. */
export const availableUnits = (shop: Shop, variant: VariantRecord): number =>
  levelsOf(shop, variant).reduce((units, { available }) => units + available, 0)

export const variantsOf = (shop: Shop, product: ProductRecord): VariantRecord[] =>
  shop.tables.variants.by('productId', product.id).toSorted((one, other) => one.position - other.position)

export const canBeSold = (shop: Shop, variant: VariantRecord): boolean =>
  !variant.tracked || variant.inventoryPolicy === 'CONTINUE' || availableUnits(shop, variant) > 0
