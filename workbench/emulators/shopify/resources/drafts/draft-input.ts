import { moneyIn } from '../../graphql/decimal.ts'
import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Shop } from '../../shop.ts'
import type { Address } from '../../store/records/address.ts'
import type { DraftRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { Bag } from '../../store/records/money.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { taxWithin } from '../../world/purchase.ts'
import { bagFromShop, type Currencies, least, minus, nothing, plus, shareOf, times, total } from '../bags.ts'
import type { MetafieldInput } from '../metafields/with-owner.ts'
import type { MoneyInput } from '../order-create/input.ts'

export interface DiscountInput {
  title?: string | null
  description?: string | null
  value: number
  valueType: 'PERCENTAGE' | 'FIXED_AMOUNT'
}

export interface DraftLineInput {
  variantId?: Gid | null
  title?: string | null
  sku?: string | null
  quantity: number
  originalUnitPriceWithCurrency?: MoneyInput | null
  originalUnitPrice?: string | null
  priceOverride?: MoneyInput | null
  appliedDiscount?: DiscountInput | null
  requiresShipping?: boolean | null
  taxable?: boolean | null
  customAttributes?: { key: string; value: string }[] | null
}

export interface DraftInput {
  lineItems?: DraftLineInput[] | null
  purchasingEntity?: { customerId?: Gid | null } | null
  customerId?: Gid | null
  email?: string | null
  note?: string | null
  tags?: string[] | null
  appliedDiscount?: DiscountInput | null
  shippingLine?: { title?: string | null; priceWithCurrency?: MoneyInput | null; price?: string | null } | null
  shippingAddress?: Partial<Address> | null
  metafields?: MetafieldInput[] | null
}

/** Why a draft cannot be made; the texts are the emulator's own. */
export function cannotDraft(shop: Shop, input: DraftInput): UserError | undefined {
  const { lineItems, tags = [] } = input
  if (!lineItems?.length) return userError(null, 'Add at least 1 product')
  if (lineItems.length > 499) return userError('lineItems', 'A draft order can have at most 499 line items')
  for (const [index, line] of lineItems.entries()) {
    const at = (name: string) => ['lineItems', String(index), name]
    if (line.variantId && !shop.tables.variants.get(line.variantId))
      return userError(at('variantId'), 'Product with ID does not exist')
    if (!line.variantId && !line.title) return userError(at('title'), "Line items title can't be blank")
    if (line.quantity < 1) return userError(at('quantity'), 'Quantity must be greater than or equal to 1')
    const discount = line.appliedDiscount && badDiscount(line.appliedDiscount, at('appliedDiscount'))
    if (discount) return discount
  }
  const foreign = moneyOf(input).find(({ currencyCode }) => currencyCode !== shop.seed.currency)
  if (foreign) return userError('lineItems', `Prices must be in the shop's currency ${shop.seed.currency}`)
  if ((tags ?? []).length > 250) return userError('tags', 'A draft order can have at most 250 tags')
  if ((tags ?? []).some((tag) => tag.length > 40))
    return userError('tags', 'Tags are too long (maximum is 40 characters)')
  const customerId = input.purchasingEntity?.customerId ?? input.customerId
  if (customerId && !shop.tables.customers.get(customerId)) return userError('customerId', 'Customer does not exist')
  return (input.appliedDiscount && badDiscount(input.appliedDiscount, ['appliedDiscount'])) ?? undefined
}

const moneyOf = ({ lineItems, shippingLine }: DraftInput): MoneyInput[] =>
  [
    ...(lineItems ?? []).flatMap((line) => [line.originalUnitPriceWithCurrency, line.priceOverride]),
    shippingLine?.priceWithCurrency,
  ].flatMap((money) => money ?? [])

function badDiscount({ value, valueType }: DiscountInput, at: string[]): UserError | undefined {
  if (value < 0) return userError([...at, 'value'], 'Applied discount value must be greater than or equal to 0')
  if (valueType === 'PERCENTAGE' && value > 100)
    return userError([...at, 'value'], 'Applied discount value must be less than or equal to 100')
  return Math.round(value * 100) === value * 100 || Math.abs(Math.round(value * 100) - value * 100) < 1e-6
    ? undefined
    : userError([...at, 'value'], 'Applied discount value can have at most 2 decimal places')
}

/** Lines with their own discount and their part of the whole draft's. */
export function draftLines(shop: Shop, { lineItems, appliedDiscount }: DraftInput, money: Currencies): LineRecord[] {
  const lines = (lineItems ?? []).map((line) => draftLine(shop, line, money))
  const prices = lines.map((line) => minus(times(line.unitPrice, line.quantity), line.discount))
  const all = total(money, prices)
  const off = discountOn(appliedDiscount, all, money)
  return lines.map((line, index) => {
    const price = prices[index] ?? nothing(money)
    const part = shareOf(off, price.presentment.minor, all.presentment.minor)
    return { ...line, discount: plus(line.discount, part), tax: taxWithin(minus(price, part), 20) }
  })
}

export const discountIn = (input: DiscountInput | null | undefined): DraftRecord['discount'] =>
  input
    ? { title: input.title ?? null, description: input.description ?? null, value: input.value, kind: input.valueType }
    : null

export function shippingIn({ shippingLine }: DraftInput, money: Currencies): DraftRecord['shippingLine'] {
  if (!shippingLine) return null
  const price = shippingLine.priceWithCurrency?.amount ?? shippingLine.price ?? '0'
  return { title: shippingLine.title ?? 'Custom', price: bagFromShop(money, moneyIn(price, money.currency).minor) }
}

function draftLine(shop: Shop, line: DraftLineInput, money: Currencies): LineRecord {
  const variant = line.variantId ? shop.tables.variants.get(line.variantId) : undefined
  const product = variant && shop.tables.products.get(variant.productId)
  const stated =
    line.priceOverride?.amount ??
    (variant ? null : (line.originalUnitPriceWithCurrency?.amount ?? line.originalUnitPrice))
  const unitPrice = bagFromShop(money, stated ? moneyIn(stated, money.currency).minor : (variant?.price.minor ?? 0))
  return {
    id: shop.newGid('DraftOrderLineItem'),
    title: product?.title ?? line.title ?? '',
    variantTitle: variant && variant.title !== 'Default Title' ? variant.title : null,
    sku: variant?.sku ?? line.sku ?? null,
    vendor: product?.vendor ?? null,
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
    quantity: line.quantity,
    removed: 0,
    unitPrice,
    discount: discountOn(line.appliedDiscount, times(unitPrice, line.quantity), money),
    tax: nothing(money),
    taxable: line.taxable ?? variant?.taxable ?? true,
    requiresShipping: variant?.requiresShipping ?? line.requiresShipping ?? true,
    giftCard: false,
    customAttributes: line.customAttributes ?? [],
  }
}

function discountOn(discount: DiscountInput | null | undefined, price: Bag, money: Currencies): Bag {
  if (!discount) return nothing(money)
  if (discount.valueType === 'PERCENTAGE') return shareOf(price, Math.round(discount.value * 100), 10_000)
  return least(bagFromShop(money, moneyIn(String(discount.value), money.currency).minor), price)
}
