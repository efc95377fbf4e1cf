import type { Shop } from '../../shop.ts'
import type { Bag } from '../../store/records/money.ts'
import type { DiscountRecord, LineRecord, ShippingLineRecord } from '../../store/records/orders.ts'
import { bagFromShop, type Currencies, least, nothing, shareOf, times, total } from '../bags.ts'
import type { LineInput, OrderInput } from './input.ts'
import { bagIn } from './money.ts'

/** Lines with their part of the order's discount. */
export function linesIn(shop: Shop, input: OrderInput, money: Currencies): LineRecord[] {
  const lines = (input.lineItems ?? []).map((line) => lineIn(shop, line, money))
  const prices = lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity))
  const all = total(money, prices)
  return lines.map((line, index) => ({ ...line, discount: discountOn(input, money, prices[index] ?? all, all) }))
}

export function discountsIn(input: OrderInput, money: Currencies, lines: LineRecord[]): DiscountRecord[] {
  const {
    itemPercentageDiscountCode: percent,
    itemFixedDiscountCode: fixed,
    freeShippingDiscountCode,
  } = input.discountCode ?? {}
  const discounted = total(
    money,
    lines.map(({ discount }) => discount),
  )
  if (percent)
    return [{ kind: 'code', name: percent.code, value: { percentage: percent.percentage ?? 0 }, total: discounted }]
  if (fixed) return [{ kind: 'code', name: fixed.code, value: { amount: discounted }, total: discounted }]
  if (freeShippingDiscountCode)
    return [{ kind: 'code', name: freeShippingDiscountCode.code, value: { percentage: 100 }, total: nothing(money) }]
  return []
}

export const shippingIn = (shop: Shop, input: OrderInput, money: Currencies): ShippingLineRecord[] =>
  (input.shippingLines ?? []).map(({ title, code, priceSet }) => {
    const price = bagIn(money, priceSet)
    const free = Boolean(input.discountCode?.freeShippingDiscountCode)
    return {
      id: shop.newGid('ShippingLine'),
      title,
      code: code ?? null,
      price,
      discounted: free ? nothing(money) : price,
      tax: nothing(money),
    }
  })

function lineIn(shop: Shop, line: LineInput, money: Currencies): LineRecord {
  const variant = line.variantId ? shop.tables.variants.get(line.variantId) : undefined
  const product = shop.tables.products.get(variant?.productId ?? line.productId ?? '')
  const variantTitle = variant && variant.title !== 'Default Title' ? variant.title : null
  return {
    id: shop.newGid('LineItem'),
    title: line.title ?? product?.title ?? '',
    variantTitle: line.variantTitle ?? variantTitle,
    sku: line.sku ?? variant?.sku ?? null,
    vendor: line.vendor ?? product?.vendor ?? null,
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
    quantity: line.quantity,
    removed: 0,
    unitPrice: line.priceSet ? bagIn(money, line.priceSet) : bagFromShop(money, variant?.price.minor ?? 0),
    discount: nothing(money),
    tax: total(
      money,
      (line.taxLines ?? []).flatMap(({ priceSet }) => (priceSet ? [bagIn(money, priceSet)] : [])),
    ),
    taxable: line.taxable,
    requiresShipping: line.requiresShipping,
    giftCard: line.giftCard,
    customAttributes: (line.properties ?? []).map(({ name, value }) => ({ key: name, value })),
  }
}

function discountOn({ discountCode }: OrderInput, money: Currencies, price: Bag, all: Bag): Bag {
  const { itemPercentageDiscountCode: percent, itemFixedDiscountCode: fixed } = discountCode ?? {}
  if (percent) return shareOf(price, Math.round((percent.percentage ?? 0) * 100), 10_000)
  if (!fixed?.amountSet) return nothing(money)
  return shareOf(least(bagIn(money, fixed.amountSet), all), price.presentment.minor, all.presentment.minor)
}
