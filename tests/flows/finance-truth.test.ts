import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { reconcile } from '../../backend/features/finance/reconciling/reconciling.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { deactivateGiftCard } from '../../shared/gift-cards.ts'
import { fromDecimal } from '../../shared/money.ts'
import type { GiftCardRecord } from '../../workbench/emulators/shopify/store/records/gift-cards.ts'
import type { OrderRecord, TransactionRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { failRefund, letBank, settleRefund } from '../../workbench/emulators/shopify/world/bank.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything, firstLine, HOME } from '../support/action-plans.ts'
import { type Books, booksOf } from '../support/books.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let actions: ReturnType<typeof actionsAt>
let books: Books
let fern = ''

beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  actions = actionsAt(desk)
  books = booksOf(desk)
  fern = desk.shopId(FERN)
})
afterAll(() => desk.stop())

const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const payee = { name: 'Ada Moss', account: 'GB33BUKB20201555555555' }
const WITHOUT_MONEY = ['hold', 'tag', 'release', 'cancel']

/** What was done to an order, to its end. */
async function make(order: OrderRecord, parts: object): Promise<string> {
  const actionId = await actions.begin(order, parts)
  await actions.leave()
  await actions.pass(1)
  expect((await actions.row(actionId)).state).toBe('done')
  return actionId
}

type Line = Record<string, string>

/** Sums of a column per currency, to the smallest unit. */
function sums(lines: readonly Line[], amount: string, currency: string): Record<string, number> {
  const all: Record<string, number> = {}
  for (const line of lines) {
    const [text = '', code = ''] = [line[amount], line[currency]]
    if (text !== '') all[code] = (all[code] ?? 0) + fromDecimal(text, code).minor
  }
  return all
}

const ofStep = ({ action_id, step }: Line) => `${action_id} ${step}`

/** Everything that a sum, or a person who looks for money, would take for money. */
const amountsIn = (lines: readonly Line[]): string[] =>
  lines.flatMap((line) => AMOUNTS.flatMap((column) => line[column] || []))
const AMOUNTS = ['shop_amount', 'customer_amount', 'shop_tax', 'goods_at_retail', 'transaction_amount', 'rate_used']

const tables = () => desk.fern.shop.tables
const refunds = () => [...tables().transactions.all()].filter((one) => one.kind === 'REFUND' && one.refundId !== null)
const isMoved = ({ status }: TransactionRecord) => status !== 'FAILURE' && status !== 'ERROR'
const ourCards = () => [...tables().giftCards.all()].filter(({ note }: GiftCardRecord) => note?.startsWith('ca:'))

function added(amounts: readonly { minor: number; currency: string }[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const { minor, currency } of amounts) all[currency] = (all[currency] ?? 0) + minor
  return all
}

/** The books and the shop's own ledger, side by side. */
async function expectTruth(): Promise<Line[]> {
  await books.tick()
  const lines = await books.lines(fern)
  const ofKind = (step: string) => lines.filter((line) => line['step'] === step)
  const moved = refunds().filter(isMoved)
  expect(sums(ofKind('refund'), 'shop_amount', 'shop_currency')).toEqual(added(moved.map(({ amount }) => amount.shop)))
  expect(sums(ofKind('refund'), 'customer_amount', 'customer_currency')).toEqual(
    added(moved.map(({ amount }) => amount.presentment)),
  )
  expect(sums(ofKind('gift_card'), 'shop_amount', 'shop_currency')).toEqual(
    added(ourCards().map(({ initial }) => initial)),
  )
  return lines
}

/** Of each action the newest line of its refund says of each transaction what the ledger says. */
function expectStatuses(lines: readonly Line[]): void {
  const newest = new Map(lines.filter(({ step }) => step === 'refund').map((line) => [line['action_id'], line]))
  const inBooks = [...newest.values()].flatMap((line) => {
    const [parents = [], amounts = [], statuses = []] = [
      'parent_transaction',
      'transaction_amount',
      'transaction_status',
    ].map((column) => (line[column] ?? '').split('; ').filter(Boolean))
    return parents.map((parent, at) => `${parent} ${amounts[at]} ${statuses[at]}`)
  })
  const inShop = refunds().map(
    ({ parentId, amount, status }) =>
      `${parentId?.split('/').at(-1)} ${(amount.presentment.minor / 100).toFixed(2)} ${status}`,
  )
  expect(inBooks.sort()).toEqual(inShop.sort())
}

test('of each kind of order the books say what the shop’s ledger says, to the cent and per currency', async () => {
  const delivered = shop.delivered(shop.buy())
  const unshipped = shop.buy()
  const cash = shop.delivered(shop.collected(shop.openCash()))
  const openCash = shop.openCash()
  const mixed = shop.delivered(shop.mixed())
  const abroad = shop.delivered(shop.buy({ seenIn: { currency: 'SEK', rate: '13.27' } }))
  await make(delivered, everything(delivered))
  await make(unshipped, { cancel: { lines: null }, refund: { what: 'all' } })
  const byHand = await make(cash, { refund: { what: 'amount', amount: gbp(700), to: 'payout', payee } })
  await make(openCash, { cancel: { lines: null } })
  await make(mixed, { refund: { what: 'all' } })
  const inCrowns = await make(abroad, {
    refund: { what: 'lines', lines: [{ lineId: firstLine(abroad), quantity: 1 }] },
    giftCard: { amount: gbp(350) },
    reship: { lines: [{ lineId: firstLine(abroad), quantity: 1 }], address: HOME, method: 'Standard' },
  })
  const lines = await expectTruth()
  expectStatuses(lines)

  const steps = await desk.read((tx) => tx.actionStep.findMany({ where: { state: 'done' } }))
  expect(lines.map(ofStep).sort()).toEqual(steps.map(({ actionId, kind }) => `${actionId} ${kind}`).sort())
  expect(amountsIn(lines.filter(({ step = '' }) => WITHOUT_MONEY.includes(step)))).toEqual([])
  expect(lines.every(({ entry }) => entry === 'step')).toBe(true)
  const line = (actionId: string, step: string) =>
    lines.find((one) => one['action_id'] === actionId && one['step'] === step)
  expect(line(byHand, 'refund')).toMatchObject({ route: 'payout', payout_state: 'to_pay', customer_amount: '7.00' })
  expect(line(inCrowns, 'refund')).toMatchObject({ customer_currency: 'SEK', shop_currency: 'GBP' })
  const crowns = refunds().find(({ amount }) => amount.presentment.currency === 'SEK')?.amount
  const rate = (crowns?.shop.minor ?? 0) / (crowns?.presentment.minor ?? 1)
  expect(line(inCrowns, 'refund')?.['rate_used']).toBe(rate.toFixed(8))
  expect(line(inCrowns, 'reship')).toMatchObject({ shop_amount: '', goods_at_retail: '12.00', shop_currency: 'GBP' })
  const names = [...tables().orders.all()].filter(({ appId }) => appId !== null).map(({ name }) => name)
  expect(lines.flatMap(({ reship_order }) => reship_order || []).sort()).toEqual(names.sort())
  const cards = lines.filter(({ step }) => step === 'gift_card').map(({ gift_card_last4 }) => gift_card_last4)
  expect(cards.sort()).toEqual(
    ourCards()
      .map(({ code }) => code.slice(-4))
      .sort(),
  )
})

test('what a bank decides later is in the books soon after: money that arrived changes no sum, money that it refused is taken out', async () => {
  letBank(desk.fern.shop, 'when-told')
  const [good, bad] = [shop.delivered(shop.mixed()), shop.delivered(shop.buy())]
  await make(good, { refund: { what: 'all' } })
  await make(bad, { refund: { what: 'all' } })
  const pending = refunds().filter(({ status }) => status === 'PENDING')
  expect(pending.length).toBeGreaterThan(1)
  expectStatuses(await expectTruth())
  for (const { id, orderId } of pending)
    if (orderId === bad.id) failRefund(desk.fern.shop, id)
    else settleRefund(desk.fern.shop, id)
  letBank(desk.fern.shop, 'at-once')
  await desk.travel('11 min')
  const lines = await expectTruth()
  expectStatuses(lines)
  const [change] = lines.filter((line) => line['entry'] === 'change' && line['shop_amount'] !== '')
  expect(change).toMatchObject({ shop_amount: '-37.00', transaction_status: 'FAILURE' })
  expect(await desk.events('refund.money_decided')).toHaveLength(2)
  expect(await desk.read((tx) => tx.refundWatch.count())).toBe(0)
})

test('a bank’s refusal that the nightly comparison sees first is told as well, once', async () => {
  letBank(desk.fern.shop, 'when-told')
  const order = shop.delivered(shop.buy())
  const actionId = await make(order, { refund: { what: 'all' } })
  const money = refunds().find(({ orderId }) => orderId === order.id)
  if (!money) throw new Error('No money is on its way')
  failRefund(desk.fern.shop, money.id)
  letBank(desk.fern.shop, 'at-once')
  await desk.travel('20 min')
  await reconcile(desk.ctx, desk.workspaceId, fern)
  await expectTruth()
  const told = (await desk.events('refund.money_decided')).filter(
    ({ payload }) => (payload as { actionId: string }).actionId === actionId,
  )
  expect(told).toMatchObject([{ payload: { failed: true } }])
  expect(await desk.read((tx) => tx.refundWatch.count())).toBe(0)
})

test('a card that is taken back leaves the books but for what was spent, and one that replaces it comes into them', async () => {
  const order = shop.delivered(shop.buy())
  const actionId = await make(order, { giftCard: { amount: gbp(500) } })
  const first = ourCards().find(({ note }) => note === `ca:${actionId}:gift_card`)
  if (!first) throw new Error('No card was made')
  desk.fern.changeGiftCard(first, { balance: gbp(300) })
  const ofAction = () =>
    desk.read((tx) => tx.giftCardIssue.findMany({ where: { actionId }, orderBy: { createdAt: 'asc' } }))
  const takeBack = async (reissue: boolean) => {
    const giftCardId = (await ofAction()).at(-1)?.id ?? ''
    await desk.as('vera').call(deactivateGiftCard, { params: { giftCardId }, body: { reissue } })
    await desk.settle()
  }
  await takeBack(true)
  await takeBack(false)
  const lines = (await books.lines(fern)).filter((line) => ofStep(line) === `${actionId} gift_card`)
  const [old = '', replacement = ''] = (await ofAction()).map(({ last }) => last)
  expect(lines.map((line) => [line['shop_amount'], line['gift_card_state'], line['gift_card_last4']])).toEqual([
    ['5.00', 'issued', old],
    ['-3.00', 'deactivated', old],
    ['3.00', 'reissued', replacement],
    ['-3.00', 'deactivated', replacement],
  ])
  expect(JSON.stringify(lines)).not.toContain(first.code)
  await desk.travel('4 hours')
  await books.tick()
  const differences = await desk.read((tx) => tx.reconciliationDifference.findMany({ where: { kind: 'gift_card' } }))
  expect(differences).toEqual([])
  const card = [...tables().giftCards.all()].find(({ note }) => note?.startsWith('gc:'))
  if (!card) throw new Error('No card replaced the first')
  desk.fern.changeGiftCard(card, { initial: gbp(400) })
  await desk.travel('4 hours')
  await books.tick()
  expect(await desk.read((tx) => tx.reconciliationDifference.findMany({ where: { kind: 'gift_card' } }))).toMatchObject(
    [{ difference: 'amount' }],
  )
})

test('a shop that is closed holds up no other one: what banks decide elsewhere is learned all the same', async () => {
  const { workspaceId } = desk
  const watched = (shopId: string, count: number, dueAt: Date) =>
    inWorkspace(desk.ctx, workspaceId, (tx) =>
      tx.refundWatch.createMany({
        data: Array.from({ length: count }, () => ({ workspaceId, stepId: newId(dueAt), shopId, refundId: 1n, dueAt })),
      }),
    )
  await watched(fern, 120, new Date(desk.clock.now().getTime() - 3_600_000))
  await watched(desk.shopId(FIG), 1, desk.clock.now())
  desk.shopify.settings.setStatus(FERN, 'frozen')
  const left = (shopId: string) => desk.read((tx) => tx.refundWatch.count({ where: { shopId } }))
  for (let tick = 0; tick < 3; tick++) {
    await desk.travel('11 min')
    await books.tick()
  }
  expect([await left(fern), await left(desk.shopId(FIG))]).toEqual([120, 0])
})
