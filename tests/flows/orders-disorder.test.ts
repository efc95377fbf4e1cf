import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fetchWished } from '../../backend/features/orders/fetching.ts'
import { openDocument, shopifyIdOf } from '../../backend/features/orders/index.ts'
import { sweep } from '../../backend/features/orders/sweeping.ts'
import { openShop } from '../../backend/features/shops/index.ts'
import { seedOfRun } from '../support/random.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
})
afterAll(() => desk.stop())

/** The cache's copy of an order, and what Shopify says of it now. */
async function bothOf(gid: string) {
  const shop = await openShop(desk.ctx, desk.workspaceId, desk.shopId(FERN))
  const truth: unknown = JSON.parse(JSON.stringify(await shop.api.order(gid, 'person')))
  const copy = await desk.read(async (tx) => {
    const where = { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(gid) }
    const row = await tx.shopOrder.findFirstOrThrow({ where })
    return openDocument(await desk.ctx.keyring.box(tx), row.id, row.document)
  })
  return { copy, truth }
}

const step = fc.record({
  act: fc.constantFrom(
    'tag',
    'refund',
    'ship',
    'hold',
    'release',
    'release backwards',
    'double',
    'tell',
    'read',
    'sweep',
    'wait',
    'settle',
  ),
  order: fc.nat({ max: 2 }),
  number: fc.integer({ min: 1, max: 99 }),
})
type Step = { act: string; order: number; number: number }

/** Readers and sweeps that run while other things happen. */
type Running = Promise<void>[]

async function take({ act, order, number }: Step, gids: readonly string[], running: Running): Promise<void> {
  const gid = gids[order] ?? ''
  const at = [desk.ctx, desk.workspaceId, desk.shopId(FERN)] as const
  const { webhooks } = desk.shopify
  if (act === 'tag') desk.fern.change(gid, { tags: [`t${number}`] })
  if (act === 'refund') desk.fern.refund(gid, number)
  if (act === 'ship' && isWaiting(gid)) desk.fern.ship(gid, `RM${number}GB`)
  if (act === 'hold') webhooks.hold()
  if (act === 'release') webhooks.release()
  if (act === 'release backwards') webhooks.release({ reversed: true })
  if (act === 'double') webhooks.double(3)
  if (act === 'tell') await desk.shopify.settle()
  if (act === 'read') running.push(fetchWished(...at), fetchWished(...at))
  if (act === 'sweep') running.push(sweep(...at))
  if (act === 'wait') desk.clock.travel(1_500)
  if (act === 'settle') await desk.settle()
}

const isWaiting = (gid: string) => desk.fern.shop.tables.fulfillments.by('orderId', gid).length === 0

test('webhooks that come late, twice and out of order, while others read and sweep, end in the true order', async () => {
  const seed = seedOfRun()
  const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 15 }), async (steps) => {
    const gids = [0, 1, 2].map(() => desk.fern.buy().id)
    const running: Running = []
    for (const one of steps) await take(one, gids, running)
    desk.shopify.webhooks.release()
    await Promise.all(running)
    await desk.settle()
    for (const gid of gids) {
      const { copy, truth } = await bothOf(gid)
      expect(copy).toEqual(truth)
    }
  })
  await fc.assert(property, { seed, numRuns: 12 })
})

test('a webhook that comes twice is taken once', async () => {
  desk.shopify.webhooks.double(100)
  const { id } = desk.fern.buy()
  await desk.settle()
  const taken = desk.shopify.webhooks.deliveries().filter(({ body }) => body.includes(id.split('/').at(-1) ?? ''))
  const events = await desk.read((tx) => tx.shopWebhook.count({ where: { workspaceId: desk.workspaceId } }))
  expect(taken.length).toBeGreaterThan(1)
  expect(events).toBe(
    new Set(desk.shopify.webhooks.deliveries().map(({ topic, eventId }) => `${topic}/${eventId}`)).size,
  )
})

test('what changes while it is read is read once more', async () => {
  const { id } = desk.fern.buy()
  await desk.settle()
  desk.shopify.webhooks.hold()
  desk.fern.change(id, { tags: ['first'] })
  desk.shopify.webhooks.release()
  await desk.shopify.settle()
  const reading = desk.settle()
  desk.clock.travel(1_500)
  desk.fern.change(id, { tags: ['second'] })
  await reading
  await desk.settle()
  const { copy, truth } = await bothOf(id)
  expect(copy).toEqual(truth)
})
