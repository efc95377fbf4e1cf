import { type GraphQLInputType, type GraphQLResolveInfo, getNullableType, isInputObjectType, isListType } from 'graphql'
import { refusal } from './refusal.ts'

/** What the emulator does not follow, by input object: refused loudly, because a wish that is dropped looks as if it had been met. */
const UNFOLLOWED: Record<string, string[]> = {
  OrderCreateOrderInput: ['companyLocationId', 'fulfillment', 'fulfillmentStatus', 'poNumber', 'taxLines', 'userId'],
  OrderCreateLineItemInput: ['fulfillmentService'],
  OrderCreateUpsertCustomerAttributesInput: ['addresses', 'taxExempt'],
  OrderInput: ['localizedFields', 'poNumber'],
  MetafieldInput: ['id'],
  DraftOrderInput: [
    'acceptAutomaticDiscounts',
    'billingAddress',
    'customAttributes',
    'deposit',
    'discountCodes',
    'localizedFields',
    'paymentTerms',
    'phone',
    'poNumber',
    'presentmentCurrencyCode',
    'reserveInventoryUntil',
    'taxExempt',
    'useCustomerDefaultAddress',
  ],
  DraftOrderLineItemInput: ['components', 'generatePriceOverride'],
  ReturnInput: ['requestedAt', 'returnShippingFee'],
  ReturnLineItemInput: ['restockingFee'],
  ExchangeLineItemInput: ['appliedDiscount', 'giftCardCodes'],
  ReturnProcessInput: ['refundDuties', 'tipLineId'],
  CustomerInput: ['addresses', 'metafields', 'taxExempt', 'taxExemptions'],
  GiftCardCreateInput: ['crossCurrencyRedemptionStrategy'],
}

export function refuseUnfollowed({ parentType, fieldName }: GraphQLResolveInfo, args: Record<string, unknown>) {
  for (const arg of parentType.getFields()[fieldName]?.args ?? []) look(arg.type, args[arg.name])
}

function look(given: GraphQLInputType, value: unknown) {
  const type = getNullableType(given)
  if (isListType(type) && Array.isArray(value)) for (const one of value) look(type.ofType, one)
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return
  const said = value as Record<string, unknown>
  const dropped = UNFOLLOWED[type.name]?.find((name) => asksFor(said[name]))
  if (dropped) throw refusal('EMULATOR_MISSING', `The emulator does not follow ${type.name}.${dropped}.`)
  for (const field of Object.values(type.getFields())) look(field.type, said[field.name])
}

const asksFor = (value: unknown) =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
