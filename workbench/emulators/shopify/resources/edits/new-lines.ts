import { moneyIn } from '../../graphql/decimal.ts'
import type { Shop } from '../../shop.ts'
import type { EditRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { Bag } from '../../store/records/money.ts'
import type { LineRecord, OrderRecord } from '../../store/records/orders.ts'
import { taxWithin } from '../../world/purchase.ts'
import { bagFromShop, nothing, times } from '../bags.ts'

export interface CustomItem {
  title: string
  price: { amount: string }
  quantity: number
  requiresShipping?: boolean | null
  taxable?: boolean | null
}

/** A line for an order that takes one more variant; nothing when there is no such variant. */
export function addedVariant(
  shop: Shop,
  { orderId }: Pick<EditRecord, 'orderId'>,
  variantId: Gid,
  quantity: number,
): LineRecord | undefined {
  const variant = shop.tables.variants.get(variantId)
  const product = variant && shop.tables.products.get(variant.productId)
  const order = shop.tables.orders.get(orderId)
  if (!variant || !order) return undefined
  return {
    ...lineOf(shop, order, bagFromShop(order, variant.price.minor), quantity),
    title: product?.title ?? variant.title,
    variantTitle: variant.title === 'Default Title' ? null : variant.title,
    sku: variant.sku,
    vendor: product?.vendor ?? null,
    productId: variant.productId,
    variantId,
    taxable: variant.taxable,
    requiresShipping: variant.requiresShipping,
  }
}

export function addedCustomItem(shop: Shop, { orderId }: EditRecord, item: CustomItem): LineRecord {
  const order = shop.tables.orders.get(orderId) as OrderRecord
  const unitPrice = bagFromShop(order, moneyIn(item.price.amount, order.currency).minor)
  return {
    ...lineOf(shop, order, unitPrice, item.quantity),
    title: item.title,
    requiresShipping: item.requiresShipping ?? false,
    taxable: item.taxable ?? true,
  }
}

const lineOf = (shop: Shop, order: OrderRecord, unitPrice: Bag, quantity: number): LineRecord => ({
  id: shop.newGid('LineItem'),
  title: '',
  variantTitle: null,
  sku: null,
  vendor: null,
  productId: null,
  variantId: null,
  quantity,
  removed: 0,
  unitPrice,
  discount: nothing(order),
  tax: order.taxesIncluded ? taxWithin(times(unitPrice, quantity), 20) : nothing(order),
  taxable: true,
  requiresShipping: true,
  giftCard: false,
  customAttributes: [],
})
