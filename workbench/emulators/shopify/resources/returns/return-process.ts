import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { type Change, put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { ReturnRecord } from '../../store/records/shipping.ts'
import { carryOut, currentWhole } from '../orders/changing.ts'
import { partById } from '../orders/visibility.ts'
import { lineById, type Whole } from '../orders/whole.ts'
import { type PaymentInput, readPayments, readShipping, tooMuch } from '../payments/refund-input.ts'
import { type Refunding, refunding } from '../payments/refunding.ts'
import { mainLocation } from '../stock.ts'

interface ProcessInput {
  returnId: Gid
  returnLineItems: { id: Gid; quantity: number; dispositions?: { dispositionType: string }[] | null }[]
  exchangeLineItems: { id: Gid; quantity: number }[]
  refundShipping?: { fullRefund?: boolean | null; shippingRefundAmount?: { amount: string } | null } | null
  financialTransfer?: {
    issueRefund?: {
      allowOverRefunding: boolean
      orderTransactions: { parentId: Gid; transactionAmount: { amount: string; currencyCode: string } }[]
    }
  } | null
  note?: string | null
  notifyCustomer: boolean
}

/** It moves money and takes no key: a second call is a second refund, as far as there is something left. */
export const returnProcessResource: Resource = {
  mutations: {
    returnProcess: (_: unknown, { input }: { input: ProcessInput }, ctx) => {
      const before = partById(ctx, 'returns', input.returnId)
      if (!before) return refused(userError(['input', 'returnId'], 'Return not found.', 'NOT_FOUND'))
      if (before.status !== 'OPEN')
        return refused(userError(['input', 'returnId'], 'Return is not open.', 'INVALID_STATE'))
      const quantity = wrongQuantity(before, input)
      if (quantity) return refused(quantity)
      const whole = currentWhole(ctx.shop, before.orderId)
      const wish = refundIn(ctx, whole, before, input)
      if ('message' in wish) return refused(wish)
      return process(ctx, whole, before, input, wish)
    },
  },
}

function process({ shop }: Ctx, whole: Whole, before: ReturnRecord, input: ProcessInput, wish: Refunding) {
  const processed = after(before, input, shop.at())
  const { changes, notices } = refunding(shop, whole, wish)
  const closed = processed.status === 'CLOSED' ? [{ topic: 'RETURNS_CLOSE', record: processed }] : []
  carryOut(shop, {
    changes: [...changes, put('returns', processed), ...freed(shop, whole, before, input)],
    notices: [{ topic: 'RETURNS_PROCESS', record: processed }, ...closed, ...notices],
  })
  return { return: processed, userErrors: [] }
}

function wrongQuantity({ lines, exchangeLines }: ReturnRecord, input: ProcessInput): UserError | undefined {
  const named = [...input.returnLineItems, ...input.exchangeLineItems]
  const wrong = named.find(({ id, quantity }, index) => {
    const line = [...lines, ...exchangeLines].find((one) => one.id === id)
    const twice = named.findIndex((one) => one.id === id) < index
    return !line || twice || quantity < 1 || quantity > line.quantity - line.processed
  })
  return wrong && userError(['input', 'returnLineItems'], 'Quantity is more than can be processed.', 'INVALID')
}

function refundIn({ shop, app }: Ctx, whole: Whole, before: ReturnRecord, input: ProcessInput): Refunding | UserError {
  const { fullRefund, shippingRefundAmount } = input.refundShipping ?? {}
  const shipping = readShipping(whole, {
    fullRefund: fullRefund ?? false,
    amount: shippingRefundAmount?.amount ?? null,
  })
  if ('bad' in shipping) return { ...shipping.bad, code: 'INVALID' }
  const { orderTransactions = [], allowOverRefunding: over = false } = input.financialTransfer?.issueRefund ?? {}
  const { presentmentCurrency } = whole.order
  if (orderTransactions.some(({ transactionAmount }) => transactionAmount.currencyCode !== presentmentCurrency))
    return userError(['input', 'financialTransfer'], `Amounts must be in ${presentmentCurrency}.`, 'INVALID')
  const inputs = orderTransactions.map(
    ({ parentId, transactionAmount }): PaymentInput => ({ parentId, amount: transactionAmount.amount }),
  )
  const payments = readPayments(whole, inputs, over)
  if ('bad' in payments) return { ...payments.bad, code: 'INVALID' }
  const sum = payments.good.reduce((all, { minor }) => all + minor, 0)
  const excess = over ? undefined : tooMuch(whole, sum)
  if (excess) return { ...excess, code: 'INVALID' }
  return {
    leaving: input.returnLineItems.flatMap(({ id, quantity, dispositions }) => {
      const line = lineById(whole, before.lines.find((one) => one.id === id)?.lineId ?? '')
      const restocked = dispositions?.some(({ dispositionType }) => dispositionType === 'RESTOCKED')
      return line
        ? [{ line, quantity, restockType: restocked ? 'RETURN' : 'NO_RESTOCK', locationId: mainLocation(shop) }]
        : []
    }),
    shipping: shipping.good,
    payments: payments.good,
    storeCredit: null,
    note: input.note ?? null,
    notify: input.notifyCustomer,
    processedAt: null,
    returnId: before.id,
    by: app.clientId,
  }
}

function after(before: ReturnRecord, input: ProcessInput, at: string): ReturnRecord {
  const counted = <T extends { id: Gid; processed: number }>(lines: T[], done: { id: Gid; quantity: number }[]): T[] =>
    lines.map((line) => ({
      ...line,
      processed: line.processed + (done.find(({ id }) => id === line.id)?.quantity ?? 0),
    }))
  const lines = counted(before.lines, input.returnLineItems)
  const exchangeLines = counted(before.exchangeLines, input.exchangeLineItems)
  const open = [...lines, ...exchangeLines].some(({ quantity, processed }) => processed < quantity)
  return { ...before, lines, exchangeLines, ...(open ? {} : { status: 'CLOSED' as const, closedAt: at }) }
}

/** What goes out in exchange may be sent once it was processed. */
function freed(
  shop: Ctx['shop'],
  { fulfillmentOrders }: Whole,
  { exchangeLines }: ReturnRecord,
  input: ProcessInput,
): Change[] {
  const done = new Set(input.exchangeLineItems.map(({ id }) => id))
  const lineIds = new Set(exchangeLines.filter(({ id }) => done.has(id)).map(({ lineId }) => lineId))
  return fulfillmentOrders
    .filter(({ status, lines }) => status === 'ON_HOLD' && lines.some(({ lineId }) => lineIds.has(lineId)))
    .map((one) => {
      const holds = one.holds.filter(({ reason }) => reason !== 'AWAITING_RETURN_ITEMS')
      return put('fulfillmentOrders', {
        ...one,
        holds,
        status: holds.length > 0 ? 'ON_HOLD' : 'OPEN',
        updatedAt: shop.at(),
      })
    })
}
