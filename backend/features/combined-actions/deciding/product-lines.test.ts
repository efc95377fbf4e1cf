import { expect, test } from '@jest/globals'
import { ActionInput } from '../../../../shared/combined-actions.ts'
import type { LiveOrder } from '../planning/live-order.ts'
import { productLines } from './product-lines.ts'

const gid = (kind: string, n: number) => `gid://shopify/${kind}/${n}`
const price = (minor: number) => ({ shop: { minor, currency: 'GBP' }, presentment: { minor, currency: 'GBP' } })
const lineOf = (n: number, more: object = {}) => ({
  id: gid('LineItem', n),
  title: `Tea ${n}`,
  variantId: gid('ProductVariant', n * 10),
  unsent: 1,
  refundable: 3,
  each: price(250),
  ...more,
})
const live = {
  shop: { currency: 'GBP' },
  lines: [lineOf(1), lineOf(2, { variantId: null }), lineOf(3)],
  goods: [{ variantId: gid('ProductVariant', 10), productId: gid('Product', 100) }],
} as unknown as LiveOrder

const about = (parts: object) => productLines(live, ActionInput.parse({ reason: { code: 'spilled' }, ...parts }))

test('an action is about the lines that it takes back, gives money for or sends again, each once', () => {
  const refund = { what: 'lines', lines: [{ lineId: gid('LineItem', 1), quantity: 2 }] }
  const cancel = {
    lines: [
      { lineId: gid('LineItem', 1), quantity: 1 },
      { lineId: gid('LineItem', 2), quantity: 1 },
    ],
  }
  expect(about({ refund, cancel })).toEqual([
    { productId: 100n, variantId: 10n, title: 'Tea 1', quantity: 2, value: { minor: 500, currency: 'GBP' } },
    { productId: null, variantId: null, title: 'Tea 2', quantity: 1, value: { minor: 250, currency: 'GBP' } },
  ])
})

test('all of an order is all that can still be given back, and an amount alone is about no line', () => {
  expect(about({ refund: { what: 'all' } }).map(({ quantity }) => quantity)).toEqual([3, 3, 3])
  expect(about({ refund: { what: 'amount', amount: { minor: 100, currency: 'GBP' } } })).toEqual([])
})

test('where somebody said which lines were hit, it is about these, whatever is done', () => {
  const hit = [gid('LineItem', 3)]
  expect(about({ hit, refund: { what: 'all' } }).map(({ title, quantity }) => [title, quantity])).toEqual([
    ['Tea 3', 3],
  ])
  expect(about({ hit, refund: { what: 'amount', amount: { minor: 100, currency: 'GBP' } } })).toHaveLength(1)
})
