import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getGiftCard, listGiftCards, showGiftCardCode } from '../../shared/gift-cards.ts'
import { refusalOf } from '../support/caller.ts'
import { type CardDesk, cardsAt } from '../support/gift-card-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let cards: CardDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  cards = cardsAt(desk)
})
afterAll(() => desk.stop())

const log = (query: { last?: string; cursor?: string; limit?: number } = {}) =>
  desk.as('nora').call(listGiftCards, { query })

test('the log names who gave which card to whom and why, and never its code', async () => {
  const card = await cards.issued({ minor: 2_500, expiresOn: '2030-01-31', reason: 'late' })
  const [line] = (await log()).items
  expect(line).toMatchObject({
    id: card.id,
    state: 'issued',
    last: card.last,
    amount: { text: '£25.00' },
    expiresOn: '2030-01-31',
    reason: 'late',
    by: 'Nora',
    imported: false,
    work: null,
  })
  expect(JSON.stringify(line)).not.toContain(card.code)
})

test('a card is found by its last four characters, and by more of them', async () => {
  const card = await cards.issued()
  const other = await cards.issued()
  for (const length of [4, 6, 8]) {
    const ids = (await log({ last: card.code.slice(-length) })).items.map(({ id }) => id)
    expect(ids).toContain(card.id)
    if (length > 4) expect(ids).not.toContain(other.id)
  }
  expect((await log({ last: card.code.slice(-8).toUpperCase() })).items.map(({ id }) => id)).toEqual([card.id])
})

test('the log is read page by page, each card once, the newest first', async () => {
  for (let made = 0; made < 5; made++) await cards.planned({ reason: 'page' })
  const all = (await log({ limit: 100 })).items.map(({ id }) => id)
  const paged: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await log({ limit: 2, ...(cursor && { cursor }) })
    paged.push(...page.items.map(({ id }) => id))
    if (page.next === null) break
    cursor = page.next
  }
  expect(paged).toEqual(all)
  expect(new Set(paged).size).toBe(paged.length)
})

test('a view of one card tells the balance of this moment, and the last known one when Shopify is away', async () => {
  const card = await cards.issued({ minor: 4_000 })
  const [inShop] = cards.inShop().filter(({ id }) => id === card.gid)
  if (!inShop) throw new Error('Shopify has no such card')
  desk.fern.changeGiftCard(inShop, { balance: { minor: 1_500, currency: 'GBP' } })
  expect((await cards.view(card.id)).balance?.text).toBe('£15.00')
  desk.shopify.faults.add({ operation: 'giftCard', kind: '503' })
  expect((await cards.view(card.id)).balance?.text).toBe('£15.00')
})

test('a code is shown to whoever works on tickets, and the record says who looked, each time', async () => {
  const card = await cards.issued()
  for (const name of ['nora', 'vera'] as const)
    expect(await desk.as(name).call(showGiftCardCode, { params: { giftCardId: card.id } })).toEqual({ code: card.code })
  const shown = (await desk.events('gift_card.code_shown')).filter(
    ({ payload }) => (payload as { giftCardId: string }).giftCardId === card.id,
  )
  expect(shown.map(({ actorId }) => actorId)).toEqual([desk.staff.nora.id, desk.staff.vera.id])
  for (const name of ['frank', 'rhea'] as const)
    expect((await refusalOf(desk.as(name).call(showGiftCardCode, { params: { giftCardId: card.id } }))).code).toBe(
      'forbidden',
    )
})

test('a code that Shopify has not confirmed is shown to nobody', async () => {
  const card = await cards.planned()
  const refused = await refusalOf(desk.as('ada').call(showGiftCardCode, { params: { giftCardId: card.id } }))
  expect(refused.code).toBe('move_not_allowed')
  expect(refused.message).toContain('Look again when its action is done.')
})

test('another workspace knows nothing of a card', async () => {
  const nobody = '01890000-0000-7000-8000-00000000dead'
  expect((await refusalOf(desk.as('nora').call(getGiftCard, { params: { giftCardId: nobody } }))).code).toBe(
    'not_found',
  )
})
