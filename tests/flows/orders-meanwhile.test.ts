import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { ShopOrder } from '../../backend/clients/shopify/index.ts'
import { openCustomer } from '../../backend/features/orders/customers.ts'
import { openSummary, saveOrders, shopifyIdOf } from '../../backend/features/orders/index.ts'
import { forgetShop } from '../../backend/features/orders/privacy/forgetting.ts'
import { sweep } from '../../backend/features/orders/sweeping.ts'
import { connectShop, disconnectShop, openShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { APP, FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

/** What happens between the moment that Shopify is asked and the moment that its answer is written. */

let desk: ShopDesk
let shopId: string
beforeEach(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  shopId = desk.shopId(FERN)
})
afterEach(() => desk.stop())

const whereOf = ({ id }: { id: string }) => ({ workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) })
const cached = (order: { id: string }) => desk.read((tx) => tx.shopOrder.findFirst({ where: whereOf(order) }))
const tagsOf = async (order: { id: string }) => {
  const row = await cached(order)
  return row && desk.read(async (tx) => openSummary(await desk.ctx.keyring.box(tx), row.id, row.summary).tags)
}

/** Asks Shopify for an order; what comes back writes the answer, as slowly as the test wants. */
async function asked({ id }: { id: string }) {
  const shop = await openShop(desk.ctx, desk.workspaceId, shopId)
  const askedAt = desk.clock.now()
  const answer = await shop.api.order(id, 'background')
  if (!answer) throw new Error(`Shopify has no order ${id}`)
  return {
    answer,
    write: (change: Partial<ShopOrder> = {}) =>
      inWorkspace(desk.ctx, desk.workspaceId, async (tx) =>
        saveOrders(tx, await desk.ctx.keyring.box(tx), shop, { orders: [{ ...answer, ...change }], askedAt }),
      ),
  }
}

/** The desk's database, with something that happens after each transaction. */
function betweenTransactions(happening: () => Promise<void>): typeof desk.ctx.db {
  const { db } = desk.ctx
  const value = async (work: Parameters<typeof db.$transaction>[0]) => {
    const result: unknown = await db.$transaction(work)
    await happening()
    return result
  }
  return Object.create(db, { $transaction: { value } })
}

test('of two states of the same second the one that was asked for later stays', async () => {
  const order = desk.fern.buy({ tags: ['first'] })
  await desk.settle()
  const early = await asked(order)
  desk.fern.change(order.id, { tags: ['second'] })
  await desk.settle()
  const { updatedAt } = (await cached(order)) ?? early.answer
  expect(await early.write({ updatedAt })).toEqual([])
  expect(await tagsOf(order)).toEqual(['second'])
})

test('an order that is deleted while its change is read stays deleted', async () => {
  const order = desk.fern.buy({ test: true })
  await desk.settle()
  await desk.travel('2 s')
  desk.shopify.webhooks.hold()
  desk.fern.change(order.id, { tags: ['last'] })
  const changed = await asked(order)
  desk.fern.remove(order.id)
  desk.shopify.webhooks.release()
  await desk.settle()
  expect(await changed.write()).toEqual([])
  expect((await cached(order))?.deletedAt).not.toBeNull()
})

test('what is read while a customer is forgotten does not bring them back', async () => {
  const customer = desk.fern.customer()
  const order = desk.fern.buy({ customerId: customer.id })
  await desk.settle()
  const { write } = await asked(order)
  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()
  expect(await write()).toEqual([])
  expect(await cached(order)).toBeNull()
  expect(await desk.read((tx) => tx.shopCustomer.count())).toBe(0)
})

test('a gift card does not name a forgotten customer again', async () => {
  const customer = desk.fern.customer()
  desk.fern.giftCard({ code: 'fern000011112222', minor: 1_500, customerId: customer.id })
  await sweep(desk.ctx, desk.workspaceId, shopId)
  const named = () =>
    desk.read(async (tx) => ({
      cards: await tx.shopGiftCard.count({ where: { customerShopifyId: { not: null } } }),
      given: await tx.compensation.count({ where: { customerShopifyId: { not: null } } }),
    }))
  expect(await named()).toEqual({ cards: 1, given: 1 })
  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()
  await sweep(desk.ctx, desk.workspaceId, shopId)
  expect(await named()).toEqual({ cards: 0, given: 0 })
  expect(await desk.read((tx) => tx.compensation.count())).toBe(1)
})

test('what is read while a shop is disconnected is not kept', async () => {
  const order = desk.fern.buy()
  desk.fern.giftCard({ code: 'fern000033334444', minor: 1_500 })
  await desk.settle()
  const { write } = await asked(order)
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  await desk.settle()
  expect(await write()).toEqual([])
  expect(await desk.read((tx) => tx.shopOrder.count())).toBe(0)
})

test('a shop that is connected again while it is forgotten gets all of its orders back', async () => {
  const order = desk.fern.buy()
  await desk.travel('2 h')
  desk.fern.buy()
  await desk.tick() // the sweep looks back minutes only
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  const db = betweenTransactions(async () => {
    if ((await cached(order)) === null) await connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...APP })
  })
  await forgetShop({ ...desk.ctx, db }, desk.workspaceId, shopId)
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
  expect(await cached(order)).not.toBeNull()
})

test('the name that a customer has now is kept, whichever of their orders was read last', async () => {
  const customer = desk.fern.customer({ firstName: 'Ada' })
  const [old, fresh] = [desk.fern.buy({ customerId: customer.id }), desk.fern.buy({ customerId: customer.id })]
  await desk.travel('2 s')
  desk.fern.change(fresh.id, { tags: ['newer'] })
  await desk.settle()
  const { answer, write } = await asked(old)
  await write({ customer: answer.customer && { ...answer.customer, name: 'Ada Now' } })
  const row = await desk.read((tx) => tx.shopCustomer.findFirstOrThrow())
  const kept = await desk.read(async (tx) =>
    openCustomer(await desk.ctx.keyring.box(tx), shopId, shopifyIdOf(customer.id), row.document),
  )
  expect(kept.name).toBe('Ada Now')
})
