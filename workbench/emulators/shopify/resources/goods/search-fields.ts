import { toDecimal } from '../../../../../shared/money.ts'
import { date, id, number, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import type { Shop } from '../../shop.ts'
import type { ProductRecord, VariantRecord } from '../../store/records/goods.ts'
import { availableUnits, variantsOf } from './stock.ts'

/** https://shopify.dev/docs/api/admin-graphql/latest/queries/products */
export const productFields = (shop: Shop): SearchFields<ProductRecord> => ({
  default: text((p) => [p.title, p.vendor, p.productType, ...p.tags, ...variantsOf(shop, p).map(({ sku }) => sku)]),
  id: id((p) => p.id),
  title: text((p) => p.title),
  handle: word((p) => p.handle),
  vendor: word((p) => p.vendor),
  product_type: word((p) => p.productType),
  status: word((p) => p.status),
  tag: word((p) => p.tags),
  sku: word((p) => variantsOf(shop, p).map(({ sku }) => sku)),
  barcode: word((p) => variantsOf(shop, p).map(({ barcode }) => barcode)),
  price: number((p) => variantsOf(shop, p).map(({ price }) => toDecimal(price))),
  inventory_total: number((p) => variantsOf(shop, p).reduce((sum, variant) => sum + availableUnits(shop, variant), 0)),
  created_at: date((p) => p.createdAt),
  updated_at: date((p) => p.updatedAt),
})

/** https://shopify.dev/docs/api/admin-graphql/latest/queries/productVariants */
export const variantFields = (shop: Shop): SearchFields<VariantRecord> => {
  const product = ({ productId }: VariantRecord) => shop.tables.products.get(productId)
  return {
    default: text((v) => [product(v)?.title ?? null, v.title, v.sku, v.barcode]),
    id: id((v) => v.id),
    title: text((v) => v.title),
    sku: word((v) => v.sku),
    barcode: word((v) => v.barcode),
    product_id: id((v) => v.productId),
    product_status: word((v) => product(v)?.status ?? null),
    vendor: word((v) => product(v)?.vendor ?? null),
    product_type: word((v) => product(v)?.productType ?? null),
    tag: word((v) => product(v)?.tags ?? null),
    inventory_quantity: number((v) => availableUnits(shop, v)),
    updated_at: date((v) => v.updatedAt),
  }
}
