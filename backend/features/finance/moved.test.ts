import { expect, test } from '@jest/globals'
import type { FinanceLine, LineTransaction } from './line.ts'
import { changeOf, movedBy } from './moved.ts'

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const part = (id: string, minor: number, status: string): LineTransaction => ({
  id,
  parentId: null,
  gateway: 'bank',
  status,
  amount: { shop: gbp(minor), presentment: gbp(minor) },
})
const first = { amount: gbp(1_200), tax: gbp(200) } as FinanceLine

test('money that is on its way counts, money that a bank refused does not', () => {
  expect(movedBy([part('a', 500, 'SUCCESS'), part('b', 700, 'PENDING'), part('c', 300, 'FAILURE')])?.shop).toEqual(
    gbp(1_200),
  )
  expect(movedBy([])).toBeNull()
})

test('a decision in our favour changes no amount, a refusal takes the amount and its tax out again', () => {
  const pending = [part('a', 500, 'SUCCESS'), part('b', 700, 'PENDING')]
  const good = [part('a', 500, 'SUCCESS'), part('b', 700, 'SUCCESS')]
  const bad = [part('a', 500, 'SUCCESS'), part('b', 700, 'FAILURE')]
  expect(changeOf(first, pending, good)).toEqual({ amount: null, customerAmount: null, tax: null })
  expect(changeOf(first, pending, bad)).toEqual({ amount: gbp(-700), customerAmount: gbp(-700), tax: gbp(-117) })
  expect(changeOf(first, bad, good)).toEqual({ amount: gbp(700), customerAmount: gbp(700), tax: gbp(117) })
})
