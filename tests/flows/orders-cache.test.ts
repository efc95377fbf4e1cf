import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openDocument, openSummary, saveOrders, shopifyIdOf, wishFor } from '../../backend/features/orders/index.ts'
import { openShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

const cached = ({ id }: { id: string }) =>
  desk.read((tx) =>
    tx.shopOrder.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) } }),
  )

const opened = async (order: { id: string }) => {
  const row = await cached(order)
  return desk.read(async (tx) => openSummary(await desk.ctx.keyring.box(tx), row.id, row.summary))
}

const keysOf = async (order: { id: string }, kind: string) => {
  const { id } = await cached(order)
  const rows = await desk.read((tx) =>
    tx.orderKey.findMany({ where: { workspaceId: desk.workspaceId, orderId: id, kind }, orderBy: { key: 'asc' } }),
  )
  return rows.map(({ key }) => key)
}

const wishes = () => desk.read((tx) => tx.orderWish.count({ where: { workspaceId: desk.workspaceId } }))

test('an order that is placed is here a moment later, found by all that names it', async () => {
  const customer = desk.fern.customer({
    firstName: 'Zoë',
    lastName: 'Moss',
    email: 'Zoe@Home.example',
    phone: '+447700900123',
  })
  const order = desk.fern.buy({ customerId: customer.id })
  await desk.settle()
  expect(await cached(order)).toMatchObject({ financial: 'PAID', fulfilment: 'UNFULFILLED', paymentKind: 'prepaid' })
  expect(await keysOf(order, 'number')).toEqual([order.name.slice(3), order.name.replace('-', '')])
  expect(await keysOf(order, 'email')).toEqual(['zoe@home.example'])
  expect(await keysOf(order, 'phone')).toEqual(['00900123'])
  expect(await keysOf(order, 'name')).toEqual(['moss', 'zoe'])
  expect(await wishes()).toBe(0)
})

test('what is personal in an order is sealed in its row', async () => {
  const order = desk.fern.buy({ email: 'cleo@home.example', note: 'Leave it with Sesame', shippingAddress: null })
  await desk.settle()
  const { summary, document } = await cached(order)
  const bytes = Buffer.concat([summary, document]).toString('latin1')
  expect(bytes).not.toMatch(/cleo@home|Sesame|Green tea/i)
})

test('what happens to an order in Shopify happens here', async () => {
  const order = desk.fern.buy({ email: 'ada@home.example' })
  desk.fern.ship(order.id, 'RM 123 456 GB')
  await desk.settle()
  expect((await opened(order)).parcels).toMatchObject([
    { status: 'FULFILLED', tracking: [{ number: 'RM 123 456 GB' }] },
  ])
  expect(await keysOf(order, 'tracking')).toEqual(['RM123456GB'])

  desk.fern.refund(order.id, 500)
  desk.fern.change(order.id, { tags: ['vip'], email: 'ada@work.example' })
  await desk.settle()
  expect(await opened(order)).toMatchObject({ refunded: { minor: 500, currency: 'GBP' }, tags: ['vip'] })
  expect(await keysOf(order, 'email')).toEqual(['ada@work.example'])
})

test('an older state never replaces a newer one', async () => {
  const order = desk.fern.buy({ tags: ['older'] })
  await desk.settle()
  const shop = await openShop(desk.ctx, desk.workspaceId, desk.shopId(FERN))
  const askedAt = desk.clock.now()
  const older = await shop.api.order(order.id, 'background')
  desk.clock.travel(2_000)
  desk.fern.change(order.id, { tags: ['newer'] })
  await desk.settle()
  const saved = await inWorkspace(desk.ctx, desk.workspaceId, async (tx) =>
    saveOrders(tx, await desk.ctx.keyring.box(tx), shop, { orders: older ? [older, older] : [], askedAt }),
  )
  expect(saved).toEqual([])
  expect((await opened(order)).tags).toEqual(['newer'])
})

test('an order without a customer is an order', async () => {
  const order = desk.fern.buy({ email: null, phone: null, shippingAddress: null })
  await desk.settle()
  expect((await opened(order)).buyer).toEqual({ name: '', email: null, phone: null })
  expect(await keysOf(order, 'email')).toEqual([])
  expect(await keysOf(order, 'customer')).toEqual([])
})

test('an order of 400 lines is here with every one of them', async () => {
  const lines = Array.from({ length: 400 }, (_, index) => ({ title: `Tea ${index}`, price: 100 + index }))
  const order = desk.fern.buy({ lines })
  await desk.settle()
  const row = await cached(order)
  const document = await desk.read(async (tx) => openDocument(await desk.ctx.keyring.box(tx), row.id, row.document))
  expect(document.lines.map(({ title }) => title)).toEqual(lines.map(({ title }) => title))
  expect((await opened(order)).lineCount).toBe(400)
})

test('an order that Shopify deleted stays here, as deleted', async () => {
  const order = desk.fern.buy({ test: true })
  await desk.settle()
  desk.fern.remove(order.id)
  await desk.settle()
  expect((await cached(order)).deletedAt).not.toBeNull()
  expect(await wishes()).toBe(0)
})

test('an order of two currencies keeps both', async () => {
  const order = desk.fern.buy({
    seenIn: { currency: 'JPY', rate: '190' },
    lines: [{ title: 'Green tea', price: 1_900 }],
    shipping: null,
  })
  await desk.settle()
  expect(await opened(order)).toMatchObject({
    total: { minor: 1_900, currency: 'JPY' },
    shopTotal: { minor: 1_000, currency: 'GBP' },
  })
})

test('the same address in two shops is two customers with their own orders', async () => {
  const [here, there] = [desk.fern, desk.fig].map((shop) => shop.customer({ email: 'twice@home.example' }))
  const first = desk.fern.buy({ customerId: here?.id ?? null })
  const second = desk.fig.buy({ customerId: there?.id ?? null })
  await desk.settle()
  const rows = await desk.read((tx) =>
    tx.orderKey.findMany({
      where: { workspaceId: desk.workspaceId, kind: 'email', key: 'twice@home.example' },
      include: { order: true },
    }),
  )
  expect(rows.map(({ order }) => [order.shopId, order.name]).sort()).toEqual(
    [
      [desk.shopId(FERN), first.name],
      [desk.shopId(FIG), second.name],
    ].sort(),
  )
})

test('an order that Shopify does not know is asked for once', async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    wishFor(tx, desk.shopId(FERN), [{ shopifyId: 1n, changedAt: null }]),
  )
  await desk.settle()
  expect(await wishes()).toBe(0)
})
