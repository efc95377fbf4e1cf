import type { Ctx } from '../../graphql/resource.ts'
import { type Change, drop, put } from '../../store/entries.ts'
import type { EditRecord } from '../../store/records/drafts.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { noticeOf } from '../notices.ts'
import { carryOut, changing } from '../orders/changing.ts'
import { currentQuantity } from '../orders/quantities.ts'
import type { Whole } from '../orders/whole.ts'
import { listing } from '../shipping/listing.ts'
import { withdrawing } from '../shipping/withdrawing.ts'
import { mainLocation, type StockMove, stockChanges } from '../stock.ts'
import { unitsAfter } from './applying.ts'
import { calculatedOrder } from './calculated.ts'

export interface CommitArgs {
  notifyCustomer?: boolean | null
  staffNote?: string | null
}

/** Writes the edit into the order. No money moves: what is owed either way shows in totalOutstandingSet. */
export function commit(ctx: Ctx, edit: EditRecord, { notifyCustomer }: CommitArgs) {
  const { shop, app } = ctx
  const { before, after } = calculatedOrder(ctx, edit)
  const { order, changes, notices } = changing(shop, before.order, { lines: after.order.lines, edited: true })
  const differences = differencesOf(before, edit)
  const told = Boolean(notifyCustomer && order.email)
  carryOut(shop, {
    changes: [
      ...changes,
      drop('edits', edit.id),
      ...movements(ctx, before, differences),
      shop.effect('order.edited', { subjectId: order.id, by: app.clientId, words: `Order ${order.name} was edited` }),
      ...(told ? noticeOf(shop, 'order-edited', order.email, { subjectId: order.id, by: app.clientId }) : []),
    ],
    notices: [{ topic: 'ORDERS_EDITED', record: order }, ...notices],
  })
  return { order, successMessages: ['Order updated', ...(told ? ['Notification sent'] : [])], userErrors: [] }
}

interface Difference {
  line: LineRecord
  /** Units more, or fewer when below nothing. */
  units: number
  restock: boolean
}

const differencesOf = (before: Whole, edit: EditRecord): Difference[] => [
  ...before.order.lines.map((line) => ({
    line,
    units: unitsAfter(before, line, edit) - currentQuantity(before, line),
    restock: edit.quantities[line.id]?.restock ?? false,
  })),
  ...edit.added.map(({ record }) => ({ line: record, units: record.quantity, restock: false })),
]

function movements({ shop }: Ctx, before: Whole, differences: Difference[]): Change[] {
  const fewer = differences.filter(({ units }) => units < 0)
  const more = differences.filter(({ units, line }) => units > 0 && line.requiresShipping)
  const list = listing(shop, before.order, more)
  return [
    ...withdrawing(
      shop,
      before,
      fewer.map(({ line, units }) => ({ lineId: line.id, units: -units })),
    ),
    ...(list ? [put('fulfillmentOrders', list)] : []),
    ...stockChanges(
      shop,
      differences.map((one) => moveOf(one, mainLocation(shop))),
    ),
  ]
}

const moveOf = ({ line, units, restock }: Difference, locationId: string): StockMove => ({
  variantId: line.variantId,
  locationId,
  units: Math.abs(units),
  how: units > 0 ? 'commit' : restock ? 'release' : 'ship',
})
