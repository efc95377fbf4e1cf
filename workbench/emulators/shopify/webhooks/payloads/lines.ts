import { currentQuantity, fulfilledUnits, unfulfilledQuantity } from '../../resources/orders/quantities.ts'
import type { Whole } from '../../resources/orders/whole.ts'
import type { LineRecord, ShippingLineRecord } from '../../store/records/orders.ts'
import type { Payload } from './payload.ts'
import { amount, bagSet, numberOf } from './wire.ts'

export const linePayload = (whole: Whole, line: LineRecord): Payload => ({
  id: numberOf(line.id),
  admin_graphql_api_id: line.id,
  name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
  title: line.title,
  variant_title: line.variantTitle,
  sku: line.sku,
  vendor: line.vendor,
  product_id: numberOf(line.productId),
  variant_id: numberOf(line.variantId),
  product_exists: line.productId !== null,
  quantity: line.quantity,
  current_quantity: currentQuantity(whole, line),
  fulfillable_quantity: unfulfilledQuantity(whole, line),
  fulfillment_service: 'manual',
  fulfillment_status: fulfilledWord(whole, line),
  gift_card: line.giftCard,
  requires_shipping: line.requiresShipping,
  taxable: line.taxable,
  price: amount(line.unitPrice.shop),
  price_set: bagSet(line.unitPrice),
  total_discount: amount(line.discount.shop),
  total_discount_set: bagSet(line.discount),
  properties: propertiesOf(line.customAttributes),
  grams: 0,
})

export const shippingLinePayload = (line: ShippingLineRecord): Payload => ({
  id: numberOf(line.id),
  title: line.title,
  code: line.code,
  price: amount(line.price.shop),
  price_set: bagSet(line.price),
  discounted_price: amount(line.discounted.shop),
  discounted_price_set: bagSet(line.discounted),
  source: 'shopify',
})

export const propertiesOf = (attributes: { key: string; value: string | null }[]) =>
  attributes.map(({ key, value }) => ({ name: key, value }))

function fulfilledWord(whole: Whole, line: LineRecord) {
  const sent = fulfilledUnits(whole, line)
  if (sent === 0) return null
  return unfulfilledQuantity(whole, line) > 0 ? 'partial' : 'fulfilled'
}
