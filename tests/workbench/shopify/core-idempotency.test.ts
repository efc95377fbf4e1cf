import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Refunded {
  refund: { id: string; note: string } | null
  userErrors: { field: string[] | null; message: string }[]
}

let open: OpenShop
let orderId: string
beforeEach(async () => {
  open = await openShop()
  orderId = buy(open.shop, usual).id
})
afterEach(() => open.shopify.close())

const inputOf = (amount: string, note = 'ca:1:refund') => ({
  orderId,
  note,
  transactions: [
    {
      orderId,
      parentId: open.shop.tables.transactions.by('orderId', orderId)[0]?.id,
      kind: 'REFUND',
      gateway: 'any',
      amount,
    },
  ],
})
const refund = (key: string, amount = '5.00') => open.ask<Refunded>('refund-create', { input: inputOf(amount), key })
const made = () => open.shop.tables.refunds.by('orderId', orderId).length

test('the same key brings the same refund, however often it is asked for', async () => {
  const first = await refund('k-1')
  expect(first.userErrors).toEqual([])
  expect((await refund('k-1')).refund?.id).toBe(first.refund?.id)
  expect(made()).toBe(1)
})

test('a replay tells what there is now, not what there was then', async () => {
  const { refund: before } = await refund('k-1')
  const record = open.shop.tables.refunds.get(before?.id ?? '')
  if (record) open.shop.commit([{ t: 'put', table: 'refunds', record: { ...record, note: 'changed since' } }])
  expect((await refund('k-1')).refund?.note).toBe('changed since')
})

test('the same key for another amount does nothing and says so', async () => {
  await refund('k-1')
  expect(await refund('k-1', '6.00')).toMatchObject({
    refund: null,
    userErrors: [{ message: 'The same idempotency key cannot be used with different operation parameters.' }],
  })
  expect(made()).toBe(1)
})

test('after 24 hours from the first request the same key is a new refund', async () => {
  await refund('k-1')
  open.clock.travel(23 * 3_600_000)
  await refund('k-1')
  expect(made()).toBe(1)
  open.clock.travel(3_601_000)
  await refund('k-1')
  expect(made()).toBe(2)
})

test('a refund that was refused leaves its key free', async () => {
  const refused = await refund('k-1', '5000.00')
  expect(refused.userErrors).toHaveLength(1)
  expect((await refund('k-1', '5.00')).userErrors).toEqual([])
})

test('a key that is in use right now is answered with a request to try again', async () => {
  open.shopify.faults.add({ operation: 'refundCreate', kind: 'in-progress' })
  expect((await refund('k-1')).userErrors).toMatchObject([
    { message: 'This request is currently in progress, please try again.' },
  ])
  expect(made()).toBe(0)
})

test('without a key nothing is refunded', async () => {
  const bare = 'mutation R($input: RefundInput!) { refundCreate(input: $input) { refund { id } } }'
  const { data, errors } = await open.run('refund-create', { input: inputOf('5.00'), key: ' ' })
  expect([data, errors?.[0]?.extensions?.['code']]).toEqual([{ refundCreate: null }, 'BAD_REQUEST'])
  await expect(open.ask(bare, { input: inputOf('5.00') })).rejects.toThrow(
    'The @idempotent directive is required for this mutation but was not provided.',
  )
  expect(made()).toBe(0)
})

test('a refund whose answer was lost is there, and its key finds it', async () => {
  open.shopify.faults.add({ operation: 'refundCreate', kind: 'drop-after' })
  await expect(refund('k-1')).rejects.toThrow()
  expect(made()).toBe(1)
  expect((await refund('k-1')).refund?.id).toBe(open.shop.tables.refunds.by('orderId', orderId)[0]?.id)
  expect([made(), open.shopify.faults.met('refundCreate').length]).toEqual([1, 2])
})
