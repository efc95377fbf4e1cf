import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { giftCardFigures, importGiftCards, listGiftCards } from '../../shared/gift-cards.ts'
import { refusalOf } from '../support/caller.ts'
import { type CardDesk, cardsAt } from '../support/gift-card-desk.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let cards: CardDesk
beforeAll(async () => {
  desk = await startShopDesk()
  cards = cardsAt(desk)
})
afterAll(() => desk.stop())

const HEAD = 'issued_on,amount,currency,last4,reason,agent,order,expires_on'
const importInto = (domain: string, ...lines: string[]) =>
  desk.as('ada').call(importGiftCards, {
    params: { shopId: desk.shopId(domain) },
    body: { csv: [HEAD, ...lines].join('\r\n') },
  })
const found = async (last: string) => (await desk.as('nora').call(listGiftCards, { query: { last } })).items
const figures = async (by: 'reason' | 'agent' | 'week', currency: string) =>
  (await desk.as('frank').call(giftCardFigures, { query: { by } })).items
    .filter(({ issued }) => issued.currency === currency)
    .map(({ group, count, issued, redeemed, outstanding }) => [
      group,
      count,
      issued.minor,
      redeemed.minor,
      outstanding.minor,
    ])

/** The shop's day of an instant. */
const dayInLondon = (instant: string | null) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date(instant ?? ''))

test('a history is imported with people and orders that the desk knows, and each bad line is told', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const reply = await importInto(
    FERN,
    `2026-03-02,"12,50",GBP,wx2c,Late parcel,nora,${order.name},2031-03-02`,
    '2026-03-03,8,GBP,wx2d,spillage,Somebody Gone,#4711,',
    '2026-02-30,8,GBP,wx2e,spillage,,,',
  )
  expect(reply).toEqual({ imported: 2, known: 0, refused: [{ line: 4, why: expect.stringContaining('2026-03-31') }] })
  expect((await found('wx2c'))[0]).toMatchObject({
    by: 'Nora',
    orderNumber: order.name,
    reason: 'Late parcel',
    amount: { text: '£12.50' },
    balance: null,
    expiresOn: '2031-03-02',
    issuedAt: '2026-03-02T12:00:00.000Z',
    imported: true,
  })
  expect((await found('wx2d'))[0]).toMatchObject({ by: 'Somebody Gone', orderNumber: '#4711' })
  expect((await desk.events('gift_cards.imported'))[0]?.payload).toEqual({
    shopId: desk.shopId(FERN),
    imported: 2,
    known: 0,
    refused: 1,
  })
})

test('the same line counts once: in one file, in the next file, and by two at the same moment', async () => {
  const lines = ['2026-03-04,9,GBP,wx3c,late,,,', '2026-03-04,"9,00",GBP,WX3C,LATE,,,', '2026-03-05,9,GBP,wx3d,late,,,']
  const replies = await Promise.all([importInto(FERN, ...lines), importInto(FERN, ...lines)])
  expect(replies.map(({ imported }) => imported).sort()).toEqual([0, 2])
  expect(await importInto(FERN, ...lines)).toEqual({ imported: 0, known: 3, refused: [] })
  expect(await found('wx3c')).toHaveLength(1)
})

test('a card that the desk issued itself is not counted again from a history', async () => {
  const card = await cards.issued({ minor: 1_100 })
  const day = dayInLondon((await cards.view(card.id)).issuedAt)
  expect(await importInto(FERN, `${day},11,GBP,${card.last},late,,,`)).toMatchObject({ imported: 0, known: 1 })
})

test('an imported card is joined to Shopify’s by day, worth and last characters; its balance is known then', async () => {
  const { createdAt } = desk.fern.giftCard({ code: 'oldcode1234mn7p', minor: 2_000 })
  await desk.travel('5 min')
  await desk.tick()
  const day = dayInLondon(createdAt)
  await importInto(FERN, `${day},20,GBP,mn7p,late,,,`, `${day},21,GBP,mn7p,late,,,`)
  const balances = (await found('mn7p')).map(({ amount, balance }) => [amount.minor, balance?.minor ?? null])
  expect(balances).toHaveLength(2)
  expect(balances).toContainEqual([2_000, 2_000])
  expect(balances).toContainEqual([2_100, null])
})

test('formulas, quotes and line breaks in a history are words like any other', async () => {
  await importInto(FERN, '2026-03-06,5,GBP,wx4c,"=HYPERLINK(""x"")\r\nlate, again",,,')
  expect((await found('wx4c'))[0]?.reason).toBe('=HYPERLINK("x")\r\nlate, again')
})

test('a whole code in a history is kept nowhere, only its last four characters', async () => {
  const code = 'ccgc2345abcd6789wxyz'
  await importInto(
    FERN,
    `2026-03-07,5,GBP,wx5c,late (${code}),Somebody ${code},${code},`,
    `2026-03-07,5,GBP,${code},late,,,`,
  )
  const [card] = await desk.read((tx) => tx.giftCardIssue.findMany({ where: { last: 'wx5c' } }))
  expect(card).toMatchObject({ reasonCode: 'late (ccgc…wxyz)', orderName: 'ccgc…wxyz' })
  const by = (await found('wx5c'))[0]?.by
  expect(by).toBe('Somebody ccgc…wxyz')
})

test('only admins import, only into a shop of theirs, and no file above 900 kB', async () => {
  const body = { csv: HEAD }
  const shopId = desk.shopId(FERN)
  expect((await refusalOf(desk.as('vera').call(importGiftCards, { params: { shopId }, body }))).code).toBe('forbidden')
  const nowhere = { params: { shopId: '01890000-0000-7000-8000-00000000dead' }, body }
  expect((await refusalOf(desk.as('ada').call(importGiftCards, nowhere))).code).toBe('not_found')
  const large = { params: { shopId }, body: { csv: 'x'.repeat(900_001) } }
  expect((await refusalOf(desk.as('ada').call(importGiftCards, large))).message).toContain('900 kB. Split it')
})

test('figures tell what was given, spent and can still be spent, by reason, agent and week, per currency', async () => {
  await importInto(
    FIG,
    '2026-03-01,10,EUR,aa2b,spillage,sam,,', // a Sunday
    '2026-03-02,20,EUR,aa2c,late,nora,,2026-04-01',
  )
  const card = await cards.issued({ domain: FIG, currency: 'EUR', minor: 5_000, reason: 'late', by: 'nora' })
  const inShop = cards.inShop(FIG).find(({ id }) => id === card.gid)
  if (!inShop) throw new Error('Shopify has no such card')
  desk.fig.changeGiftCard(inShop, { balance: { minor: 1_800, currency: 'EUR' } })
  await cards.view(card.id)
  await cards.planned({ domain: FIG, currency: 'EUR', minor: 9_900 })
  expect(await figures('reason', 'EUR')).toEqual([
    ['late', 2, 7_000, 3_200, 1_800],
    ['spillage', 1, 1_000, 0, 1_000],
  ])
  expect(await figures('agent', 'EUR')).toEqual([
    ['Nora', 2, 7_000, 3_200, 1_800],
    ['Sam', 1, 1_000, 0, 1_000],
  ])
  const weeks = await figures('week', 'EUR')
  expect(weeks.slice(1)).toEqual([
    ['2026-03-02', 1, 2_000, 0, 0],
    ['2026-02-23', 1, 1_000, 0, 1_000],
  ])
  expect(weeks[0]?.slice(1)).toEqual([1, 5_000, 3_200, 1_800])
})

test('of a card that was taken back counts what was spent, so that a reissue changes no sum', async () => {
  const before = await figures('reason', 'EUR')
  const card = await cards.issued({ domain: FIG, currency: 'EUR', minor: 3_000, reason: 'wrong_item' })
  const inShop = cards.inShop(FIG).find(({ id }) => id === card.gid)
  if (!inShop) throw new Error('Shopify has no such card')
  desk.fig.changeGiftCard(inShop, { balance: { minor: 2_500, currency: 'EUR' } })
  await cards.takeBack(card.id, true)
  await desk.settle()
  const now = await figures('reason', 'EUR')
  expect(now.filter(([group]) => group !== 'wrong_item')).toEqual(before)
  expect(now.filter(([group]) => group === 'wrong_item')).toEqual([['wrong_item', 2, 3_000, 500, 2_500]])
})

test('a card that the owner took back in Shopify itself can be spent no more, and counts with what had been spent', async () => {
  const before = await figures('reason', 'EUR')
  const card = await cards.issued({ domain: FIG, currency: 'EUR', minor: 4_000, reason: 'lost' })
  const inShop = cards.inShop(FIG).find(({ id }) => id === card.gid)
  if (!inShop) throw new Error('Shopify has no such card')
  desk.fig.changeGiftCard(inShop, { balance: { minor: 1_000, currency: 'EUR' }, deactivatedAt: desk.fig.shop.at() })
  await cards.view(card.id)
  const now = await figures('reason', 'EUR')
  expect(now.filter(([group]) => group !== 'lost')).toEqual(before)
  expect(now.filter(([group]) => group === 'lost')).toEqual([['lost', 1, 3_000, 3_000, 0]])
})
