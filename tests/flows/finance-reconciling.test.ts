import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { reconcile } from '../../backend/features/finance/reconciling/reconciling.ts'
import { listReconciliations, type Reconciliation } from '../../shared/finance.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { type Books, booksOf } from '../support/books.ts'
import { refusalOf } from '../support/caller.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
let books: Books
let shopId = ''

beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
  books = booksOf(desk)
  shopId = desk.shopId(FERN)
})
afterAll(() => desk.stop())
beforeEach(() => desk.shopify.faults.clear())

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const tables = () => desk.fern.shop.tables

async function make(order: OrderRecord, parts: object): Promise<string> {
  const actionId = await actions.begin(order, parts)
  await actions.leave()
  await actions.pass(1)
  expect((await actions.row(actionId)).state).toBe('done')
  return actionId
}

/** What is listed the night after. */
async function night(): Promise<Reconciliation> {
  await desk.travel('4 hours')
  await books.tick()
  const { items } = await desk.as('vera').call(listReconciliations, { params: { shopId } })
  const [newest] = items
  if (!newest?.endedAt) throw new Error('The night is not over')
  return newest
}

const found = ({ differences }: Reconciliation) =>
  differences.map(({ kind, difference }) => `${kind} ${difference}`).sort()

test('a night on which all is as the journal says lists nothing', async () => {
  const [first, second] = [shop.delivered(shop.buy()), shop.buy()]
  await make(first, everything(first))
  await make(second, { cancel: { lines: null }, refund: { what: 'all' } })
  const compared = await night()
  expect(compared).toMatchObject({ compared: 5, differences: [] })
  expect((await desk.events('shop.reconciled')).at(-1)).toMatchObject({
    payload: { shopId, compared: 5, differences: 0 },
  })
  expect(await night()).toMatchObject({ compared: 0, differences: [], from: expect.stringMatching(/Z$/) })
})

test('what was done here and is not in the shop is listed', async () => {
  await books.done({ shopId, kind: 'refund', amount: gbp(900), source: 'refund/4711' })
  await books.done({ shopId, kind: 'gift_card', amount: gbp(500), source: 'gift_card/4712' })
  await books.done({ shopId, kind: 'reship', amount: gbp(500), source: 'order/4713' })
  await books.done({ shopId, kind: 'cancel' })
  const compared = await night()
  expect(found(compared)).toEqual([
    'cancellation ours_only',
    'gift_card ours_only',
    'refund ours_only',
    'reship ours_only',
  ])
  expect(compared.differences.map(({ words }) => words)).toContainEqual(
    expect.stringMatching(/^A refund for .* was done here \(refund\/4711\), and Shopify does not have it\.$/),
  )
  expect(found(await night())).toEqual([])
})

test('what bears our mark and is not in the journal is listed: a desk that was restored from an older backup', async () => {
  const [first, second] = [shop.delivered(shop.buy()), shop.buy()]
  const gone = [
    await make(first, everything(first)),
    await make(second, { cancel: { lines: null }, refund: { what: 'all' } }),
  ]
  await desk.ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.workspace_id', ${desk.workspaceId}, true)`
    await tx.combinedAction.deleteMany({ where: { id: { in: gone } } })
  })
  const compared = await night()
  expect(found(compared)).toEqual([
    'cancellation theirs_only',
    'gift_card theirs_only',
    'refund theirs_only',
    'refund theirs_only',
    'reship theirs_only',
  ])
})

test('an effect that happened twice in the shop is listed, and the first one is not', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await make(order, { refund: { what: 'shipping' } })
  const again = desk.fern.refund(order.id, 100)
  desk.fern.shop.commit([put('refunds', { ...again, note: `ca:${actionId}:refund` })])
  const compared = await night()
  expect(found(compared)).toEqual(['refund theirs_only'])
  expect(compared.differences[0]?.words).toMatch(/once more \(refund\/\d+\); here it was done once \(refund\/\d+\)/)
})

test('other amounts, a card taken back, a reship cancelled and a bank that refused are listed', async () => {
  const [first, second, third] = [shop.delivered(shop.buy()), shop.delivered(shop.buy()), shop.delivered(shop.buy())]
  await make(first, { giftCard: { amount: gbp(500) } })
  const cards = () => [...tables().giftCards.all()]
  const more = cards().at(-1)
  if (!more) throw new Error('No card was made')
  desk.fern.changeGiftCard(more, { initial: gbp(900) })
  const actionId = await make(second, everything(second))
  const taken = cards().find(({ note }) => note === `ca:${actionId}:gift_card`)
  if (!taken) throw new Error('No card was made')
  desk.fern.changeGiftCard(taken, { deactivatedAt: desk.fern.shop.at() })
  const reship = [...tables().orders.all()].find(({ sourceIdentifier }) => sourceIdentifier === `ca:${actionId}:reship`)
  desk.fern.change(reship?.id ?? '', { cancelledAt: desk.fern.shop.at() })
  await make(third, { refund: { what: 'all' } })
  const money = [...tables().transactions.all()].find(({ orderId, kind }) => orderId === third.id && kind === 'REFUND')
  if (!money) throw new Error('No money was given back')
  desk.fern.shop.commit([put('transactions', { ...money, status: 'FAILURE' })])
  const compared = await night()
  expect(found(compared)).toEqual(['gift_card amount', 'gift_card status', 'refund status', 'reship status'])
  expect(compared.differences.map(({ words }) => words).join('\n')).toMatch(
    /The bank turned down £37\.00 of the refund on FF-\d+/,
  )
  expect(compared.differences.map(({ words }) => words).join('\n')).toMatch(
    /Shopify says £9\.00 .* the books say £5\.00/,
  )
})

test('a payout that does not say what was refunded is listed, and one that is missing', async () => {
  const payee = { name: 'Ada', account: 'GB33BUKB20201555555555' }
  const { payoutId } = await books.done({ shopId, amount: gbp(700), route: 'payout', payee, source: 'refund/1' })
  await books.done({ shopId, amount: gbp(300), route: 'payout', source: 'refund/2' })
  await desk.ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.workspace_id', ${desk.workspaceId}, true)`
    await tx.payout.updateMany({ where: { id: payoutId }, data: { minor: 701n } })
  })
  expect(found(await night()).filter((one) => one.startsWith('payout'))).toEqual(['payout amount', 'payout ours_only'])
})

test('a comparison that is cut off goes on where it was, and counts nothing twice', async () => {
  for (let count = 0; count < 12; count++) desk.fern.buy()
  const order = shop.delivered(shop.buy())
  const actionId = await make(order, everything(order))
  await desk.ctx.db.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.workspace_id', ${desk.workspaceId}, true)`
    await tx.combinedAction.deleteMany({ where: { id: actionId } })
  })
  const before = (await desk.events('shop.reconciled')).length
  await desk.travel('4 hours')
  for (const operation of ['Marks', 'GiftCards']) desk.shopify.faults.add({ kind: 'drop-before', operation })
  await books.tick()
  const stages = () =>
    desk.read((tx) => tx.reconciliation.findMany({ where: { endedAt: null }, select: { stage: true } }))
  expect(await stages()).toEqual([{ stage: 'orders' }])
  await desk.travel('1 h')
  await desk.settle()
  expect(await stages()).toEqual([{ stage: 'cards' }])
  await desk.travel('1 h')
  await desk.settle()
  expect((await desk.events('shop.reconciled')).length).toBe(before + 1)
  const { items } = await desk.as('frank').call(listReconciliations, { params: { shopId }, query: { limit: 1 } })
  expect(found(items[0] as Reconciliation)).toEqual([
    'gift_card theirs_only',
    'refund theirs_only',
    'reship theirs_only',
  ])
})

test('two who compare one shop at the same moment make one comparison', async () => {
  const before = await desk.read((tx) => tx.reconciliation.count())
  await desk.travel('4 hours')
  await Promise.all([0, 1, 2].map(() => reconcile(desk.ctx, desk.workspaceId, shopId)))
  expect(await desk.read((tx) => tx.reconciliation.count({ where: { endedAt: null } }))).toBe(0)
  expect(await desk.read((tx) => tx.reconciliation.count())).toBeLessThanOrEqual(before + 3)
  expect(await desk.read((tx) => tx.reconciliationStep.count())).toBe(0)
})

test('finance reads the differences on the page of the shop; an agent does not', async () => {
  expect((await visitor(desk, 'frank').open(`/finance/shops/${shopId}`)).text).toContain('steps compared')
  expect((await refusalOf(desk.as('nora').call(listReconciliations, { params: { shopId } }))).code).toBe('forbidden')
})

test('a shop that cannot be asked is told on its page, and once it can, the nights that were missed are compared', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await make(order, { refund: { what: 'shipping' } })
  desk.shopify.settings.setStatus(FERN, 'frozen')
  for (let nights = 0; nights < 3; nights++) {
    await desk.travel('1 day')
    await books.tick()
  }
  const frank = await visitor(desk, 'frank').open(`/finance/shops/${shopId}`)
  expect(frank.text).toContain('Not compared now.')
  expect(frank.text).not.toContain('Runs now.')
  expect((await visitor(desk, 'frank').open('/finance')).text).toContain('It cannot be asked now.')
  desk.shopify.settings.setStatus(FERN, 'open')
  await desk.connect(FERN)
  const again = desk.fern.refund(order.id, 100)
  desk.fern.shop.commit([put('refunds', { ...again, note: `ca:${actionId}:refund` })])
  const compared = await night()
  expect(compared.compared).toBeGreaterThan(0)
  expect(found(compared)).toEqual(['refund theirs_only'])
  expect((await visitor(desk, 'frank').open(`/finance/shops/${shopId}`)).text).not.toContain('Not compared now.')
})
