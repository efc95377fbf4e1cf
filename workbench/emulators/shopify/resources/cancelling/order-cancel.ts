import { gidOf, legacyId } from '../../graphql/gid.ts'
import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import { put } from '../../store/entries.ts'
import type { JobRecord } from '../../store/records/drafts.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import { orderById } from '../orders/visibility.ts'
import { wholeOf } from '../orders/whole.ts'
import { type Cancelling, cannotCancel, cannotMeet } from './refusing.ts'

interface CancelArgs {
  orderId: Gid
  reason: string
  restock: boolean
  notifyCustomer?: boolean | null
  refund?: boolean | null
  refundMethod?: {
    originalPaymentMethodsRefund?: boolean | null
    storeCreditRefund?: { expiresAt?: Instant | null } | null
  } | null
  staffNote?: string | null
}

export const orderCancelResource: Resource = {
  mutations: {
    orderCancel: (_: unknown, args: CancelArgs, ctx) => {
      const error = refusal(ctx, args)
      if (error) return { job: null, jobResult: null, orderCancelUserErrors: [error], userErrors: [error] }
      const job = begin(ctx, args)
      return {
        job: { id: job.id, done: false },
        jobResult: resultOf(ctx.shop, job),
        orderCancelUserErrors: [],
        userErrors: [],
      }
    },
  },
  nodes: {
    OrderCancelJobResult: ({ shop }, id) => {
      const job = shop.tables.jobs.get(gidOf('Job', legacyId(id)))
      return job && resultOf(shop, job)
    },
  },
}

function refusal(ctx: Ctx, args: CancelArgs): UserError | undefined {
  const order = orderById(ctx, args.orderId)
  if (!order) return userError('orderId', 'Order does not exist', 'NOT_FOUND')
  if (args.refund != null && args.refundMethod != null)
    return userError(null, 'Only one of the arguments `refund` or `refund_method` is allowed.', 'INVALID')
  const whole = wholeOf(ctx.shop, order)
  if (
    ctx.shop.tables.jobs
      .by('subjectId', order.id)
      .some(({ kind, status }) => kind === 'orderCancel' && status === 'STARTED')
  )
    return userError('orderId', 'The order is already being canceled', 'INVALID')
  return cannotCancel(whole) ?? cannotMeet(ctx.shop, whole, wishIn(args))
}

function begin({ shop, app }: Ctx, args: CancelArgs): JobRecord {
  const job: JobRecord = {
    id: shop.newGid('Job'),
    kind: 'orderCancel',
    startedAt: shop.at(),
    dueAt: new Date(shop.now().getTime() + TAKES).toISOString(),
    status: 'STARTED',
    subjectId: args.orderId,
    input: { ...wishIn(args), by: app.clientId },
    errors: [],
  }
  shop.commit([put('jobs', job)])
  return job
}

/** Milliseconds that a cancellation takes by the emulator's clock. */
const TAKES = 1000

const wishIn = ({ reason, restock, notifyCustomer, staffNote, refund, refundMethod }: CancelArgs): Cancelling => ({
  reason,
  restock,
  notifyCustomer: notifyCustomer ?? false,
  staffNote: staffNote ?? null,
  refund: refundMethod?.storeCreditRefund
    ? 'store-credit'
    : refund || refundMethod?.originalPaymentMethodsRefund
      ? 'original'
      : 'no',
  expiresAt: refundMethod?.storeCreditRefund?.expiresAt ?? null,
})

const resultOf = (shop: Shop, { id, status, errors, subjectId }: JobRecord) => ({
  __typename: 'OrderCancelJobResult',
  id: gidOf('OrderCancelJobResult', legacyId(id)),
  done: status !== 'STARTED',
  status,
  errors,
  order: subjectId ? (shop.tables.orders.get(subjectId) ?? null) : null,
})
