import { expect, test } from '@jest/globals'
import { ActionInput } from '../../../../shared/combined-actions.ts'
import { inWords, type Money } from '../../../../shared/money.ts'
import type { ActionContent, PlannedStep } from '../plan.ts'
import { loweredSteps } from './lowering.ts'

const ACTION = '01990000-0000-7000-8000-000000000001'
const money = (minor: number, currency: string): Money => ({ minor, currency })
const GID = 'gid://shopify/OrderTransaction'

/** A refund of 100.00 krona (7.50 pounds, 1.50 of it tax), 30.00 to a card and 70.00 to another, and a gift card of 5.00 pounds. */
const content = (): ActionContent => {
  const common = { reasonCode: 'spilled', route: null, notify: false, tax: null } as const
  const refund: PlannedStep = {
    ...common,
    kind: 'refund',
    route: 'original',
    words: `Refund ${inWords(money(10_000, 'SEK'))} to Visa •••• 4242`,
    amount: money(750, 'GBP'),
    customerAmount: money(10_000, 'SEK'),
    tax: money(150, 'GBP'),
    request: {
      kind: 'refund',
      mark: `ca:${ACTION}:refund`,
      orderId: 'gid://shopify/Order/1',
      currency: 'SEK',
      notify: false,
      discrepancy: 'DAMAGE',
      lines: [],
      shipping: 'all',
      transactions: [
        { parentId: `${GID}/1`, gateway: 'card', amount: money(3_000, 'SEK') },
        { parentId: `${GID}/2`, gateway: 'card', amount: money(7_000, 'SEK') },
      ],
      storeCredit: null,
    },
  }
  const card: PlannedStep = {
    ...common,
    kind: 'gift_card',
    words: `A gift card of ${inWords(money(500, 'GBP'))}`,
    amount: money(500, 'GBP'),
    customerAmount: null,
    request: {
      kind: 'gift_card',
      mark: `ca:${ACTION}:gift_card`,
      issueId: ACTION,
      customerId: null,
      amount: money(500, 'GBP'),
      expiresOn: null,
      message: '',
      notify: true,
    },
  }
  const standing = { cancelled: false, refunds: [], parcels: [], lines: [] }
  const input = ActionInput.parse({ reason: { code: 'spilled' } })
  return {
    plan: { actionId: ACTION, input, steps: [refund, card], notices: [], standing },
    order: { name: 'FF-1', customer: 'Ada', currency: 'GBP', customerCurrency: 'SEK' },
    compensation: '',
    receivers: [],
  }
}

test('a lowered refund asks each payment for the same part, and its sums agree to the last digit', () => {
  const [step, ...more] = loweredSteps(content(), { refund: money(3_333, 'SEK'), giftCard: null })
  expect(more).toEqual([])
  expect(step).toMatchObject({
    amount: money(250, 'GBP'),
    customerAmount: money(3_333, 'SEK'),
    tax: money(50, 'GBP'),
    request: { transactions: [{ amount: { minor: 1_000 } }, { amount: { minor: 2_333 } }], shipping: 'all' },
  })
  expect(step?.words).toBe(`Refund ${inWords(money(3_333, 'SEK'))} to Visa •••• 4242`)
})

test('a share of nothing is not asked for', () => {
  const [step] = loweredSteps(content(), { refund: money(1, 'SEK'), giftCard: null })
  expect(step?.request).toMatchObject({ transactions: [{ amount: { minor: 1 } }] })
})

test('a gift card is lowered by itself, and the same amount changes nothing', () => {
  const steps = loweredSteps(content(), { refund: money(10_000, 'SEK'), giftCard: money(200, 'GBP') })
  expect(steps).toMatchObject([
    {
      kind: 'gift_card',
      amount: money(200, 'GBP'),
      request: { amount: money(200, 'GBP') },
      words: `A gift card of ${inWords(money(200, 'GBP'))}`,
    },
  ])
})

test.each([
  ['more', money(10_001, 'SEK'), 'can only lower'],
  ['nothing', money(0, 'SEK'), 'above zero, or decline'],
  ['less than nothing', money(-5, 'SEK'), 'above zero, or decline'],
  ['another currency', money(100, 'GBP'), 'State the amount in SEK'],
])('%s is refused', (_what, refund, words) => {
  expect(() => loweredSteps(content(), { refund, giftCard: null })).toThrow(words)
})
