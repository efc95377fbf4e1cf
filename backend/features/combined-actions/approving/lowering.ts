import { inWords, type Money } from '../../../../shared/money.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { ActionContent, Plan, PlannedStep, RequestOf, StepRequest } from '../plan.ts'
import { proportion } from '../planning/sharing.ts'

/** Amounts that an approver wants instead; null leaves one as it is. */
export type Wanted = { refund: Money | null; giftCard: Money | null }

/**
 * The steps that change when an approver lowers amounts; only amounts move, and only down. Empty when nothing changes.
 * @throws DeskError invalid_request that names the field, for more than was planned, nothing at all, or another currency
 */
export const loweredSteps = ({ plan }: ActionContent, { refund, giftCard }: Wanted): PlannedStep[] => [
  ...(refund ? lowered(plan, 'refund', refund) : []),
  ...(giftCard ? lowered(plan, 'gift_card', giftCard) : []),
]

/** An amount that can be lowered, in the currency that it is stated in. */
export const statedAmount = ({ kind, amount, customerAmount }: PlannedStep): Money | null =>
  kind === 'refund' ? (customerAmount ?? amount) : kind === 'gift_card' ? amount : null

const FIELDS = { refund: 'refund', gift_card: 'giftCard' } as const

function lowered({ steps, input }: Plan, kind: keyof typeof FIELDS, to: Money): PlannedStep[] {
  const step = steps.find((one) => one.kind === kind)
  const from = step && statedAmount(step)
  if (!step || !from) throw wrong(kind, `This action has no ${kind === 'refund' ? 'refund' : 'gift card'} to lower.`)
  if (to.currency !== from.currency) throw wrong(kind, `State the amount in ${from.currency}.`)
  if (to.minor > from.minor)
    throw wrong(kind, `An approver can only lower: at most ${inWords(from)}. For more the agent begins anew.`)
  if (to.minor <= 0) throw wrong(kind, 'State an amount above zero, or decline.')
  return to.minor === from.minor ? [] : [withAmount(step, from, to, input.refund?.what === 'shipping')]
}

const wrong = (kind: keyof typeof FIELDS, message: string) =>
  new DeskError('invalid_request', message, { fields: [{ path: `body.${FIELDS[kind]}`, message }] })

function withAmount(step: PlannedStep, from: Money, to: Money, isShippingOnly: boolean): PlannedStep {
  const less = (money: Money): Money =>
    money.currency === to.currency && money.minor === from.minor
      ? to
      : { ...money, minor: proportion(money.minor, to.minor, from.minor) }
  const { request, amount, customerAmount, tax } = step
  return {
    ...step,
    request: changed(request, to, less, isShippingOnly),
    words: step.words.replaceAll(inWords(from), inWords(to)),
    amount: amount && less(amount),
    customerAmount: customerAmount && less(customerAmount),
    tax: tax && less(tax),
  }
}

function changed(request: StepRequest, to: Money, less: (money: Money) => Money, isShippingOnly: boolean): StepRequest {
  if (request.kind === 'gift_card') return { ...request, amount: to }
  if (request.kind !== 'refund') return request
  const { storeCredit, shipping } = request
  return {
    ...request,
    shipping: isShippingOnly ? to : shipping,
    transactions: shares(request.transactions, to),
    storeCredit: storeCredit && { amount: less(storeCredit.amount) },
  }
}

type Transactions = RequestOf<'refund'>['transactions']

/** Each payment gives the same part of what it was to give, to the last digit, so that the words about where the money goes stay true. */
function shares(transactions: Transactions, to: Money): Transactions {
  const all = transactions.reduce((sum, { amount }) => sum + amount.minor, 0)
  let before = 0
  return transactions
    .map((one) => {
      const start = proportion(before, to.minor, all)
      before += one.amount.minor
      return { ...one, amount: { ...one.amount, minor: proportion(before, to.minor, all) - start } }
    })
    .filter(({ amount }) => amount.minor > 0)
}
