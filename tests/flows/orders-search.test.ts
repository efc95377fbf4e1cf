import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { findOrders, shopifyIdOf } from '../../backend/features/orders/index.ts'
import type { OrderSearch } from '../../shared/orders.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let zoe: { tea: OrderRecord; pot: OrderRecord; outlet: OrderRecord }
beforeAll(async () => {
  desk = await startShopDesk({ without: ['read_all_orders'] })
  const customer = desk.fern.customer({
    firstName: 'Zoë',
    lastName: "O'Neill",
    email: 'zoe@home.example',
    phone: '+447700900456',
  })
  const tea = desk.fern.buy({ customerId: customer.id })
  await desk.travel('1 min')
  const pot = desk.fern.buy({ customerId: customer.id })
  desk.fern.ship(pot.id, 'RM 555 666 GB')
  desk.fern.giftCard({ code: 'ccgc0000zoe7', minor: 2_000, customerId: customer.id })
  await desk.travel('1 min')
  const outlet = desk.fig.buy({ email: 'zoe@home.example', phone: null, shippingAddress: null })
  zoe = { tea, pot, outlet }
  await desk.travel('5 min')
  await desk.tick()
})
afterEach(() => desk.shopify.faults.clear())
afterAll(() => desk.stop())

/** Gids of what is found, and what is said. */
async function search(by: OrderSearch, text: string) {
  const { ids, remark } = await findOrders(desk.ctx, desk.workspaceId, by, text)
  const rows = await desk.read((tx) => tx.shopOrder.findMany({ where: { workspaceId: desk.workspaceId } }))
  const found = ids.map((id) => rows.find((row) => row.id === id)?.shopifyId)
  return { found, remark }
}

const idsOf = (...orders: OrderRecord[]) => orders.map(({ id }) => shopifyIdOf(id))

/** An order that no webhook and no sweep has told of. */
function unknown(hands: ShopDesk['fern'], basket: Parameters<ShopDesk['fern']['buy']>[0]): OrderRecord {
  const { webhooks } = desk.shopify
  const before = webhooks.counts().lost
  webhooks.lose(1_000)
  const order = hands.buy(basket)
  webhooks.lose(webhooks.counts().lost - before - 1_000)
  return order
}

test('an order is found by its number, however it is written', async () => {
  const { tea } = zoe
  for (const text of [tea.name, tea.name.toLowerCase(), tea.name.replace('-', ' '), `#${tea.name}`])
    expect(await search('number', text)).toEqual({ found: idsOf(tea), remark: null })
})

test('a bare number finds the orders of every shop that uses it', async () => {
  expect((await search('number', zoe.tea.name.replace('FF-', ''))).found.sort()).toEqual(
    idsOf(zoe.tea, zoe.outlet).sort(),
  )
})

test('orders are found by address, phone and name, newest first, in both shops', async () => {
  expect((await search('email', ' ZOE@home.example')).found).toEqual(idsOf(zoe.outlet, zoe.pot, zoe.tea))
  expect((await search('phone', '07700 900 456')).found).toEqual(idsOf(zoe.pot, zoe.tea))
  expect((await search('name', 'oneill zoe')).found).toEqual([])
  expect((await search('name', "zoe o'neill")).found).toEqual(idsOf(zoe.pot, zoe.tea))
})

test('an order is found by the tracking number of its parcel', async () => {
  expect((await search('tracking', 'rm555666gb')).found).toEqual(idsOf(zoe.pot))
  expect((await search('tracking', 'RM 1')).remark).toMatch(/No parcel/)
})

test("a gift card's last characters find the orders of its customer", async () => {
  expect((await search('gift_card', 'ZOE7')).found).toEqual(idsOf(zoe.pot, zoe.tea))
  expect((await search('gift_card', 'ccgc 0000 zoe7')).found).toEqual(idsOf(zoe.pot, zoe.tea))
  expect((await search('gift_card', 'zzzz')).remark).toMatch(/No gift card/)
  expect((await search('gift_card', 'e7')).remark).toMatch(/four characters/)
})

test('a card that somebody bought finds the order that bought it', async () => {
  const bought = desk.fern.buy({ email: 'giver@home.example' })
  desk.fern.giftCard({ code: 'ccgc0000gift', minor: 5_000, orderId: bought.id })
  await desk.travel('5 min')
  await desk.tick()
  expect((await search('gift_card', 'gift')).found).toEqual(idsOf(bought))
})

test.each<[OrderSearch, string, (order: OrderRecord) => string]>([
  ['number', 'Ivy', ({ name }) => name],
  ['email', 'Ida', () => 'ida@untold.example'],
  ['name', 'Iris', () => 'Iris Untold'],
])('what is not here is asked of Shopify: by %s', async (by, firstName, textOf) => {
  const email = `${firstName.toLowerCase()}@untold.example`
  const customer = desk.fern.customer({ firstName, lastName: 'Untold', email })
  const order = unknown(desk.fern, { customerId: customer.id })
  expect(await search(by, textOf(order))).toEqual({ found: idsOf(order), remark: null })
})

test('an order that Shopify does not show in its search yet is promised for later, and found then', async () => {
  desk.shopify.settings.setIndexLag(FERN, 60)
  const order = unknown(desk.fern, { email: 'fresh@untold.example' })
  const early = await search('number', order.name)
  expect(early).toMatchObject({ found: [], remark: expect.stringContaining('placed just now is found in a minute') })
  await desk.travel('2 min')
  expect((await search('number', order.name)).found).toEqual(idsOf(order))
  desk.shopify.settings.setIndexLag(FERN, 0)
})

test('a phone number with its country is asked of Shopify through its customer', async () => {
  const customer = desk.fern.customer({ firstName: 'Olive', email: null, phone: '+447700900999' })
  const order = unknown(desk.fern, { customerId: customer.id })
  expect((await search('phone', '07700 900999')).remark).toMatch(/with its country/)
  expect((await search('phone', '0044 7700 900999')).found).toEqual(idsOf(order))
})

test('nothing found says what could not be seen', async () => {
  const { found, remark } = await search('number', 'FF-99999')
  expect(found).toEqual([])
  expect(remark).toBe(
    'No order has this number. One that was placed just now is found in a minute or two. Orders older than 60 days are not visible to Sidedesk in Fern & Fig, whose app lacks read_all_orders: look those up in Shopify. Orders older than 60 days are not visible to Sidedesk in Fig Outlet, whose app lacks read_all_orders: look those up in Shopify.',
  )
})

test('what cannot tell one order from another is not searched for', async () => {
  expect(await search('email', 'zoe')).toEqual({ found: [], remark: 'Type the whole e-mail address.' })
  expect(await search('phone', '12 34')).toEqual({ found: [], remark: 'Type at least six digits of the phone number.' })
  expect((await search('number', '--')).remark).toBe('Type the digits of the order number.')
  expect(await search('name', '')).toEqual({ found: [], remark: 'Type a name.' })
  expect(await search('tracking', '  ')).toEqual({ found: [], remark: 'Type the tracking number.' })
})

test('words of people stay words', async () => {
  const nasty = 'x" OR name:* OR "'
  for (const by of ['number', 'name'] as const) expect((await search(by, nasty)).found).toEqual([])
  expect((await search('email', 'a"@b OR status:any')).found).toEqual([])
})

test('a shop that does not answer is named, the other one answers', async () => {
  const order = unknown(desk.fig, { email: 'silent@home.example' })
  desk.shopify.faults.add({ operation: 'orders', kind: '503', times: 1, shop: FERN })
  const { found, remark } = await search('email', 'silent@home.example')
  expect(found).toEqual(idsOf(order))
  expect(remark).toMatch(/^Fern & Fig did not answer/)
})

test('a shop that makes us wait, and one whose answer we do not understand any more, say so in words of their own', async () => {
  desk.shopify.faults.add({ operation: 'orders', kind: 'throttle', times: 10, shop: FERN })
  expect((await search('email', 'waits@home.example')).remark).toMatch(
    /Shopify makes Sidedesk wait with questions about Fern & Fig.*Try again in a minute/,
  )
  desk.shopify.faults.clear()
  desk.shopify.settings.vanish('Order.tags')
  try {
    expect((await search('email', 'gone@home.example')).remark).toMatch(
      /Fern & Fig could not be asked\. Shopify has changed .*tags.*Update the desk/,
    )
  } finally {
    desk.shopify.settings.vanish()
  }
})

test('while Shopify is away the search says so and shows what is here', async () => {
  desk.shopify.faults.add({ operation: '*', kind: '503', times: 100 })
  expect((await search('email', 'zoe@home.example')).found).toHaveLength(3)
  const { found, remark } = await search('email', 'new@home.example')
  expect(found).toEqual([])
  expect(remark).toMatch(/Fern & Fig did not answer in time.*Fig Outlet did not answer in time/)
})

test('a shop in trouble says what to do', async () => {
  desk.shopify.settings.setStatus(FIG, 'frozen')
  desk.fig.buy({ email: null })
  await desk.settle()
  const { remark } = await search('number', 'FF-88888')
  expect(remark).toMatch(/Shopify has frozen Fig Outlet/)
})
