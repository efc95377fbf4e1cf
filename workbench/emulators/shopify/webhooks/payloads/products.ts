import type { Shop } from '../../shop.ts'
import type { LevelRecord, ProductRecord } from '../../store/records/goods.ts'
import { from, type Payload, same } from './payload.ts'
import { amount, localTime, numberOf } from './wire.ts'

export const productPayloads = {
  ...same(['PRODUCTS_CREATE', 'PRODUCTS_UPDATE'], from<ProductRecord>(productPayload)),
  PRODUCTS_DELETE: from<ProductRecord>((_, { id }) => ({ id: numberOf(id) })),
  INVENTORY_LEVELS_UPDATE: from<LevelRecord>(levelPayload),
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

function levelPayload(shop: Shop, level: LevelRecord): Payload {
  return {
    inventory_item_id: numberOf(level.inventoryItemId),
    location_id: numberOf(level.locationId),
    available: level.available,
    updated_at: localTime(shop, level.updatedAt),
    admin_graphql_api_id: level.id,
  }
}
