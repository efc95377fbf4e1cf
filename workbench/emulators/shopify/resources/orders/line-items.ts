import { gidOf, legacyId } from '../../graphql/gid.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Bag } from '../../store/records/money.ts'
import { minus, nothing, shareOf } from '../bags.ts'
import { allocationsOf } from './discounts.ts'
import { currentQuantity, unfulfilledQuantity } from './quantities.ts'
import { taxLinesOf } from './tax-lines.ts'
import { lineNet, lineOriginal } from './totals.ts'
import type { LineSource } from './whole.ts'

export const lineItemsResource: Resource = {
  types: {
    LineItem: {
      name: ({ title, variantTitle }: LineSource) => (variantTitle ? `${title} - ${variantTitle}` : title),
      currentQuantity: quantity,
      refundableQuantity: quantity,
      unfulfilledQuantity: (line: LineSource) => unfulfilledQuantity(line.whole, line),
      nonFulfillableQuantity: (line: LineSource) =>
        line.requiresShipping ? line.quantity - quantity(line) : line.quantity,
      restockable: (line: LineSource) => line.variantId !== null && quantity(line) > 0,
      merchantEditable: (line: LineSource) => unfulfilledQuantity(line.whole, line) > 0,
      isGiftCard: ({ giftCard }: LineSource) => giftCard,
      originalUnitPriceSet: ({ unitPrice }: LineSource) => unitPrice,
      originalTotalSet: lineOriginal,
      totalDiscountSet: ({ discount }: LineSource) => discount,
      discountedTotalSet: lineNet,
      discountedUnitPriceSet: unitNet,
      discountedUnitPriceAfterAllDiscountsSet: unitNet,
      priceAfterAllDiscountsBeforeTaxesSet: (line: LineSource) =>
        line.whole.order.taxesIncluded ? minus(lineNet(line), line.tax) : lineNet(line),
      unfulfilledOriginalTotalSet: (line: LineSource) => unfulfilled(line, lineOriginal(line)),
      unfulfilledDiscountedTotalSet: (line: LineSource) => unfulfilled(line, lineNet(line)),
      discountAllocations: (line: LineSource) => allocationsOf(line.whole.order, line.discount),
      taxLines: (line: LineSource) => taxLinesOf(line.whole.order, line.tax, lineNet(line)),
      variant: ({ variantId }: LineSource, _args: unknown, { shop }) =>
        variantId && (shop.tables.variants.get(variantId) ?? null),
      product: ({ productId }: LineSource, _args: unknown, { shop }) =>
        productId && (shop.tables.products.get(productId) ?? null),
      image: (line: LineSource, _args: unknown, { shop }) => {
        const variant = line.variantId ? shop.tables.variants.get(line.variantId) : undefined
        const product = line.productId ? shop.tables.products.get(line.productId) : undefined
        const url = variant?.imageUrl ?? product?.imageUrl
        return url ? { id: gidOf('ProductImage', legacyId(line.productId ?? line.id)), url, altText: line.title } : null
      },
      duties: () => [],
      contract: () => null,
      sellingPlan: () => null,
      lineItemGroup: () => null,
      staffMember: () => null,
    },
  },
}

function quantity(line: LineSource): number {
  return currentQuantity(line.whole, line)
}

function unitNet(line: LineSource): Bag {
  return shareOf(lineNet(line), 1, line.quantity)
}

const unfulfilled = (line: LineSource, sum: Bag): Bag =>
  line.quantity === 0 ? nothing(line.whole.order) : shareOf(sum, unfulfilledQuantity(line.whole, line), line.quantity)
