import type { Shop } from '../../shop.ts'
import type { ProductRecord } from '../../store/records/goods.ts'
import { from, type Payload } from './payload.ts'
import { amount, localTime, numberOf } from './wire.ts'

export const productPayloads = {
  PRODUCTS_UPDATE: from<ProductRecord>(productPayload),
}

function productPayload(shop: Shop, product: ProductRecord): Payload {
  return {
    id: numberOf(product.id),
    admin_graphql_api_id: product.id,
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    product_type: product.productType,
    status: product.status.toLowerCase(),
    tags: product.tags.join(', '),
    body_html: product.descriptionHtml,
    created_at: localTime(shop, product.createdAt),
    updated_at: localTime(shop, product.updatedAt),
    variants: shop.tables.variants.by('productId', product.id).map((variant) => ({
      id: numberOf(variant.id),
      admin_graphql_api_id: variant.id,
      product_id: numberOf(product.id),
      title: variant.title,
      sku: variant.sku,
      price: amount(variant.price),
      position: variant.position,
      inventory_item_id: numberOf(variant.inventoryItemId),
    })),
  }
}
