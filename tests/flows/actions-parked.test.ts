import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import {
  approveAction,
  declineAction,
  expireApproval,
} from '../../backend/features/combined-actions/deciding/agreeing.ts'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
})
afterAll(() => desk.stop())
beforeEach(() => {
  desk.shopify.faults.clear()
  actions.counted()
})

const shipping = { refund: { what: 'shipping' } }

test('an order that the warehouse sent meanwhile stops the action, which says what changed; going on accepts that', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  shop.sent(order)
  actions.counted()
  await actions.leave()
  expect(actions.counted()).toEqual({})
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'moved' })
  expect(await actions.problem(actionId)).toBe(
    'The warehouse sent 1 parcel since you looked. Nothing more was done. Look at the order, then go on, review this again, or end it.',
  )
  await actions.resume(actionId)
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('done')
})

test('money that somebody gave back in Shopify meanwhile stops the action again after it was resumed', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  desk.fern.refund(order.id, 400)
  await actions.leave()
  expect(await actions.problem(actionId)).toMatch(/^Somebody refunded £4\.00 in Shopify\./)
  desk.fern.refund(order.id, 100)
  await actions.resume(actionId)
  await desk.settle()
  expect(await actions.problem(actionId)).toMatch(/^Somebody refunded £1\.00 in Shopify\./)
  await actions.stop(actionId)
  expect((await actions.row(actionId)).state).toBe('stopped')
})

test('a step that Shopify refuses parks the action with Shopify’s reason and what to do; the rest waits', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  await desk.settle()
  changePolicy(desk.fern.shop, { giftCards: false })
  actions.counted()
  await actions.leave()
  expect(await actions.steps(actionId)).toEqual({
    reship: 'done',
    refund: 'done',
    gift_card: 'refused',
    tag: 'planned',
  })
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'refused' })
  expect(await actions.problem(actionId)).toBe(
    'Shopify refused: Gift cards are unavailable on your plan. No card was issued. Review this again, or give the money back in another way.',
  )
  expect(await desk.events('action.step_refused')).toHaveLength(1)
  changePolicy(desk.fern.shop, { giftCards: true })
  const [before] = (await actions.row(actionId)).steps.filter(({ kind }) => kind === 'gift_card')
  await actions.resume(actionId)
  await desk.settle()
  const [after] = (await actions.row(actionId)).steps.filter(({ kind }) => kind === 'gift_card')
  expect(after?.entryId).not.toBe(before?.entryId)
  expect(await actions.steps(actionId)).toMatchObject({ gift_card: 'done', tag: 'done' })
  expect(actions.counted()).toMatchObject({ 'order.made': 1, 'refund.made': 1, 'gift-card.made': 1 })
})

test('what stands still for half an hour is said once more, and not again', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  shop.sent(order)
  await actions.leave()
  const isOfIt = ({ payload }: { payload: unknown }) => (payload as { actionId: string }).actionId === actionId
  const said = async () => (await desk.events('action.parked_long')).filter(isOfIt).length
  await desk.travel('29 min')
  await desk.settle()
  expect(await said()).toBe(0)
  await desk.travel('2 min')
  await desk.settle()
  await desk.travel('60 min')
  await desk.settle()
  expect(await said()).toBe(1)
})

test('a shop that lets nobody in parks the action until it is connected again', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  desk.shopify.settings.setStatus(FERN, 'frozen')
  actions.counted()
  await actions.leave()
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'shop_access' })
  expect(await actions.problem(actionId)).toContain('Shopify has frozen')
  desk.shopify.settings.setStatus(FERN, 'open')
  await desk.travel('61 min') // the check of every hour sees that it is over
  await desk.connect(FERN)
  await actions.resume(actionId)
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('done')
  expect(actions.counted()).toMatchObject({ 'refund.made': 1 })
})

test('while Shopify does not even answer questions, a running action says why nothing comes of it, until it goes on', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  desk.shopify.faults.add({ operation: 'order', kind: '503', times: 100 })
  await actions.leave()
  expect(await actions.row(actionId)).toMatchObject({ state: 'running' })
  expect(await actions.steps(actionId)).toMatchObject({ refund: 'planned' })
  expect(await actions.problem(actionId)).toMatch(/^Shopify does not answer/)
  desk.shopify.faults.clear()
  await actions.pass(2)
  expect((await actions.row(actionId)).state).toBe('done')
  expect(await actions.problem(actionId)).toBeNull()
})

test('while effects are paused nothing leaves, and it goes on by itself afterwards', async () => {
  const order = shop.buy()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } })
  actions.counted()
  await actions.leave()
  await desk.travel('10 min')
  await actions.tick()
  expect(actions.counted()).toEqual({})
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await actions.tick()
  await actions.pass(2)
  expect(actions.counted()).toMatchObject({ 'hold.placed': 1, 'refund.made': 1, 'order.cancelled': 1 })
  expect((await actions.row(actionId)).state).toBe('done')
})

test('a refund whose end nobody saw for a day is never sent again: a person must look', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  desk.shopify.faults.add({ operation: 'refundCreate', kind: 'drop-before' })
  await actions.leave()
  expect((await actions.steps(actionId)).refund).toBe('unknown')
  const tries = desk.shopify.faults.met('refundCreate').length
  await desk.travel('24 h')
  await desk.settle()
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'unclear' })
  expect((await actions.steps(actionId)).refund).toBe('needs_person')
  await actions.resume(actionId)
  await desk.settle()
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'unclear' })
  expect(desk.shopify.faults.met('refundCreate')).toHaveLength(tries)
  await actions.stop(actionId)
  expect((await actions.steps(actionId)).refund).toBe('needs_person')
})

test('a refund that was made although its answer was lost is found even after a day', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping)
  await desk.settle()
  actions.counted()
  desk.shopify.faults.add({ operation: 'refundCreate', kind: 'drop-after' })
  await actions.leave()
  await desk.travel('24 h')
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('done')
  expect(actions.counted()).toMatchObject({ 'refund.made': 1 })
})

const waiting = { causes: ['action_limit' as const] }
const acting = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(desk.ctx, desk.workspaceId, work)

test('an action that waits for approval holds its goods and nothing else; agreed to, it can be taken back for a moment', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } }, waiting)
  actions.counted()
  await actions.leave()
  await actions.pass(5)
  expect(actions.counted()).toEqual({ 'hold.placed': 1 })
  expect((await actions.row(actionId)).state).toBe('waiting_approval')
  await acting((tx) => approveAction(tx, { actionId, by: actions.actor('vera'), undoSeconds: 60 }))
  await desk.settle()
  expect((await actions.row(actionId)).state).toBe('undoable')
  expect(actions.counted()).toEqual({})
  await actions.leave()
  await actions.pass(1)
  expect((await actions.row(actionId)).state).toBe('done')
})

test('declined, it lets the goods go; nobody can decide twice', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } }, waiting)
  await desk.settle()
  actions.counted()
  const decline = () => acting((tx) => declineAction(desk.ctx, tx, { actionId, by: actions.actor('vera') }))
  await decline()
  await desk.settle()
  expect(actions.counted()).toEqual({ 'hold.released': 1 })
  expect((await actions.row(actionId)).state).toBe('declined')
  await expect(decline()).rejects.toMatchObject({ code: 'already_done' })
})

test('what nobody agreed to in time is never done by going on: it waits again', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, shipping, waiting)
  await desk.settle()
  await acting((tx) => expireApproval(desk.ctx, tx, actionId))
  expect(await actions.row(actionId)).toMatchObject({ state: 'parked', problem: 'approval_expired' })
  actions.counted()
  await actions.resume(actionId)
  await actions.leave()
  expect((await actions.row(actionId)).state).toBe('waiting_approval')
  expect(actions.counted()).toEqual({})
})

/** The desk's own books as they were in a backup that was taken before the action left. */
const restore = (actionId: string) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const entries = await tx.actionStep.findMany({ where: { actionId }, select: { entryId: true } })
    const id = { in: entries.flatMap(({ entryId }) => entryId ?? []) }
    const never = { attempt: 0, sentAt: null, progress: null, result: null, leaseUntil: null }
    await tx.journalEntry.updateMany({ where: { id }, data: { state: 'planned', ...never } })
    await tx.actionStep.updateMany({ where: { actionId }, data: { state: 'planned', doneAt: null, source: null } })
    await tx.giftCardIssue.updateMany({ where: { actionId }, data: { state: 'planned', shopifyId: null } })
    await tx.combinedAction.updateMany({ where: { id: actionId }, data: { state: 'running', endedAt: null } })
  })

test.each([
  ['goods that arrived', () => shop.delivered(shop.buy()), everything],
  ['goods that were never sent', () => shop.buy(), () => ({ cancel: { lines: null }, refund: { what: 'all' } })],
] as const)('a desk that was restored from a backup does nothing twice, days later: %s', async (_, buy, parts) => {
  const order = buy()
  const actionId = await actions.begin(order, parts(order))
  await actions.leave()
  await actions.pass(2)
  const sources = async () => (await actions.row(actionId)).steps.map(({ source }) => source)
  const before = await sources()
  await restore(actionId)
  await desk.travel('3 days')
  actions.counted()
  await actions.tick()
  await actions.pass(2)
  expect((await actions.row(actionId)).state).toBe('done')
  expect(actions.counted()).toEqual({})
  expect(await sources()).toEqual(before)
})

test('goods that left in the moment before they were held are said to have left, and the agent can go on', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } })
  shop.sent(order)
  await actions.leave()
  expect(await actions.steps(actionId)).toMatchObject({ hold: 'done', refund: 'planned' })
  expect(await actions.problem(actionId)).toMatch(/^The warehouse sent 1 parcel since you looked\./)
  await actions.stop(actionId)
})
