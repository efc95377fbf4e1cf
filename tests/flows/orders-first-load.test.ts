import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { beginLoad } from '../../backend/features/orders/index.ts'
import { disconnectShop } from '../../backend/features/shops/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { APP, FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [] })
  for (let number = 0; number < 250; number++) desk.fern.buy({ lines: [{ title: `Tea ${number}`, price: 1_200 }] })
})
afterEach(() => desk.shopify.faults.clear())
afterAll(() => desk.stop())

const countOf = (domain: string) =>
  desk.read((tx) => tx.shopOrder.count({ where: { workspaceId: desk.workspaceId, shopId: desk.shopId(domain) } }))

const feedOf = (domain: string) =>
  desk.read((tx) =>
    tx.shopFeed.findUniqueOrThrow({
      where: { workspaceId_shopId: { workspaceId: desk.workspaceId, shopId: desk.shopId(domain) } },
    }),
  )

/** As `npm run admin -- shop load --anew` does. */
async function loadAgain(domain: string): Promise<void> {
  await beginLoad(desk.ctx, desk.workspaceId, desk.shopId(domain), { anew: true })
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
}

test('a shop that is connected brings in every order it has, and says how far it is', async () => {
  await desk.connect(FERN)
  expect(await countOf(FERN)).toBe(250)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadedCount: 250, loadTotal: 250, loadProblem: null })
})

test('what was bought while Shopify wrote the file is not missed: the sweep begins at the file’s own time', async () => {
  const { loadId, sweptTo } = await feedOf(FERN)
  const bulk = [...desk.fern.shop.tables.bulkOperations.all()].find(({ id }) => id === loadId)
  expect(sweptTo?.getTime()).toBeLessThanOrEqual(Date.parse(bulk?.createdAt ?? ''))
})

test('a file that breaks off is read on behind the orders that are saved already', async () => {
  const before = await desk.read((tx) => tx.shopOrder.findMany({ where: { workspaceId: desk.workspaceId } }))
  desk.shopify.faults.add({ operation: 'bulk.download', kind: 'drop-after', times: 20 })
  await loadAgain(FERN)
  const broken = await feedOf(FERN)
  expect(broken.loadState).toBe('reading')
  expect(broken.loadedCount).toBeGreaterThanOrEqual(100)
  expect(broken.loadedCount).toBeLessThan(250)
  desk.shopify.faults.clear()
  await desk.travel('5 min')
  await desk.settle()
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadedCount: 250 })
  const after = await desk.read((tx) => tx.shopOrder.findMany({ where: { workspaceId: desk.workspaceId } }))
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
})

test('two wake-ups at once ask Shopify for one file', async () => {
  const asked = () => desk.shopify.faults.met('BulkStart').length
  const before = asked()
  await Promise.all([1, 2].map(() => beginLoad(desk.ctx, desk.workspaceId, desk.shopId(FERN), { anew: true })))
  await desk.settle()
  await desk.travel('30 s')
  await desk.settle()
  expect(asked()).toBe(before + 1)
  expect((await feedOf(FERN)).loadState).toBe('done')
})

test('a file that Shopify could not write is told in words, and can be asked for again', async () => {
  desk.shopify.faults.add({ operation: 'bulk.run', kind: 'internal-error' })
  await loadAgain(FERN)
  const failed = await feedOf(FERN)
  expect(failed.loadState).toBe('failed')
  expect(failed.loadProblem).toMatch(/Shopify could not write the list of orders.*shop load/)
  expect(await countOf(FERN)).toBe(250)
  await loadAgain(FERN)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadProblem: null })
})

test('a shop without an order is loaded, too', async () => {
  await desk.connect(FIG)
  expect(await feedOf(FIG)).toMatchObject({ loadState: 'done', loadedCount: 0 })
})

test('a load that is asked for while the sweep is behind leaves the sweep where it is', async () => {
  const where = { workspaceId_shopId: { workspaceId: desk.workspaceId, shopId: desk.shopId(FERN) } }
  const sweptTo = new Date('2026-01-01T00:00:00Z')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.shopFeed.update({ where, data: { sweptTo } }))
  desk.shopify.faults.add({ operation: 'bulk.run', kind: 'internal-error' })
  await loadAgain(FERN)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'failed', sweptTo })
  await loadAgain(FERN)
})

test('a shop that is frozen for days while it is loaded is loaded to the end when it is open again', async () => {
  await beginLoad(desk.ctx, desk.workspaceId, desk.shopId(FERN), { anew: true })
  desk.shopify.settings.setStatus(FERN, 'frozen')
  for (let tries = 0; tries < 30; tries++) {
    await desk.travel('7 h')
    await desk.settle()
  }
  expect((await feedOf(FERN)).loadState).toBe('asked')
  desk.shopify.settings.setStatus(FERN, 'open')
  await desk.connect(FERN)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadedCount: 250 })
})

test('a load whose job was given up is woken by asking for it', async () => {
  await beginLoad(desk.ctx, desk.workspaceId, desk.shopId(FERN), { anew: true })
  await desk.pool.query('delete from graphile_worker._private_jobs')
  await desk.travel('1 h')
  expect((await feedOf(FERN)).loadState).toBe('asked')
  await loadAgain(FERN)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadedCount: 250 })
})

test('who is forgotten after Shopify wrote the file does not come back with it', async () => {
  const customer = desk.fern.customer()
  desk.fern.buy({ customerId: customer.id })
  await desk.settle()
  desk.shopify.faults.add({ operation: 'bulk.download', kind: '503', times: 20 })
  await loadAgain(FERN)
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'reading', loadedCount: 0 })
  desk.shopify.faults.clear()
  desk.shopify.apps.redactCustomer(FERN, customer.id)
  await desk.settle()
  expect(await countOf(FERN)).toBe(250)
  await desk.travel('5 min')
  await desk.settle()
  expect(await feedOf(FERN)).toMatchObject({ loadState: 'done', loadedCount: 251 })
  expect(await countOf(FERN)).toBe(250)
})

test('an order that cannot be read does not keep the others of the file away, and is asked for by itself', async () => {
  desk.fig.buy({ lines: [{ title: 'Half a cent', price: 1_200.5 }] })
  const other = desk.fig.buy()
  await loadAgain(FIG)
  expect(await feedOf(FIG)).toMatchObject({ loadState: 'done', loadedCount: 1 })
  const names = await desk.read((tx) => tx.shopOrder.findMany({ where: { shopId: desk.shopId(FIG) } }))
  expect(names.map(({ name }) => name)).toEqual([other.name])
  const [wish] = await desk.read((tx) => tx.orderWish.findMany({ where: { shopId: desk.shopId(FIG) } }))
  expect(wish).toMatchObject({ problem: expect.stringMatching(/./) })
})

test('when the app is allowed to see old orders, too, connecting the shop again brings them in', async () => {
  const young = await startShopDesk({ connect: [], without: ['read_all_orders'] })
  try {
    const old = young.fern.buy()
    await young.travel('70 days')
    young.fern.buy()
    await young.connect(FERN)
    const names = async () => (await young.read((tx) => tx.shopOrder.findMany())).map(({ name }) => name)
    expect(await names()).not.toContain(old.name)
    const app = young.fern.shop.ground.app(APP.clientId)
    app?.scopes.push('read_all_orders')
    young.shopify.apps.changeScopes(FERN, APP.clientId, app?.scopes ?? [])
    await young.connect(FERN)
    expect(await names()).toContain(old.name)
  } finally {
    await young.stop()
  }
})

test('a shop that is disconnected while it is loaded is not loaded on, and nobody asks for it again', async () => {
  desk.shopify.faults.add({ operation: 'bulk.download', kind: '503', times: 20 })
  await loadAgain(FIG)
  expect((await feedOf(FIG)).loadState).toBe('reading')
  await disconnectShop(desk.ctx, desk.workspaceId, desk.shopId(FIG))
  desk.shopify.faults.clear()
  await desk.settle()
  await desk.travel('1 day')
  await desk.settle()
  expect(await countOf(FIG)).toBe(0)
  const { rows } = await desk.pool.query(
    `select last_error from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'orders:load'`,
  )
  expect(rows).toEqual([])
})
