import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { presetOf } from '../../backend/features/combined-actions/planning/presets.ts'
import { bookSteps } from '../../backend/features/finance/booking.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listReconciliations } from '../../shared/finance.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt } from '../support/action-plans.ts'
import { type Books, booksOf } from '../support/books.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
let books: Books
let fern = ''

beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
  books = booksOf(desk)
  fern = desk.shopId(FERN)
})
afterAll(() => desk.stop())

type Line = Record<string, string>

const linesOf = async (actionId: string): Promise<Line[]> =>
  (await books.lines(fern)).filter(({ action_id }) => action_id === actionId)

const stepsIn = (lines: readonly Line[]) => lines.map(({ step }) => step)

/** A changed mind as its preset fills it, but for the mug, which is to come all the same. */
async function allButTheMug(order: OrderRecord): Promise<object> {
  const { cancel, refund, ...rest } = presetOf('changed_mind', await actions.read(order)).input
  const [tea] = cancel?.lines ?? []
  if (!tea || refund?.what !== 'lines') throw new Error('The preset cancels nothing')
  return { ...rest, cancel: { ...cancel, lines: [tea] }, refund: { ...refund, lines: [tea] } }
}

async function changedMind(): Promise<string> {
  const order = shop.partly()
  const actionId = await actions.begin(order, await allButTheMug(order))
  await actions.leave()
  expect(await actions.steps(actionId)).toEqual({ hold: 'done', refund: 'done', tag: 'done', release: 'done' })
  return actionId
}

test('each step of a preset is a line, in the order in which they were done, and only the one that moved money has amounts', async () => {
  const lines = await linesOf(await changedMind())
  expect(lines.map(({ step, step_in_words, shop_amount }) => [step, step_in_words, shop_amount])).toEqual([
    ['hold', 'Shipping held back', ''],
    ['refund', 'Refund', '12.00'],
    ['tag', 'Order tagged', ''],
    ['release', 'Shipping goes on', ''],
  ])
  expect(lines.map(({ utc_time }) => utc_time)).toEqual(lines.map(({ utc_time }) => utc_time).sort())
  for (const line of lines) expect(line).toMatchObject({ entry: 'step', order: 'FF-1001', agent: 'Nora' })
  const { utc_time: _, entry_id: __, shop_date: ___, ...tag } = lines[2] ?? {}
  const filled = Object.entries(tag).filter(([, cell]) => cell !== '')
  expect(Object.fromEntries(filled)).toEqual({
    entry: 'step',
    action_id: lines[0]?.['action_id'],
    order: 'FF-1001',
    step: 'tag',
    step_in_words: 'Order tagged',
    reason_code: 'changed_mind',
    reason: 'Changed their mind',
    agent: 'Nora',
  })
})

test('of an action that was taken back the books say that shipping was held and goes on, and no money', async () => {
  const order = shop.buy()
  const actionId = await actions.begin(order, { cancel: { lines: null }, refund: { what: 'all' } })
  await desk.settle()
  await actions.undo(actionId)
  await actions.leave()
  const lines = await linesOf(actionId)
  expect(stepsIn(lines)).toEqual(['hold', 'release'])
  for (const line of lines) expect(line).toMatchObject({ shop_amount: '', shop_currency: '', customer_amount: '' })
})

test('the nightly comparison counts what is in the shop only: a hold, a tag and a release are nothing to find there', async () => {
  await desk.travel('4 hours')
  await books.tick()
  await changedMind()
  await desk.travel('4 hours')
  await books.tick()
  const { items } = await desk.as('vera').call(listReconciliations, { params: { shopId: fern } })
  expect(items[0]).toMatchObject({ compared: 1, differences: [] })
})

test('books that were kept without these lines have them within the hour, and nothing twice', async () => {
  const actionId = await changedMind()
  await books.tick()
  const before = await linesOf(actionId)
  const holding = await desk.read((tx) =>
    tx.actionStep.findMany({ where: { actionId, kind: { in: ['hold', 'tag', 'release'] } } }),
  )
  await desk.ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.workspace_id', ${desk.workspaceId}, true)`
    await tx.financeEntry.deleteMany({ where: { stepId: { in: holding.map(({ id }) => id) } } })
  })
  expect(stepsIn(await linesOf(actionId))).toEqual(['refund'])
  await books.tick()
  await books.tick()
  const after = await linesOf(actionId)
  expect(stepsIn(after)).toEqual(['refund', 'hold', 'tag', 'release'])
  const known = ({ entry_id: _, ...line }: Line) => line
  expect(new Set(after.map(known))).toEqual(new Set(before.map(known)))
})

test('steps that are booked together stand in the order in which they were done', async () => {
  const done: { actionId: string; stepId: string }[] = []
  for (let one = 0; one < 12; one++) {
    done.push(await books.done({ shopId: fern, order: '#later' }))
    await desk.travel('1 min')
  }
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) =>
    bookSteps(tx, await desk.ctx.keyring.box(tx), done.map(({ stepId }) => stepId).reverse()),
  )
  const lines = (await books.lines(fern)).filter(({ order }) => order === '#later')
  expect(lines.map(({ action_id }) => action_id)).toEqual(done.map(({ actionId }) => actionId))
})
