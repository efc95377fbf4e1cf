import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { openShop, usual } from './shop-with-goods.ts'
import { CLIENT, FERN, post, seed, start, tokenFor } from './start.ts'

test('after a restart orders, tokens, keys and ids are as they were', () =>
  inFolder(async (dataDir) => {
    const first = await openShop({ dataDir })
    const order = buy(first.shop, usual)
    const token = await tokenFor(first.shopify)
    const input = { orderId: order.id, note: 'ca:1', transactions: [], refundLineItems: lineOf(order) }
    const before = await first.ask<{ refund: { id: string } }>('refund-create', { input, key: 'k-1' })
    await first.shopify.close()

    const second = await openShop({ dataDir })
    const again = await second.ask<{ refund: { id: string } }>('refund-create', { input, key: 'k-1' })
    expect(again.refund.id).toBe(before.refund.id)
    expect(second.shop.tables.orders.get(order.id)).toEqual(first.shop.tables.orders.get(order.id))
    expect(second.shop.ledger()).toEqual(first.shop.ledger())
    expect((await post(second.shopify, '{ shop { id } }', {}, { token })).status).toBe(200)
    expect(first.shop.tables.orders.get(buy(second.shop, usual).id)).toBeUndefined()
    await second.shopify.close()
  }))

test('a line that a crash left half written is cut off', () =>
  inFolder(async (dataDir) => {
    const first = await openShop({ dataDir })
    const order = buy(first.shop, usual)
    await first.shopify.close()
    await appendFile(join(dataDir, 'journal.jsonl'), '[{"t":"status","shop":"fern.mysh')
    const second = await openShop({ dataDir })
    expect(second.shopify.shop(FERN).tables.orders.get(order.id)?.name).toBe(order.name)
    await second.shopify.close()
  }))

test('an app that is in the shop gets its new scopes at the next start, one that was removed stays out', () =>
  inFolder(async (dataDir) => {
    const opened = async (scopes: string[]) => {
      const shops = seed.shops.map((shop) => ({ ...shop, installed: [{ clientId: CLIENT.id, scopes }] }))
      const shopify = await start({ dataDir, seed: { ...seed, shops } })
      return { shopify, scopes: shopify.shop(FERN).state.installations.get(CLIENT.id)?.scopes }
    }
    const first = await opened(['read_orders'])
    await first.shopify.close()
    const second = await opened(['read_orders', 'read_products'])
    expect(second.scopes).toEqual(['read_orders', 'read_products'])
    second.shopify.apps.uninstall(FERN, CLIENT.id)
    await second.shopify.close()
    const third = await opened(['read_orders'])
    expect(third.scopes).toBeUndefined()
    await third.shopify.close()
  }))

const lineOf = (order: { lines: { id: string }[] }) => [
  { lineItemId: order.lines[0]?.id, quantity: 1, restockType: 'NO_RESTOCK' },
]

async function inFolder(work: (dataDir: string) => Promise<void>) {
  const dataDir = await mkdtemp(join(tmpdir(), 'shopify-'))
  try {
    await work(dataDir)
  } finally {
    await rm(dataDir, { recursive: true })
  }
}
