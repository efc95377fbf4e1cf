import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { givenSoFar } from '../../backend/features/combined-actions/rules/given.ts'
import { overLimitsOf } from '../../backend/features/combined-actions/rules/limits.ts'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  ActionInput,
  type ActionSettings,
  createCombinedAction,
  writeActionSettings,
} from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { openDispute } from '../../workbench/emulators/shopify/world/bank.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf, plannerOf } from '../support/action-orders.ts'
import { someone } from '../support/customer-mail.ts'
import type { StaffName } from '../support/desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
})
afterAll(() => desk.stop())

const NONE = { action: null, order: null, customerYear: null, agentDay: null }
const UNLIMITED: ActionSettings = {
  undoSeconds: 60,
  limits: { agent: NONE, supervisor: NONE, admin: NONE },
  shopDay: null,
}
/** Only this limit of agents counts. */
const limit = (agent: Partial<ActionSettings['limits']['agent']>, shopDay: number | null = null) =>
  desk.as('ada').call(writeActionSettings, {
    body: { ...UNLIMITED, shopDay, limits: { ...UNLIMITED.limits, agent: { ...NONE, ...agent } } },
  })

/** A delivered order of 37.00 of somebody who never bought before. */
const bought = (email = someone()): OrderRecord => {
  const customer = desk.fern.customer({ email })
  return shop.delivered(shop.buy({ customerId: customer.id }))
}

/** An amount goes back for an order; what the desk says of it. */
async function refund(order: OrderRecord, minor: number, who: StaffName = 'nora') {
  const { ticketId, orderId } = await forms.about(order, order.email ?? '')
  const body = ActionInput.parse({
    reason: { code: 'damaged' },
    refund: { what: 'amount', amount: { minor, currency: 'GBP' } },
  })
  return desk.as(who).call(createCombinedAction, { params: { ticketId, orderId }, body })
}

/** The runner is not what is tried here: the open action of an order is over, with what it became. */
const end = (actionId: string, state: 'done' | 'undone' | 'declined' | 'stopped', step: object = {}) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const { workspaceId } = desk
    await tx.actionStep.updateMany({ where: { workspaceId, actionId, kind: 'refund' }, data: step })
    await tx.combinedAction.updateMany({ where: { workspaceId, id: actionId }, data: { state } })
  })

test('an action up to the limit goes on by itself, one above it waits', async () => {
  await limit({ action: 1_000 })
  expect(await refund(bought(), 1_000)).toMatchObject({ state: 'undoable', causes: [] })
  expect(await refund(bought(), 1_001)).toMatchObject({
    state: 'waiting_approval',
    causes: ['action_limit'],
    leavesAt: null,
  })
  expect(await refund(bought(), 1_001, 'vera')).toMatchObject({ state: 'undoable', causes: [] })
})

test('an order counts what it got in Shopify itself, too', async () => {
  await limit({ order: 1_000 })
  const order = bought()
  desk.fern.refund(order.id, 600)
  await desk.settle()
  expect(await refund(order, 401)).toMatchObject({ causes: ['order_limit'] })
})

test('a customer counts over all orders, by address or by Shopify’s id, and what is planned counts already', async () => {
  await limit({ customerYear: 2_000 })
  const first = bought()
  const again = shop.delivered(shop.buy({ customerId: first.customerId ?? null, email: 'elsewhere@home.example' }))
  expect(await refund(first, 1_200)).toMatchObject({ causes: [] })
  expect(await refund(again, 801)).toMatchObject({ causes: ['customer_year_limit'] })
  const guest = shop.delivered(shop.buy({ customerId: null, email: first.email }))
  expect((await refund(guest, 801)).causes).toEqual(['customer_year_limit'])
})

test('after a year it counts no more', async () => {
  await limit({ customerYear: 2_000 })
  const email = someone()
  const old = await refund(bought(email), 1_500)
  expect((await refund(bought(email), 600)).causes).toEqual(['customer_year_limit'])
  const createdAt = new Date(desk.clock.now().getTime() - 366 * 86_400_000)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.combinedAction.updateMany({
      where: { workspaceId: desk.workspaceId, id: old.id },
      data: { createdAt, shopDay: createdAt },
    }),
  )
  expect((await refund(bought(email), 1_400)).causes).toEqual([])
})

test('an agent counts a day, whoever the customers are; colleagues and the next day count apart', async () => {
  await limit({ agentDay: 2_000 })
  await desk.travel('24 h')
  expect(await refund(bought(), 1_200)).toMatchObject({ causes: [] })
  expect(await refund(bought(), 801)).toMatchObject({ causes: ['agent_day_limit'] })
  expect(await refund(bought(), 801, 'sam')).toMatchObject({ causes: [] })
  await desk.travel('24 h')
  expect(await refund(bought(), 801)).toMatchObject({ causes: [] })
})

test('a shop counts a day over everybody, in Shopify itself too', async () => {
  await limit({}, 2_000)
  await desk.travel('24 h')
  await desk.settle() // what was confirmed before is done on that day
  await desk.travel('24 h')
  desk.fern.refund(bought().id, 1_000)
  await desk.settle()
  expect(await refund(bought(), 600, 'sam')).toMatchObject({ causes: [] })
  expect(await refund(bought(), 401, 'ada')).toMatchObject({ causes: ['shop_day_limit'] })
})

test('gift cards and what is sent again at retail count like money', async () => {
  await limit({ action: 3_700 })
  const order = bought()
  const { ticketId, orderId } = await forms.about(order, order.email ?? '')
  const live = await plannerOf(desk).read(order)
  const lines = live.lines.map(({ id, ordered }) => ({ lineId: id, quantity: ordered }))
  const reship = { lines, address: live.address, method: 'Standard' }
  const giftCard = { amount: { minor: 501, currency: 'GBP' } }
  const body = ActionInput.parse({ reason: { code: 'spilled' }, reship, giftCard })
  const action = await desk.as('nora').call(createCombinedAction, { params: { ticketId, orderId }, body })
  expect(action.causes).toEqual(['action_limit'])
})

test('what was taken back or declined gave nothing, and what Shopify counts already is not counted twice', async () => {
  await limit({ customerYear: 2_000 })
  const email = someone()
  const undone = await refund(bought(email), 1_500)
  await end(undone.id, 'undone')
  const declined = await refund(bought(email), 1_500)
  await end(declined.id, 'declined')
  const order = bought(email)
  const done = await refund(order, 1_500)
  expect(done.causes).toEqual([])
  const { id } = desk.fern.refund(order.id, 1_500)
  await end(done.id, 'done', { state: 'done', source: `refund/${shopifyIdOf(id)}` })
  await desk.settle()
  expect(await refund(bought(email), 500)).toMatchObject({ causes: [] })
  expect(await refund(bought(email), 501)).toMatchObject({ causes: ['customer_year_limit'] })
})

test('a refund whose money the bank still holds counts as it was planned', async () => {
  await limit({ customerYear: 2_000 })
  const email = someone()
  const done = await refund(bought(email), 1_500)
  await end(done.id, 'done', { state: 'done', source: 'refund/9999999' })
  expect(await refund(bought(email), 501)).toMatchObject({ causes: ['customer_year_limit'] })
})

test('a step that was refused counts as long as it may be tried again', async () => {
  await limit({ customerYear: 2_000 })
  const email = someone()
  const first = await refund(bought(email), 1_500)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.actionStep.updateMany({
      where: { workspaceId: desk.workspaceId, actionId: first.id },
      data: { state: 'refused' },
    }),
  )
  const second = await refund(bought(email), 600)
  expect(second.causes).toEqual(['customer_year_limit'])
  await end(second.id, 'declined')
  await end(first.id, 'stopped', { state: 'refused' })
  expect(await refund(bought(email), 600)).toMatchObject({ causes: [] })
})

test('what a parked action has done still counts when its rest is reviewed again', async () => {
  const order = bought()
  const first = await refund(order, 1_500)
  const { orderId, email } = { orderId: first.orderId, email: order.email }
  const orderGets = () =>
    desk.read(async (tx) => {
      const weighing = {
        shopId: desk.shopId(FERN),
        orderId,
        customerShopifyId: null,
        emailKey: email,
        byId: desk.staff.nora.id,
        currency: 'GBP',
        day: '2000-01-01',
        timeZone: 'Europe/London',
        exceptActionId: first.id,
      }
      return (await givenSoFar(tx, weighing)).order
    })
  expect(await orderGets()).toBe(0)
  await end(first.id, 'stopped', { state: 'done', source: 'refund/9999998' })
  expect(await orderGets()).toBe(1_500)
})

test('limits are written in hundredths, and mean the same in a currency that has none, or thousandths', async () => {
  const settings = { ...UNLIMITED, limits: { ...UNLIMITED.limits, agent: { ...NONE, action: 10_000 } } }
  const passes = (minor: number, currency: string) =>
    desk.read(async (tx) => {
      const nobody = {
        customerShopifyId: null,
        emailKey: null,
        day: '2000-01-01',
        timeZone: 'UTC',
        exceptActionId: null,
      }
      const about = { ...nobody, shopId: newId(), orderId: newId(), byId: newId(), currency }
      const over = await overLimitsOf(tx, about, { minor, currency }, { role: 'agent', settings })
      return over.map(({ words }) => words)
    })
  expect(await passes(100, 'JPY')).toEqual([])
  expect(await passes(101, 'JPY')).toEqual(['¥101 is above the limit of ¥100 for one action'])
  expect(await passes(100_000, 'KWD')).toEqual([])
  expect(await passes(100_001, 'KWD')).toHaveLength(1)
  expect(await passes(10_001, 'GBP')).toEqual(['£100.01 is above the limit of £100.00 for one action'])
})

test('an order of somebody of the staff, or one with an open dispute, waits whatever it is worth', async () => {
  await limit({})
  const sam = desk.fern.customer({ email: desk.staff.sam.email })
  const ofSam = shop.delivered(shop.buy({ customerId: sam.id, email: someone() }))
  expect(await refund(ofSam, 1)).toMatchObject({ causes: ['staff_address'] })
  const order = bought()
  openDispute(desk.fern.shop, order.id)
  expect(await refund(order, 1, 'ada')).toMatchObject({ causes: ['open_dispute'] })
})

test('two agents, or one agent twice, at the same moment never pass a limit together', async () => {
  await limit({ customerYear: 2_000 })
  const customer = desk.fern.customer({ email: someone() })
  const orders = [1, 2, 3, 4].map(() => shop.delivered(shop.buy({ customerId: customer.id })))
  const about: { ticketId: string; orderId: string }[] = []
  for (const order of orders) about.push(await forms.about(order, order.email ?? ''))
  const body = ActionInput.parse({
    reason: { code: 'damaged' },
    refund: { what: 'amount', amount: { minor: 900, currency: 'GBP' } },
  })
  const names: StaffName[] = ['nora', 'sam', 'nora', 'sam']
  const actions = await Promise.all(
    about.map(({ ticketId, orderId }, index) =>
      desk.as(names[index] ?? 'nora').call(createCombinedAction, { params: { ticketId, orderId }, body }),
    ),
  )
  expect(actions.map(({ state }) => state).sort()).toEqual([
    'undoable',
    'undoable',
    'waiting_approval',
    'waiting_approval',
  ])
})
