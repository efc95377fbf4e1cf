import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { CARD, ON_DELIVERY } from '../../../workbench/emulators/shopify/world/paying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Cancelled {
  job: { id: string; done: boolean } | null
  jobResult: { id: string; status: string } | null
  orderCancelUserErrors: { code: string; field: string[]; message: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

const cancel = (orderId: string, more: Record<string, unknown> = {}) =>
  open.ask<Cancelled>('order-cancel', { orderId, reason: 'CUSTOMER', restock: true, ...more })

const poll = async (jobId: string | undefined, orderId: string) =>
  (await open.run('cancel-poll', { jobId, orderId })).data as { job: { done: boolean }; order: Record<string, unknown> }

const stockOfTea = () => open.shop.tables.levels.by('inventoryItemId', 'gid://shopify/InventoryItem/31')[0]

test('a cancellation takes a moment, moves no money unasked, and can be read afterwards', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { job, jobResult } = await cancel(order.id, { staffNote: 'ca:7:cancel' })
  expect(jobResult?.status).toBe('STARTED')
  expect(await poll(job?.id, order.id)).toMatchObject({ job: { done: false }, order: { cancelledAt: null } })
  open.clock.travel(2000)
  expect(await poll(job?.id, order.id)).toMatchObject({
    job: { done: true },
    order: {
      cancelReason: 'CUSTOMER',
      cancellation: { staffNote: 'ca:7:cancel' },
      displayFinancialStatus: 'PAID',
      totalRefundedSet: { shopMoney: { amount: '0.0' } },
    },
  })
  expect(stockOfTea()).toMatchObject({ available: 20, committed: 0 })
  expect(
    await open.ask(
      '{ node(id: "%") { ... on OrderCancelJobResult { status order { cancelledAt } } } }'.replace(
        '%',
        jobResult?.id ?? '',
      ),
    ),
  ).toMatchObject({
    status: 'SUCCEEDED',
  })
})

test('a second cancellation is refused in the words that Shopify uses', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, paid: [ON_DELIVERY] })
  await cancel(order.id)
  open.clock.travel(2000)
  expect(await cancel(order.id)).toMatchObject({
    job: null,
    orderCancelUserErrors: [
      { code: 'INVALID', field: ['orderId'], message: 'Cannot cancel an order that has already been canceled' },
    ],
  })
  expect(await open.ask('payment-mode', { id: order.id })).toMatchObject({ displayFinancialStatus: 'VOIDED' })
})

test('money goes back the way it came only when that is asked', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { job } = await cancel(order.id, { refundMethod: { originalPaymentMethodsRefund: true } })
  open.clock.travel(2000)
  expect(await poll(job?.id, order.id)).toMatchObject({
    order: { displayFinancialStatus: 'REFUNDED', totalRefundedSet: { shopMoney: { amount: '70.0' } }, refunds: [{}] },
  })
})

test('what banks still hold is let go', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, paid: [{ ...CARD, state: 'authorized' }] })
  await cancel(order.id)
  open.clock.travel(2000)
  expect(await open.ask('payment-mode', { id: order.id })).toMatchObject({
    displayFinancialStatus: 'VOIDED',
    transactions: [{ kind: 'AUTHORIZATION' }, { kind: 'VOID' }],
  })
})

test('an order that was sent cannot be cancelled, also when the parcel leaves while the job runs', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  const { job, jobResult } = await cancel(order.id)
  ship(open.shop, order.id)
  open.clock.travel(2000)
  expect(await poll(job?.id, order.id)).toMatchObject({ job: { done: true }, order: { cancelledAt: null } })
  expect(
    await open.ask(
      '{ node(id: "%") { ... on OrderCancelJobResult { status errors { message } } } }'.replace(
        '%',
        jobResult?.id ?? '',
      ),
    ),
  ).toMatchObject({
    status: 'FAILED',
    errors: [{ message: 'Cannot cancel an order with fulfillments' }],
  })
  expect((await cancel(order.id)).orderCancelUserErrors[0]?.code).toBe('INVALID')
})

test('the arguments have limits', async () => {
  open = await openShop()
  const order = buy(open.shop, { ...usual, customerId: null })
  expect((await cancel(order.id, { staffNote: 'x'.repeat(256) })).orderCancelUserErrors[0]).toMatchObject({
    code: 'INVALID',
  })
  const credit = await cancel(order.id, { refundMethod: { storeCreditRefund: {} } })
  expect(credit.orderCancelUserErrors[0]?.code).toBe('STORE_CREDIT_REFUND_MISSING_CUSTOMER')
  const both = await open.ask<Cancelled>(
    'mutation C($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true, refund: true, refundMethod: { originalPaymentMethodsRefund: true }) { job { id } orderCancelUserErrors { code message } } }',
    { id: order.id },
  )
  expect(both.orderCancelUserErrors[0]?.message).toBe(
    'Only one of the arguments `refund` or `refund_method` is allowed.',
  )
})
