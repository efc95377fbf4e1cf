import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { ProductRecord, VariantRecord } from '../../store/records/goods.ts'
import type { Gid } from '../../store/records/ids.ts'
import { countOf } from '../counting.ts'
import { numberKey, sortedBy } from '../sorting.ts'
import { productFields, variantFields } from './search-fields.ts'
import { availableUnits, variantsOf } from './stock.ts'

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

export const findingGoods: Resource = {
  queries: {
    product: (_: unknown, { id }: { id: Gid }, { shop }) => shop.tables.products.get(id) ?? null,
    products: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, productFields(ctx.shop))
      return connectionOf(sortedBy([...foundIn(ctx, ctx.shop.tables.products, search)], productKey(ctx, args)), args)
    },
    productsCount: (_: unknown, { query, limit }: { query?: string; limit: number | null }, ctx, info) => {
      const search = searchIn(ctx, info, query, productFields(ctx.shop))
      return countOf([...foundIn(ctx, ctx.shop.tables.products, search)].length, limit)
    },
    productVariant: (_: unknown, { id }: { id: Gid }, { shop }) => shop.tables.variants.get(id) ?? null,
    productVariants: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, variantFields(ctx.shop))
      return connectionOf(sortedBy([...foundIn(ctx, ctx.shop.tables.variants, search)], variantKey(ctx, args)), args)
    },
  },
}

function productKey({ shop }: Ctx, { sortKey }: ListArgs) {
  const keys: Record<string, (product: ProductRecord) => string> = {
    TITLE: ({ title }) => title.toLowerCase(),
    VENDOR: ({ vendor }) => vendor.toLowerCase(),
    PRODUCT_TYPE: ({ productType }) => productType.toLowerCase(),
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    INVENTORY_TOTAL: (product) =>
      numberKey(variantsOf(shop, product).reduce((sum, variant) => sum + availableUnits(shop, variant), 0)),
  }
  return keys[sortKey]
}

function variantKey({ shop }: Ctx, { sortKey }: ListArgs) {
  const keys: Record<string, (variant: VariantRecord) => string> = {
    TITLE: ({ title }) => title.toLowerCase(),
    SKU: ({ sku }) => sku ?? '',
    POSITION: ({ position }) => numberKey(position),
    FULL_TITLE: ({ productId, title }) => `${shop.tables.products.get(productId)?.title ?? ''} ${title}`.toLowerCase(),
    INVENTORY_QUANTITY: (variant) => numberKey(availableUnits(shop, variant)),
  }
  return keys[sortKey]
}
