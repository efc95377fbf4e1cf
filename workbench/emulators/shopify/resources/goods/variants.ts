import { toDecimal } from '../../../../../shared/money.ts'
import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import type { VariantRecord } from '../../store/records/goods.ts'
import { imageOf, mediaOf } from './images.ts'
import { itemOf } from './inventory.ts'
import { availableUnits, canBeSold } from './stock.ts'

export const variantsResource: Resource = {
  types: {
    ProductVariant: {
      legacyResourceId: ({ id }: VariantRecord) => legacyId(id),
      price: ({ price }: VariantRecord) => toDecimal(price),
      compareAtPrice: ({ compareAtPrice }: VariantRecord) => compareAtPrice && toDecimal(compareAtPrice),
      displayName: (variant: VariantRecord, _: unknown, { shop }) => displayName(shop, variant),
      product: ({ productId }: VariantRecord, _: unknown, { shop }) => shop.tables.products.get(productId) ?? null,
      image: ({ id, imageUrl, title }: VariantRecord) => imageOf(id, imageUrl, title),
      media: ({ id, imageUrl, title }: VariantRecord, args: PageArgs) =>
        connectionOf(mediaOf(imageOf(id, imageUrl, title)), args),
      inventoryItem: itemOf,
      inventoryQuantity: (variant: VariantRecord, _: unknown, { shop }) => availableUnits(shop, variant),
      sellableOnlineQuantity: (variant: VariantRecord, _: unknown, { shop }) => availableUnits(shop, variant),
      availableForSale: (variant: VariantRecord, _: unknown, { shop }) => canBeSold(shop, variant),
      selectedOptions: ({ title }: VariantRecord) => [{ name: 'Title', value: title }],
      createdAt: ({ updatedAt }: VariantRecord) => updatedAt,
      unitPrice: () => null,
      showUnitPrice: () => false,
    },
  },
}

function displayName(shop: Shop, { productId, title }: VariantRecord): string {
  return `${shop.tables.products.get(productId)?.title ?? ''} - ${title}`
}
