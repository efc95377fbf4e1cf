import { expect, test } from '@jest/globals'
import { bulkOrders } from '../../../backend/clients/shopify/operations/bulk.ts'
import { manyOrders } from '../../../workbench/emulators/shopify/world/many-orders.ts'
import { openShop, WAREHOUSE } from './shop-with-goods.ts'

const ORDERS = 100_000
const MEGABYTE = 1024 * 1024

test('a hundred thousand orders are exported into a file far larger than the memory it takes', async () => {
  const { shopify, shop, ask } = await openShop()
  manyOrders(shop, { count: ORDERS, from: new Date('2026-09-01T00:00:00Z'), every: 30_000, locationId: WAREHOUSE })
  const { bulkOperation } = await ask<{ bulkOperation: { id: string } }>('bulk-export', { query: bulkOrders(null) })
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed)
  }, 500)
  await shopify.settle()
  clearInterval(watch)
  const bulk = await ask<{ status: string; rootObjectCount: string; fileSize: string; url: string }>(
    'query ($id: ID!) { bulkOperation(id: $id) { status rootObjectCount fileSize url } }',
    { id: bulkOperation.id },
  )
  expect(bulk).toMatchObject({ status: 'COMPLETED', rootObjectCount: String(ORDERS) })
  expect(Number(bulk.fileSize)).toBeGreaterThan(300 * MEGABYTE)
  expect(most).toBeLessThan(300 * MEGABYTE)
  expect(await bytesOf(bulk.url)).toBe(Number(bulk.fileSize))
  await shopify.close()
}, 900_000)

async function bytesOf(url: string): Promise<number> {
  const { body } = await fetch(url)
  let bytes = 0
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) bytes += part.length
  return bytes
}
