import { gidOf } from '../../graphql/gid.ts'
import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx } from '../../graphql/resource.ts'
import { isEmail } from '../customers/email.ts'
import { metafieldError } from '../metafields/with-owner.ts'
import { availableUnits } from '../stock.ts'
import type { OptionsInput, OrderInput } from './input.ts'

/** Why an order cannot be made. Codes: OrderCreateUserErrorCode. */
export function cannotCreate(ctx: Ctx, input: OrderInput, options: OptionsInput): UserError | undefined {
  return (
    lineErrors(ctx, input) ??
    currencyErrors(ctx, input) ??
    customerErrors(ctx, input) ??
    headErrors(ctx, input) ??
    metafieldErrors(ctx, input) ??
    stockErrors(ctx, input, options)
  )
}

function lineErrors({ shop }: Ctx, { lineItems, discountCode }: OrderInput): UserError | undefined {
  if (!lineItems?.length) return invalid(['lineItems'], 'Line items must have at least one line item')
  for (const [index, line] of lineItems.entries()) {
    const at = (name: string) => ['lineItems', String(index), name]
    if (line.variantId && !shop.tables.variants.get(line.variantId))
      return invalid(at('variantId'), 'Variant does not exist')
    if (line.quantity < 1) return invalid(at('quantity'), 'Quantity must be greater than 0')
    if (!line.variantId && !line.title) return invalid(at('title'), "Title can't be blank")
    if (!line.variantId && !line.priceSet) return invalid(at('priceSet'), "Price can't be blank")
    if (Number(line.priceSet?.shopMoney.amount ?? 0) < 0) return invalid(at('priceSet'), 'Price must be at least 0')
  }
  const percentage = discountCode?.itemPercentageDiscountCode?.percentage ?? 0
  if (percentage < 0 || percentage > 100)
    return invalid(['discountCode', 'itemPercentageDiscountCode', 'percentage'], 'Percentage must be between 0 and 100')
  return undefined
}

/** Every price says its amount in the shop's own money. */
function currencyErrors({ shop }: Ctx, { lineItems, shippingLines, transactions }: OrderInput): UserError | undefined {
  const bags = [
    ...(lineItems ?? []).map(({ priceSet }) => ['lineItems', priceSet] as const),
    ...(shippingLines ?? []).map(({ priceSet }) => ['shippingLines', priceSet] as const),
    ...(transactions ?? []).map(({ amountSet }) => ['transactions', amountSet] as const),
  ]
  const foreign = bags.find(([, bag]) => bag && bag.shopMoney.currencyCode !== shop.seed.currency)
  return foreign && invalid([foreign[0]], `Shop money must be in the shop's currency ${shop.seed.currency}`)
}

function metafieldErrors(ctx: Ctx, { metafields }: OrderInput): UserError | undefined {
  const objection = metafieldError(ctx, NOT_MADE_YET, metafields)
  return objection && invalid(objection.field, objection.message)
}

const NOT_MADE_YET = gidOf('Order', 0)

function customerErrors({ shop }: Ctx, { customer, customerId }: OrderInput): UserError | undefined {
  if (customer && customerId)
    return error(['customerId'], 'Use either customer or customerId, not both', 'REDUNDANT_CUSTOMER_FIELDS')
  const id = customerId ?? customer?.toAssociate?.id
  return id && !shop.tables.customers.get(id)
    ? invalid(['customer', 'toAssociate', 'id'], 'Customer does not exist')
    : undefined
}

function headErrors({ shop }: Ctx, input: OrderInput): UserError | undefined {
  if (input.currency && input.currency !== shop.seed.currency)
    return invalid(['currency'], `Currency must be the shop's own, ${shop.seed.currency}`)
  if (input.processedAt && input.processedAt > shop.at())
    return error(['processedAt'], 'Processed at must not be in the future', 'PROCESSED_AT_INVALID')
  if (input.email && !isEmail(input.email)) return invalid(['email'], 'Email is invalid')
  if (tooManyOrders(shop)) return invalid(null, 'Too many attempts. Please try again later.')
  return (input.tags ?? []).some((tag) => tag.length > 40)
    ? invalid(['tags'], 'Tags are too long (maximum is 40 characters)')
    : undefined
}

/** Development shops take five orders a minute. */
function tooManyOrders(shop: Ctx['shop']): boolean {
  if (shop.seed.plan !== 'development') return false
  const since = new Date(shop.now().getTime() - 60_000).toISOString()
  const recent = [...shop.tables.effects.by('kind', 'order.made')].filter(({ at, by }) => by !== null && at > since)
  return recent.length >= 5
}

function stockErrors(
  { shop }: Ctx,
  { lineItems }: OrderInput,
  { inventoryBehaviour }: OptionsInput,
): UserError | undefined {
  if (inventoryBehaviour !== 'DECREMENT_OBEYING_POLICY') return undefined
  const wanted = new Map<string, number>()
  for (const { variantId, quantity } of lineItems ?? [])
    if (variantId) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity)
  for (const [variantId, units] of wanted) {
    const available = availableUnits(shop, variantId)
    const sellsOn = shop.tables.variants.get(variantId)?.inventoryPolicy === 'CONTINUE'
    if (available !== undefined && available < units && !sellsOn)
      return error(['lineItems'], 'Unable to reserve inventory', 'INVENTORY_CLAIM_FAILED')
  }
  return undefined
}

const error = (field: string[] | null, message: string, code: string): UserError =>
  userError(field && ['order', ...field], message, code)

const invalid = (field: string[] | null, message: string): UserError => error(field, message, 'INVALID')
