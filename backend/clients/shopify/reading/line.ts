import { z } from 'zod'
import type { ShopLine } from '../shop-order.ts'
import { Both, Gid, RoundedBoth, RoundedMoney, roundedMoney } from './values.ts'

const Variant = z.object({
  id: Gid,
  price: z.string(),
  inventoryItem: z.object({ unitCost: RoundedMoney.nullable() }),
})

export const Line = z
  .object({
    id: Gid,
    title: z.string(),
    variantTitle: z.string().nullable(),
    sku: z.string().nullable(),
    quantity: z.int(),
    currentQuantity: z.int(),
    unfulfilledQuantity: z.int(),
    refundableQuantity: z.int(),
    isGiftCard: z.boolean(),
    originalUnitPriceSet: Both,
    discountedUnitPriceAfterAllDiscountsSet: RoundedBoth,
    image: z.object({ url: z.string() }).nullable(),
    variant: Variant.nullable(),
  })
  .transform(
    ({ variant, ...line }): ShopLine => ({
      id: line.id,
      title: line.title,
      variant: line.variantTitle,
      sku: line.sku,
      quantity: line.quantity,
      currentQuantity: line.currentQuantity,
      unfulfilled: line.unfulfilledQuantity,
      refundable: line.refundableQuantity,
      unitPrice: line.originalUnitPriceSet,
      discountedUnitPrice: line.discountedUnitPriceAfterAllDiscountsSet,
      image: line.image?.url ?? null,
      variantId: variant?.id ?? null,
      unitCost: variant?.inventoryItem.unitCost ?? null,
      retail: variant && roundedMoney(variant.price, line.originalUnitPriceSet.shop.currency),
      isGiftCard: line.isGiftCard,
    }),
  )
