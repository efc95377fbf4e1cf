import { gidOf, legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { EditRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { LineRecord, OrderRecord } from '../../store/records/orders.ts'
import { shareOf, times } from '../bags.ts'
import { outstanding } from '../orders/payments.ts'
import { currentQuantity, unfulfilledQuantity } from '../orders/quantities.ts'
import { currentSubtotal, currentTotal, lineNet } from '../orders/totals.ts'
import { type Whole, wholeOf } from '../orders/whole.ts'
import { applied } from './applying.ts'

interface CalculatedSource {
  id: Gid
  edit: EditRecord
  before: Whole
  after: Whole
}

export interface CalculatedLineSource {
  id: Gid
  line: LineRecord
  calculated: CalculatedSource
}

export function calculatedOrder({ shop }: Ctx, edit: EditRecord): CalculatedSource {
  const before = wholeOf(shop, shop.tables.orders.get(edit.orderId) as OrderRecord)
  return { id: edit.id, edit, before, after: applied(before, edit) }
}

export const calculatedLine = (calculated: CalculatedSource, line: LineRecord): CalculatedLineSource => ({
  id: gidOf('CalculatedLineItem', legacyId(line.id)),
  line,
  calculated,
})

const linesOf = (calculated: CalculatedSource, lines: LineRecord[]) =>
  lines.map((line) => calculatedLine(calculated, line))

const unitsNow = ({ line, calculated }: CalculatedLineSource): number => currentQuantity(calculated.after, line)

export const calculatedResource: Resource = {
  types: {
    CalculatedOrder: {
      lineItems: (source: CalculatedSource, args: PageArgs) =>
        connectionOf(linesOf(source, source.after.order.lines), args),
      addedLineItems: (source: CalculatedSource, args: PageArgs) =>
        connectionOf(
          linesOf(
            source,
            source.edit.added.map(({ record }) => record),
          ),
          args,
        ),
      originalOrder: ({ before }: CalculatedSource) => before.order,
      totalOutstandingSet: ({ after }: CalculatedSource) => outstanding(after),
      totalPriceSet: ({ after }: CalculatedSource) => currentTotal(after),
      subtotalPriceSet: ({ after }: CalculatedSource) => currentSubtotal(after),
      subtotalLineItemsQuantity: ({ after }: CalculatedSource) =>
        after.order.lines.reduce((units, line) => units + currentQuantity(after, line), 0),
      notificationPreviewTitle: ({ before }: CalculatedSource) => `Your order ${before.order.name} was updated`,
      notificationPreviewHtml: () => null,
    },
    CalculatedLineItem: {
      title: ({ line }: CalculatedLineSource) => line.title,
      variantTitle: ({ line }: CalculatedLineSource) => line.variantTitle,
      sku: ({ line }: CalculatedLineSource) => line.sku,
      quantity: unitsNow,
      editableQuantity: ({ line, calculated }: CalculatedLineSource) => unfulfilledQuantity(calculated.after, line),
      editableQuantityBeforeChanges: ({ line, calculated }: CalculatedLineSource) =>
        unfulfilledQuantity(calculated.before, calculated.before.order.lines.find(({ id }) => id === line.id) ?? line),
      restockable: ({ line }: CalculatedLineSource) => line.variantId !== null,
      restocking: ({ line, calculated }: CalculatedLineSource) => calculated.edit.quantities[line.id]?.restock ?? false,
      hasStagedLineItemDiscount: () => false,
      originalUnitPriceSet: ({ line }: CalculatedLineSource) => line.unitPrice,
      discountedUnitPriceSet: ({ line }: CalculatedLineSource) => shareOf(lineNet(line), 1, line.quantity),
      editableSubtotalSet: ({ line, calculated }: CalculatedLineSource) =>
        times(line.unitPrice, unfulfilledQuantity(calculated.after, line)),
      variant: ({ line }: CalculatedLineSource, _args: unknown, { shop }) =>
        line.variantId && (shop.tables.variants.get(line.variantId) ?? null),
      customAttributes: ({ line }: CalculatedLineSource) => line.customAttributes,
      image: () => null,
    },
  },
}
