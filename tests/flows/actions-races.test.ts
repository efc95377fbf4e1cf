import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createShopify } from '../../backend/clients/shopify/index.ts'
import { runAction } from '../../backend/features/combined-actions/running/running.ts'
import { newId } from '../../backend/platform/ids.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { startHolding } from '../support/held-calls.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
let holding: Awaited<ReturnType<typeof startHolding>>
beforeAll(async () => {
  holding = await startHolding(() => desk.shopify.url)
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
})
afterAll(async () => {
  await desk.stop()
  await holding.close()
})
beforeEach(() => {
  desk.shopify.faults.clear()
  actions.counted()
})

const DONE = { 'order.made': 1, 'refund.made': 1, 'money.refunded': 1, 'gift-card.made': 1, notice: 1 }
const cancelled = { cancel: { lines: null }, refund: { what: 'all' } }

test('a form that is confirmed ten times at once is one action', async () => {
  const order = shop.delivered(shop.buy())
  const plan = await actions.planFor(order, everything(order))
  const [draftId, ticketId] = [newId(), newId()]
  actions.counted()
  const all = await Promise.all(Array.from({ length: 10 }, () => actions.confirm(order, plan, { draftId, ticketId })))
  expect(new Set(all.map(({ actionId }) => actionId)).size).toBe(1)
  expect(all.filter(({ fresh }) => fresh)).toHaveLength(1)
  await actions.leave()
  expect(actions.counted()).toEqual(DONE)
  expect(await desk.events('action.confirmed')).toHaveLength(1)
})

test('ten forms on one order that are confirmed at once are one action; the others are told whose it is', async () => {
  const order = shop.delivered(shop.buy())
  const plans = await Promise.all(Array.from({ length: 10 }, () => actions.planFor(order, everything(order))))
  actions.counted()
  const all = await Promise.allSettled(
    plans.map((plan, at) => actions.confirm(order, plan, { by: at % 2 === 0 ? 'nora' : 'sam' })),
  )
  const [won] = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error & { code: string }] : []))
  expect(refused).toHaveLength(9)
  for (const { code, message } of refused) {
    expect(code).toBe('in_progress')
    expect(message).toMatch(/^(Your action|The action of (Nora|Sam)) on this order can still be taken back: .*£5\.00/)
  }
  const codes = await desk.read((tx) => tx.giftCardIssue.findMany({ where: { state: 'planned' } }))
  expect(codes.map(({ actionId }) => actionId)).toEqual([won?.actionId])
  await actions.leave()
  expect(actions.counted()).toEqual(DONE)
})

test('undo and the runner at the same moment: all of it happens, or nothing', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let round = 0; round < 12; round++) {
    const order = shop.delivered(shop.buy())
    const actionId = await actions.begin(order, { refund: { what: 'shipping' } })
    await desk.settle()
    await desk.travel('61 s')
    actions.counted()
    const pause = random() * 12
    const undo = new Promise((resolve) => setTimeout(resolve, pause)).then(() => actions.undo(actionId))
    const [undone] = await Promise.allSettled([undo, desk.settle()])
    await desk.settle()
    const { state } = await actions.row(actionId)
    const refunds = actions.counted()['refund.made'] ?? 0
    expect([undone.status, state, refunds]).toEqual(
      undone.status === 'fulfilled' ? ['fulfilled', 'undone', 0] : ['rejected', 'done', 1],
    )
  }
})

test('several workers on one action do each step once', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, cancelled)
  await desk.settle()
  await desk.travel('61 s')
  const at = { workspaceId: desk.workspaceId, actionId }
  await Promise.all(Array.from({ length: 5 }, () => runAction(desk.ctx, at)))
  await actions.pass(4)
  const { 'refund.made': refunds, 'order.cancelled': cancels } = actions.counted()
  expect([refunds, cancels]).toEqual([1, 1])
  expect((await actions.row(actionId)).state).toBe('done')
})

test('a worker that slept through its lease and wakes up writes nothing over what another one did', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, { refund: { what: 'shipping' } })
  await desk.settle()
  await desk.travel('61 s')
  const at = { workspaceId: desk.workspaceId, actionId }
  const sleeper = {
    ...desk.ctx,
    shopify: createShopify({ url: holding.url, clock: desk.clock, metrics: desk.ctx.metrics }),
  }
  const call = holding.holdNext(/graphql/)
  const second = async () => {
    await call.came
    await desk.travel('3 min')
    await runAction(desk.ctx, at)
    const state = await actions.row(actionId)
    call.letGo()
    return state
  }
  const [, done] = await Promise.all([runAction(sleeper, at), second()])
  await actions.pass(2)
  const after = await actions.row(actionId)
  expect([done.state, after.state]).toEqual(['done', 'done'])
  expect(after.steps.map(({ doneAt }) => doneAt)).toEqual(done.steps.map(({ doneAt }) => doneAt))
  expect(actions.counted()['refund.made']).toBe(1)
  expect((await desk.events('action.step_done')).filter(({ payload }) => isOf(payload, actionId))).toHaveLength(2)
})

const isOf = (payload: unknown, actionId: string) => (payload as { actionId: string }).actionId === actionId
