import {
  capture,
  closeDispute,
  collect,
  expireAuthorizations,
  failRefund,
  letBank,
  openDispute,
  settleRefund,
} from '../../world/bank.ts'
import { both, state } from '../words.ts'
import { type Act, Refused } from './act.ts'

const MANNERS = {
  'at-once': 'The bank sends refunds at once from now on.',
  'when-told': 'The bank keeps refunds until it is told from now on.',
  refuses: 'The bank refuses refunds from now on.',
} as const

export const bankActs: Record<string, Act> = {
  collect: ({ shop }, form) => `Collected ${sumOf(collect(shop, form.text('order')))}.`,
  capture: ({ shop }, form) => `Took ${sumOf(capture(shop, form.text('order')))}.`,
  expire({ shop }, form) {
    expireAuthorizations(shop, form.text('order'))
    return 'The bank does not hold the money any longer.'
  },
  settle({ shop }, form) {
    settleRefund(shop, form.text('transaction'))
    return 'The refund has arrived.'
  },
  fail({ shop }, form) {
    failRefund(shop, form.text('transaction'))
    return 'The bank sent the refund back.'
  },
  dispute({ shop }, form) {
    const as = form.text('as') === 'INQUIRY' ? 'INQUIRY' : 'CHARGEBACK'
    openDispute(shop, form.text('order'), { as, reason: form.text('reason') })
    return 'The customer asked the bank for the money.'
  },
  'close-dispute'({ shop }, form) {
    const wanted = form.text('status')
    const status = (['WON', 'LOST', 'ACCEPTED'] as const).find((one) => one === wanted)
    if (!status) throw new Refused('A dispute is won, lost or accepted.')
    closeDispute(shop, form.text('dispute'), status)
    return `Dispute: ${state(status).toLowerCase()}.`
  },
  manner({ shop }, form) {
    const wanted = form.text('manner')
    const manner = (Object.keys(MANNERS) as (keyof typeof MANNERS)[]).find((one) => one === wanted)
    if (!manner) throw new Refused('The bank knows no such manner.')
    letBank(shop, manner)
    return MANNERS[manner]
  },
}

const sumOf = (moved: readonly { amount: Parameters<typeof both>[0] }[]) =>
  moved.map(({ amount }) => both(amount)).join(' and ')
