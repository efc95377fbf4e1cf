import type { LineRecord, RefundRecord } from '../../store/records/orders.ts'
import type { Whole } from './whole.ts'

type RestockType = RefundRecord['lines'][number]['restockType']

/** Units that refunds or edits took out of the line. */
export const takenOut = (whole: Whole, line: LineRecord) => line.removed + refundedUnits(whole, line)

/** Of a line, or of its refunds of one kind. */
export const refundedUnits = (whole: Whole, line: LineRecord, kind?: RestockType) =>
  whole.refunds
    .flatMap(({ lines }) => lines)
    .filter(({ lineId, restockType }) => lineId === line.id && (!kind || kind === restockType))
    .reduce((units, { quantity }) => units + quantity, 0)

/** Also what can still be refunded: a unit goes once, sent or not. */
export const currentQuantity = (whole: Whole, line: LineRecord) => line.quantity - takenOut(whole, line)

/** Units still to be sent. A refund takes away from them only where it cancels. */
export const unfulfilledQuantity = (whole: Whole, line: LineRecord) =>
  whole.order.cancelledAt
    ? 0
    : Math.max(0, line.quantity - line.removed - refundedUnits(whole, line, 'CANCEL') - fulfilledUnits(whole, line))

export const fulfilledUnits = (whole: Whole, line: LineRecord) =>
  whole.fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ lines }) => lines)
    .reduce((units, part) => (part.lineId === line.id ? units + part.quantity : units), 0)
