import type { EditRecord } from '../../store/records/drafts.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { nothing, plus, shareOf } from '../bags.ts'
import { currentQuantity } from '../orders/quantities.ts'
import type { Whole } from '../orders/whole.ts'

/** The order as it will stand once the edit is committed. */
export const applied = (whole: Whole, edit: EditRecord): Whole => ({
  ...whole,
  order: {
    ...whole.order,
    lines: [...whole.order.lines.map((line) => edited(whole, line, edit)), ...edit.added.map((line) => line.record)],
  },
})

/** The units that stay of a line after the edit. */
export const unitsAfter = (whole: Whole, line: LineRecord, { quantities }: EditRecord): number =>
  quantities[line.id]?.quantity ?? currentQuantity(whole, line)

function edited(whole: Whole, line: LineRecord, edit: EditRecord): LineRecord {
  const change = unitsAfter(whole, line, edit) - currentQuantity(whole, line)
  if (change <= 0) return { ...line, removed: line.removed - change }
  const more = line.quantity === 0 ? nothing(whole.order) : shareOf(line.tax, change, line.quantity)
  return { ...line, quantity: line.quantity + change, tax: plus(line.tax, more) }
}
