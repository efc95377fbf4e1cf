import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import type { ProductRecord } from '../../store/records/goods.ts'
import { imageOf, mediaOf } from './images.ts'
import { availableUnits, canBeSold, variantsOf } from './stock.ts'

export const productsResource: Resource = {
  types: {
    Product: {
      legacyResourceId: ({ id }: ProductRecord) => legacyId(id),
      description: ({ descriptionHtml }: ProductRecord, { truncateAt }: { truncateAt?: number }) =>
        descriptionHtml
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, truncateAt),
      isGiftCard: ({ productType }: ProductRecord) => productType === 'Gift card',
      featuredImage: pictureOf,
      featuredMedia: (product: ProductRecord) => mediaOf(pictureOf(product))[0] ?? null,
      images: (product: ProductRecord, args: PageArgs) => connectionOf([pictureOf(product)].filter(present), args),
      media: (product: ProductRecord, args: PageArgs) => connectionOf(mediaOf(pictureOf(product)), args),
      variants: (product: ProductRecord, args: PageArgs, { shop }) => connectionOf(variantsOf(shop, product), args),
      variantsCount: (product: ProductRecord, _: unknown, { shop }) => ({
        count: variantsOf(shop, product).length,
        precision: 'EXACT',
      }),
      hasOnlyDefaultVariant: (product: ProductRecord, _: unknown, { shop }) =>
        variantsOf(shop, product).every(({ title }) => title === 'Default Title'),
      hasOutOfStockVariants: (product: ProductRecord, _: unknown, { shop }) =>
        variantsOf(shop, product).some((variant) => !canBeSold(shop, variant)),
      totalInventory: (product: ProductRecord, _: unknown, { shop }) =>
        variantsOf(shop, product).reduce((sum, variant) => sum + availableUnits(shop, variant), 0),
      tracksInventory: (product: ProductRecord, _: unknown, { shop }) =>
        variantsOf(shop, product).some(({ tracked }) => tracked),
      priceRangeV2: (product: ProductRecord, _: unknown, { shop }) => priceRange(shop, product),
      publishedAt: ({ status, createdAt }: ProductRecord) => (status === 'ACTIVE' ? createdAt : null),
      onlineStoreUrl: ({ handle, status }: ProductRecord, _: unknown, { shop }) =>
        status === 'ACTIVE' ? `https://${shop.domain}/products/${handle}` : null,
    },
  },
}

function pictureOf({ id, imageUrl, title }: ProductRecord) {
  return imageOf(id, imageUrl, title)
}

const present = <T>(value: T | null): value is T => value !== null

function priceRange(shop: Shop, product: ProductRecord) {
  const prices = variantsOf(shop, product)
    .map(({ price }) => price)
    .toSorted((one, other) => one.minor - other.minor)
  const none = { minor: 0, currency: shop.seed.currency }
  return { minVariantPrice: prices[0] ?? none, maxVariantPrice: prices.at(-1) ?? none }
}
