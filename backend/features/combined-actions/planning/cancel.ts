import type { ActionInput } from '../../../../shared/combined-actions.ts'
import { markOf, type PlannedStep } from '../plan.ts'
import { reasonFor } from '../rules/reasons.ts'
import { cancelOptions } from './cancel-options.ts'
import { type Fault, faultIf, isTwice } from './faults.ts'
import { cancelledOf, type Intention, inWordsOf, isWholeCancel } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { untoldFaults } from './notices.ts'
import { STEP } from './steps.ts'

export function cancelFaults(live: LiveOrder, cancel: NonNullable<ActionInput['cancel']>): Fault[] {
  const can = cancelOptions(live)
  if (can.why !== null) return [{ path: 'cancel', message: can.why }]
  const untold = untoldFaults(live, cancel.notify, 'cancel.notify')
  if (cancel.lines === null) return [...faultIf(can.whole.why !== null, 'cancel', can.whole.why ?? ''), ...untold]
  return [
    ...untold,
    ...faultIf(
      !cancel.restock,
      'cancel.restock',
      'Shopify puts single lines that are cancelled back into stock. Choose that, and correct the stock there if they are not to be sold.',
    ),
    ...faultIf(cancel.lines.length === 0, 'cancel.lines', 'Choose the lines to cancel.'),
    ...faultIf(
      isTwice(cancel.lines, ({ lineId }) => lineId),
      'cancel.lines',
      'A line is named twice. Name it once.',
    ),
    ...cancel.lines.flatMap(({ lineId, quantity }, index) => {
      const line = can.lines.find((one) => one.lineId === lineId)
      const path = `cancel.lines.${index}`
      if (!line)
        return [
          {
            path: `${path}.lineId`,
            message: `${titleOf(live, lineId)} cannot be cancelled: it has been sent, or is not in ${live.name}.`,
          },
        ]
      return faultIf(
        quantity > line.most,
        `${path}.quantity`,
        `Of ${line.title} only ${line.most} can be cancelled, because the rest has been sent or was never ordered.`,
      )
    }),
  ]
}

export const titleOf = ({ lines, name }: LiveOrder, lineId: string): string =>
  lines.find(({ id }) => id === lineId)?.title ?? `A line that is not in ${name}`

/** What is taken out of the order, in pieces. */
export const cancelledPieces = ({ live, input }: Pick<Intention, 'live' | 'input'>) =>
  live.lines.flatMap((line) => {
    const quantity = cancelledOf(input, line)
    return quantity > 0 ? [{ line, quantity, title: line.title }] : []
  })

/** The whole order only: single lines leave with the refund, which is one call that can be repeated (facts/shopify-meta.md section 1.3). */
export function cancelStep(actionId: string, intention: Intention, restocked: boolean): PlannedStep[] {
  const { live, input, reasons } = intention
  if (!input.cancel || !isWholeCancel(input)) return []
  const { notify, restock } = input.cancel
  const reason = reasonFor(reasons, input.cancel.reason ?? input.reason.code)
  return [
    {
      ...STEP,
      kind: 'cancel',
      request: {
        kind: 'cancel',
        mark: markOf(actionId, 'cancel'),
        orderId: live.id,
        reason: reason.cancelReason,
        restock: restock && !restocked,
        notify,
      },
      reasonCode: reason.id,
      words: `Cancel the whole order${restock ? ', and put its goods back into stock' : ''}`,
      notify,
    },
  ]
}

/** Until the goods are out of the order, the warehouse must not send them. */
export function holdSteps(actionId: string, intention: Intention): { hold: PlannedStep[]; release: PlannedStep[] } {
  const { live, input } = intention
  const pieces = cancelledPieces(intention)
  const held = live.fulfilmentOrders.filter(
    ({ status, lines }) =>
      HOLDABLE.has(status) &&
      lines.some(({ lineId, remaining }) => remaining > 0 && pieces.some(({ line }) => line.id === lineId)),
  )
  if (held.length === 0) return { hold: [], release: [] }
  const handle = markOf(actionId, 'hold')
  const reasonCode = input.cancel?.reason ?? input.reason.code
  const hold: PlannedStep = {
    ...STEP,
    kind: 'hold',
    request: { kind: 'hold', orderId: live.id, fulfilmentOrderIds: held.map(({ id }) => id), handle, notes: HOLD_NOTE },
    reasonCode,
    words: `Tell the warehouse to wait with ${inWordsOf(pieces)}`,
  }
  const left = (lineId: string, remaining: number) =>
    remaining - (pieces.find(({ line }) => line.id === lineId)?.quantity ?? 0)
  const isToSend = held.some(({ lines }) => lines.some(({ lineId, remaining }) => left(lineId, remaining) > 0))
  const release: PlannedStep = {
    ...STEP,
    kind: 'release',
    request: { kind: 'release', orderId: live.id, handle },
    reasonCode,
    words: 'Let the warehouse send the rest',
  }
  return { hold: [hold], release: isToSend ? [release] : [] }
}

const HOLD_NOTE = 'Customer support is changing this order.'
const HOLDABLE = new Set(['OPEN', 'IN_PROGRESS', 'SCHEDULED', 'ON_HOLD'])
