import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Figure, FigureQuestion } from '../../shared/analytics.ts'
import { giftCardFigures } from '../../shared/gift-cards.ts'
import { ordersOf } from '../support/action-orders.ts'
import { actionsAt, everything } from '../support/action-plans.ts'
import { cardsAt } from '../support/gift-card-desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

/** What a real desk did in a shop, and what the shop says of it, meet in the figures. */
let desk: ShopDesk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startShopDesk()
  lake = lakeOf(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

const ask = (question: object): Promise<Figure> => {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const now = desk.clock.now().getTime()
  const period = { from: day(now - 2 * 86_400_000), to: day(now), zone: 'UTC' }
  return figureOf(desk.ctx, desk.workspaceId, FigureQuestion.parse({ ...period, ...question }))
}
const cells = ({ rows }: Figure) => rows.map(({ labels, currency, value }) => [...labels, currency, value])

test('a refund, a card and goods sent again have the reason, the person and the product of their action', async () => {
  const shop = ordersOf(desk.fern)
  const actions = actionsAt(desk)
  const order = shop.delivered(shop.buy())
  const actionId = await actions.begin(order, everything(order))
  const { workspaceId } = desk
  await inWorkspace(desk.ctx, workspaceId, (tx) =>
    tx.actionLine.createMany({
      data: [
        { position: 0, variantId: 1n, title: 'Green tea, 100 g', minor: 1_200n },
        { position: 1, variantId: 2n, title: 'Green tea, 250 g', minor: 400n },
      ].map((line) => ({ workspaceId, actionId, productId: 7_001n, quantity: 1, currency: 'GBP', ...line })),
    }),
  )
  await actions.leave()
  await desk.travel('10 min')
  await desk.tick() // the shop is looked through for what else is new: the order that was made, and the card
  await lake.pull()
  // 5.00 for the sending back, a card of 5.00, and a tea that cost the shop 4.00
  expect(cells(await ask({ metric: 'compensation', by: ['step', 'reason'] }))).toEqual([
    ['Gift card', 'Spilled or leaked', 'GBP', 500],
    ['Refund', 'Spilled or leaked', 'GBP', 500],
    ['Sent again', 'Spilled or leaked', 'GBP', 400],
  ])
  expect(cells(await ask({ metric: 'compensation', by: ['agent'] }))).toEqual([['Nora', 'GBP', 1_400]])
  expect(cells(await ask({ metric: 'compensation-lines', by: ['product'] }))).toEqual([['Green tea', 'GBP', 1_400]])
  // of each of these three parts in four are about the smaller one, which more was paid for: 375, 375 and 300
  expect(cells(await ask({ metric: 'compensation-lines', by: ['line'] }))).toEqual([
    ['Green tea, 100 g', 'GBP', 1_050],
    ['Green tea, 250 g', 'GBP', 350],
  ])
  expect(cells(await ask({ metric: 'action-lines', by: ['product', 'line'] }))).toEqual([
    ['Green tea', 'Green tea, 100 g', null, 1],
    ['Green tea', 'Green tea, 250 g', null, 1],
  ])
  expect(cells(await ask({ metric: 'actions', by: ['reason'] }))).toEqual([['Spilled or leaked', null, 1]])
  expect((await ask({ metric: 'action-time' })).totals[0]?.shares).toBe(1)
})

test('cards are what the page of gift cards says, also after one was given anew', async () => {
  const cards = cardsAt(desk)
  await cards.issued({ minor: 4_000 })
  const old = await cards.issued({ minor: 2_500, expiresOn: '2030-01-01' })
  await cards.takeBack(old.id, true)
  await lake.pull()
  const { items } = await desk.as('vera').call(giftCardFigures, { query: { by: 'reason' } })
  const page = (of: 'issued' | 'redeemed' | 'outstanding') => items.reduce((all, one) => all + one[of].minor, 0)
  const figure = async (metric: string) =>
    (await ask({ metric })).totals.reduce((all, { value }) => all + (value ?? 0), 0)
  expect(page('issued')).toBe(500 + 4_000 + 2_500)
  expect(await figure('gift-cards-issued')).toBe(page('issued'))
  expect(await figure('gift-cards-redeemed')).toBe(page('redeemed'))
  expect(await figure('gift-cards-outstanding')).toBe(page('outstanding'))
})
