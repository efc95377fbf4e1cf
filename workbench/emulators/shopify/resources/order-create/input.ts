import type { Address } from '../../store/records/address.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import type { TransactionRecord } from '../../store/records/orders.ts'
import type { MetafieldInput } from '../metafields/with-owner.ts'

export interface MoneyInput {
  amount: string
  currencyCode: string
}

export interface BagInput {
  shopMoney: MoneyInput
  presentmentMoney?: MoneyInput | null
}

export interface LineInput {
  variantId?: Gid | null
  productId?: Gid | null
  title?: string | null
  variantTitle?: string | null
  sku?: string | null
  vendor?: string | null
  quantity: number
  priceSet?: BagInput | null
  requiresShipping: boolean
  taxable: boolean
  giftCard: boolean
  properties?: { name: string; value: string }[] | null
  taxLines?: { priceSet?: BagInput | null }[] | null
}

/** OrderCreateOrderInput, as far as the emulator follows it. */
export interface OrderInput {
  lineItems?: LineInput[] | null
  shippingLines?: { title: string; code?: string | null; priceSet: BagInput }[] | null
  customer?: {
    toAssociate?: { id?: Gid | null; email?: string | null } | null
    toUpsert?: UpsertInput | null
  } | null
  customerId?: Gid | null
  email?: string | null
  phone?: string | null
  shippingAddress?: Partial<Address> | null
  billingAddress?: Partial<Address> | null
  currency?: string | null
  presentmentCurrency?: string | null
  financialStatus?: string | null
  transactions?:
    | {
        amountSet: BagInput
        gateway?: string | null
        kind: TransactionRecord['kind']
        status: TransactionRecord['status']
        giftCardId?: Gid | null
      }[]
    | null
  discountCode?: {
    itemPercentageDiscountCode?: { code: string; percentage?: number | null } | null
    itemFixedDiscountCode?: { code: string; amountSet?: BagInput | null } | null
    freeShippingDiscountCode?: { code: string } | null
  } | null
  sourceIdentifier?: string | null
  sourceName?: string | null
  tags?: string[] | null
  note?: string | null
  name?: string | null
  customAttributes?: { key: string; value: string }[] | null
  metafields?: MetafieldInput[] | null
  processedAt?: Instant | null
  closedAt?: Instant | null
  taxesIncluded: boolean
  test: boolean
}

export interface UpsertInput {
  id?: Gid | null
  email?: string | null
  firstName?: string | null
  lastName?: string | null
  phone?: string | null
  note?: string | null
  tags?: string[] | null
}

export interface OptionsInput {
  inventoryBehaviour: 'BYPASS' | 'DECREMENT_OBEYING_POLICY' | 'DECREMENT_IGNORING_POLICY'
  sendReceipt: boolean
}
