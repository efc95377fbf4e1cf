import type { ActionInput, ReasonCode } from '../../../../shared/combined-actions.ts'
import { labelOf } from '../rules/reasons.ts'
import { cancelFaults } from './cancel.ts'
import { type Fault, faultIf } from './faults.ts'
import { giftCardFaults } from './gift-card.ts'
import { type Intention, lineOf } from './intention.ts'
import type { LiveOrder } from './live-order.ts'
import { refundFaults } from './refund-faults.ts'
import { reshipFaults } from './reship.ts'

/** Everything that is wrong with an intention as far as the order's state tells. @param today in the shop's time zone, YYYY-MM-DD */
export function faultsOf({ live, input, reasons }: Intention, today: string): Fault[] {
  const { cancel, reship, refund, giftCard } = input
  if (live.test)
    return [{ path: '', message: `${live.name} is a test order: no money moved, so nothing can be made right.` }]
  if (!cancel && !reship && !refund && !giftCard)
    return [{ path: '', message: 'Choose at least one thing to do with the order.' }]
  return [
    ...reasonFaults(input, reasons),
    ...hitFaults(live, input),
    ...(cancel ? cancelFaults(live, cancel) : []),
    ...(reship ? reshipFaults(live, reship) : []),
    ...(refund ? refundFaults(live, refund) : []),
    ...(giftCard ? giftCardFaults(live, giftCard, today) : []),
  ]
}

function reasonFaults(input: ActionInput, reasons: readonly ReasonCode[]): Fault[] {
  const { reason, cancel, reship, refund, giftCard } = input
  const own = { cancel, reship, refund, giftCard }
  const codes: [string, string][] = [
    ['reason.code', reason.code],
    ...Object.entries(own).flatMap(([part, one]): [string, string][] =>
      one?.reason ? [[`${part}.reason`, one.reason]] : [],
    ),
  ]
  const needsText = codes.some(([, code]) => reasons.find(({ id }) => id === code)?.needsText)
  return [
    ...codes.flatMap(([path, code]) => reasonFault(path, code, reasons)),
    ...faultIf(
      needsText && reason.text === '',
      'reason.text',
      'This reason needs a sentence: say in a few words what happened.',
    ),
  ]
}

function reasonFault(path: string, code: string, reasons: readonly ReasonCode[]): Fault[] {
  if (code === '') return [{ path, message: 'Choose the reason.' }]
  const reason = reasons.find(({ id }) => id === code)
  if (!reason) return [{ path, message: 'This reason is not known here. Choose one from the list.' }]
  return faultIf(reason.retired, path, `The reason «${labelOf(reason)}» is not used any more. Choose another.`)
}

const hitFaults = (live: LiveOrder, { hit }: ActionInput): Fault[] =>
  faultIf(
    hit.some((lineId) => !lineOf(live, lineId)),
    'hit',
    `A line that was hit is not in ${live.name}. Choose it again.`,
  )
