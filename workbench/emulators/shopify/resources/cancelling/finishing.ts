import type { Shop } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { JobRecord } from '../../store/records/drafts.ts'
import type { OrderRecord } from '../../store/records/orders.ts'
import { nothing } from '../bags.ts'
import { noticeOf } from '../notices.ts'
import { type Act, carryOut, changing, currentWhole } from '../orders/changing.ts'
import { received, refundableMoney, refundableOf, successful } from '../orders/payments.ts'
import { currentQuantity, unfulfilledQuantity } from '../orders/quantities.ts'
import type { Whole } from '../orders/whole.ts'
import type { PaymentBack } from '../payments/refund-payments.ts'
import { shippingLeft } from '../payments/refund-worth.ts'
import { type Refunding, refunding } from '../payments/refunding.ts'
import { voiding } from '../payments/voiding.ts'
import { withdrawing } from '../shipping/withdrawing.ts'
import { mainLocation, stockChanges } from '../stock.ts'
import { type Cancelling, cannotCancel } from './refusing.ts'

/** The job's own part: by now the order may have been sent, and then the job fails. */
export function finishCancellation(shop: Shop, job: JobRecord): void {
  const whole = currentWhole(shop, job.subjectId ?? '')
  const { by, ...wish } = job.input as unknown as Cancelling & { by: string | null }
  const refusal = cannotCancel(whole)
  if (refusal) {
    const { field, message } = refusal
    const errors = [{ code: refusal.code ?? 'INVALID', field: field ?? [], message }]
    shop.commit([put('jobs', { ...job, status: 'FAILED', errors })])
    return
  }
  carryOut(shop, cancelling(shop, whole, wish, by), { changes: [put('jobs', { ...job, status: 'SUCCEEDED' })] })
}

/** All that a cancellation brings about. */
export function cancelling(shop: Shop, whole: Whole, wish: Cancelling, by: string | null): Act {
  const at = shop.at()
  const paid = received(whole).presentment.minor > 0
  const cancelled: Whole = {
    ...whole,
    order: {
      ...whole.order,
      cancelledAt: at,
      cancelReason: wish.reason,
      cancelStaffNote: wish.staffNote,
      closedAt: paid && wish.refund === 'no' ? whole.order.closedAt : at,
    },
  }
  const leaving = leavingBy(shop, cancelled, wish, by)
  const act = needsRefund(leaving) ? refunding(shop, cancelled, leaving) : changing(shop, cancelled.order)
  return {
    changes: [
      ...act.changes,
      ...voiding(shop, whole),
      ...(wish.restock ? [] : lost(shop, whole)),
      ...announced(shop, cancelled.order, wish, by),
    ],
    notices: [...act.notices, ...act.notices.slice(-1).map(({ record }) => ({ topic: 'ORDERS_CANCELLED', record }))],
  }
}

/** Everything that is still in the order leaves it; money goes back only where it was asked for. */
function leavingBy(shop: Shop, whole: Whole, wish: Cancelling, by: string | null): Refunding {
  const locationId = mainLocation(shop)
  const credit = wish.refund === 'store-credit' ? refundableMoney(whole).presentment.minor : 0
  return {
    leaving: whole.order.lines
      .map((line) => ({ line, quantity: currentQuantity(whole, line), locationId }))
      .filter(({ quantity }) => quantity > 0)
      .map((part) => ({ ...part, restockType: wish.restock ? ('CANCEL' as const) : ('NO_RESTOCK' as const) })),
    shipping: wish.refund === 'no' ? nothing(whole.order) : shippingLeft(whole),
    payments: wish.refund === 'original' ? allPayments(whole) : [],
    storeCredit: credit > 0 ? { minor: credit, expiresAt: wish.expiresAt } : null,
    note: null,
    notify: false,
    processedAt: null,
    returnId: null,
    by,
  }
}

/** Everything that came in and is still there; store credit given before has already taken its part. */
function allPayments(whole: Whole): PaymentBack[] {
  let left = refundableMoney(whole).presentment.minor
  return successful(whole, 'SALE', 'CAPTURE').flatMap((parent) => {
    const minor = Math.min(left, refundableOf(whole, parent).presentment.minor)
    left -= minor
    return minor > 0 ? [{ parent, minor }] : []
  })
}

const needsRefund = ({ leaving, payments, storeCredit }: Refunding) =>
  leaving.length > 0 || payments.length > 0 || storeCredit !== null

/** Goods that nobody sends any more and that do not go back on the shelf, also those that a refund left to be sent. */
function lost(shop: Shop, whole: Whole) {
  const unsent = whole.order.lines
    .map((line) => ({ line, units: unfulfilledQuantity(whole, line) }))
    .filter(({ units }) => units > 0)
  const locationId = mainLocation(shop)
  return [
    ...withdrawing(
      shop,
      whole,
      unsent.map(({ line, units }) => ({ lineId: line.id, units })),
    ),
    ...stockChanges(
      shop,
      unsent.map(({ line, units }) => ({ variantId: line.variantId, locationId, units, how: 'ship' as const })),
    ),
  ]
}

const announced = (shop: Shop, order: OrderRecord, { notifyCustomer }: Cancelling, by: string | null) => [
  shop.effect('order.cancelled', { subjectId: order.id, by, words: `Order ${order.name} was cancelled` }),
  ...(notifyCustomer ? noticeOf(shop, 'order-cancelled', order.email, { subjectId: order.id, by }) : []),
]
