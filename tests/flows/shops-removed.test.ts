import { afterEach, expect, test } from '@jest/globals'
import { connectedShops, connectShop, disconnectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type BesideShops, FERN, OWN, startBesideShops } from '../support/beside-shops.ts'
import { handsOf } from '../support/shop-hands.ts'

let desk: BesideShops
afterEach(() => desk.stop())

const connectFern = () => connectShop(desk.ctx, desk.workspaceId, { domain: FERN, ...OWN })
const read = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })
const orders = () => read((tx) => tx.shopOrder.count())
const loadState = async () => (await read((tx) => tx.shopFeed.findFirst()))?.loadState
const buy = () => handsOf(desk.shopify.shop(FERN)).buy()
/** Jobs that failed, and wait for another try or were given up. */
const failed = async () =>
  (await desk.pool.query('select task_id, last_error from graphile_worker._private_jobs where attempts > 0')).rows

test('an app that is removed before the first load could begin leaves no job behind that fails, and comes back whole', async () => {
  desk = await startBesideShops()
  for (let count = 0; count < 3; count++) buy()
  await connectFern() // which asks for the first load
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await desk.travel('30 s')
  await desk.settle()
  expect(await read(connectedShops)).toMatchObject([{ state: 'uninstalled' }])
  await desk.travel('5 days')
  await desk.settle()
  expect(await failed()).toEqual([])

  desk.shopify.apps.install(FERN, OWN.clientId)
  await connectFern()
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
  expect(await loadState()).toBe('done')
  expect(await orders()).toBe(3)
})

test('an app that is removed while an order waits to be read leaves no job that fails, and the order is read later', async () => {
  desk = await startBesideShops()
  await connectFern()
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
  buy()
  await desk.shopify.settle() // the webhook is here, the order is not read yet
  desk.shopify.apps.uninstall(FERN, OWN.clientId)
  await desk.settle()
  expect(await orders()).toBe(0)
  expect(await failed()).toEqual([])
  desk.shopify.apps.install(FERN, OWN.clientId)
  await connectFern()
  await desk.settle()
  expect(await orders()).toBe(1)
})

test('a shop that is disconnected while it is read leaves nothing of it behind', async () => {
  desk = await startBesideShops()
  for (let count = 0; count < 3; count++) buy()
  const { shopId } = await connectFern()
  await desk.settle()
  await disconnectShop(desk.ctx, desk.workspaceId, shopId)
  await desk.travel('30 s')
  await desk.settle()
  expect(await failed()).toEqual([])
  expect(await orders()).toBe(0)
  expect(await read((tx) => tx.orderWish.count())).toBe(0)
})
