import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import { SUPPORT } from '../support/desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

/** What the desk counts of one shop, by what gave it. */
async function given(shopId = desk.shopId(FERN)) {
  const rows = await desk.read((tx) =>
    tx.compensation.findMany({ where: { workspaceId: desk.workspaceId, shopId }, orderBy: { source: 'asc' } }),
  )
  return rows.map(({ source, kind, minor, costMinor, currency, emailKey }) => ({
    source: source.split('/')[0],
    kind,
    minor: Number(minor),
    cost: costMinor === null ? null : Number(costMinor),
    currency,
    emailKey,
  }))
}

const sumOf = async (email: string) => {
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  const ticketId = items.find((item) => item.customer.email === email)?.id ?? ''
  return (await desk.as('nora').call(getTicket, { params: { ticketId } })).shop.compensation
}

test('what a customer got counts in every way and from anybody, also from Shopify itself', async () => {
  const email = 'ada@home.example'
  const ada = desk.fern.customer({ email })
  const tea = desk.fern.goods('Green tea', 1_200, 400)
  const line = { title: tea.title, variantId: tea.variantId, productId: tea.productId, price: tea.price }

  const bought = desk.fern.buy({ customerId: ada.id, lines: [line], discount: { code: 'SORRY', percent: 10 } })
  await desk.settle()
  desk.fern.refund(bought.id, 300)
  desk.fern.buy({ customerId: ada.id, lines: [{ ...line, price: 0, quantity: 2 }], shipping: null, paid: [] })
  desk.fern.giftCard({ code: 'ccgc0000ada1', minor: 2_000, customerId: ada.id })
  desk.fern.giftCard({ code: 'ccgc0000ada2', minor: 9_900, customerId: ada.id, orderId: bought.id })
  const elsewhere = desk.fig.buy({ email })
  desk.fig.refund(elsewhere.id, 700)
  await desk.travel('5 min')
  await desk.tick()

  const about = { currency: 'GBP', emailKey: email }
  expect(await given()).toEqual([
    { source: 'gift_card', kind: 'gift_card', minor: 2_000, cost: null, currency: 'GBP', emailKey: null },
    { source: 'order', kind: 'discount', minor: 120, cost: null, ...about },
    { source: 'order', kind: 'reship', minor: 2_400, cost: 800, ...about },
    { source: 'refund', kind: 'refund', minor: 300, cost: null, ...about },
  ])

  await desk.google.customers.write({ from: email, name: 'Ada', to: SUPPORT, subject: 'Hello', text: 'Hello?' })
  await desk.settle()
  expect(await sumOf(email)).toMatchObject([
    { currency: 'EUR', refunds: { minor: 700 }, refundCount: 1, total: { minor: 700 } },
    {
      currency: 'GBP',
      refunds: { minor: 300 },
      reships: { minor: 2_400 },
      reshipCost: { minor: 800 },
      giftCards: { minor: 2_000 },
      discounts: { minor: 120 },
      total: { minor: 4_820 },
    },
  ])
})

test('after twelve months it counts no more', async () => {
  await desk.travel('370 days')
  expect(await sumOf('ada@home.example')).toEqual([])
})

test('of a gift card that is taken back counts what was spent, and one that gets its owner later is theirs', async () => {
  const ben = desk.fern.customer({ email: 'ben@home.example' })
  const cards = ['1', '2', '3'].map((end) => desk.fern.giftCard({ code: `ccgc0000ben${end}`, minor: 1_000 }))
  const readAgain = async () => {
    await desk.travel('5 min')
    await desk.tick()
  }
  const sums = async () => {
    const sources = cards.map(({ id }) => `gift_card/${shopifyIdOf(id)}`)
    const where = { workspaceId: desk.workspaceId, source: { in: sources } }
    const rows = await desk.read((tx) => tx.compensation.findMany({ where, orderBy: { source: 'asc' } }))
    return rows.map(({ minor, customerShopifyId }) => [Number(minor), customerShopifyId])
  }
  await readAgain()
  expect(await sums()).toEqual([1_000, 1_000, 1_000].map((minor) => [minor, null]))
  const [spent, untouched, given] = cards
  if (!spent || !untouched || !given) throw new Error('there are three cards')
  const takenBack = { deactivatedAt: desk.fern.shop.at() }
  await desk.travel('30 days')
  desk.fern.changeGiftCard(spent, { ...takenBack, balance: { minor: 400, currency: 'GBP' } })
  desk.fern.changeGiftCard(untouched, takenBack)
  desk.fern.changeGiftCard(given, { customerId: ben.id })
  await readAgain()
  expect(await sums()).toEqual([
    [600, null],
    [1_000, shopifyIdOf(ben.id)],
  ])
})

test('a reship that is cancelled counts no more, and neither does what an order no longer gives', async () => {
  const order = desk.fern.buy({ email: 'ivy@home.example', tags: ['reship'] })
  await desk.settle()
  const kinds = async () =>
    (
      await desk.read((tx) =>
        tx.compensation.findMany({
          where: { workspaceId: desk.workspaceId, source: `order/${shopifyIdOf(order.id)}` },
        }),
      )
    ).map(({ kind }) => kind)
  expect(await kinds()).toEqual(['reship'])
  desk.fern.change(order.id, { cancelledAt: desk.fern.shop.at() })
  await desk.settle()
  expect(await kinds()).toEqual([])
})

test('two customers that become one keep what both got', async () => {
  const [stays, goes] = ['stays', 'goes'].map((name) => desk.fern.customer({ email: `${name}@home.example` }))
  const [first, second] = [stays, goes].map((customer) => desk.fern.buy({ customerId: customer?.id ?? null }))
  await desk.settle()
  desk.fern.refund(first?.id ?? '', 100)
  desk.fern.refund(second?.id ?? '', 200)
  await desk.settle()
  desk.fern.merge(goes?.id ?? '', stays?.id ?? '')
  await desk.settle()
  const rows = await desk.read((tx) =>
    tx.compensation.findMany({
      where: { workspaceId: desk.workspaceId, customerShopifyId: shopifyIdOf(stays?.id ?? ''), kind: 'refund' },
    }),
  )
  expect(rows.map(({ minor }) => Number(minor)).sort()).toEqual([100, 200])
})
