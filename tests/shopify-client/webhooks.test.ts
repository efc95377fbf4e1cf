import { afterEach, expect, test } from '@jest/globals'
import { verifyWebhook } from '../../backend/clients/shopify/index.ts'
import { buy } from '../../workbench/emulators/shopify/world/buying.ts'
import { receiver } from '../workbench/shopify/receiver.ts'
import { usual } from '../workbench/shopify/shop-with-goods.ts'
import { CLIENT } from '../workbench/shopify/start.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

test('subscriptions are made, listed to the last page, and ended', async () => {
  open = await connected()
  const topics = ['ORDERS_CREATE', 'ORDERS_UPDATED', 'REFUNDS_CREATE', 'APP_UNINSTALLED']
  const made = []
  for (let page = 0; page < 30; page++)
    for (const topic of topics)
      made.push(await open.fern.subscribe(topic, `https://desk.example/${page}`, 'background'))
  expect((await open.fern.subscriptions('background')).map(({ id }) => id).sort()).toEqual(
    made.map(({ id }) => id).sort(),
  )
  const [first] = made
  await open.fern.unsubscribe(first?.id ?? '', 'background')
  expect(await open.fern.subscriptions('background')).toHaveLength(119)
  await expect(open.fern.unsubscribe(first?.id ?? '', 'background')).rejects.toMatchObject({ name: 'ShopifyRefused' })
})

test('what Shopify sends is signed over its bytes, and holds what was asked for', async () => {
  open = await connected()
  const desk = await receiver()
  try {
    await open.fern.subscribe('ORDERS_CREATE', desk.url, 'background', ['id', 'admin_graphql_api_id', 'updated_at'])
    const { id } = buy(open.shop, usual)
    await open.shopify.settle()
    const [delivery] = desk.received
    const signature = String(delivery?.headers['x-shopify-hmac-sha256'])
    const body = Buffer.from(delivery?.body ?? '')
    expect(verifyWebhook(body, signature, CLIENT.secret)).toBe(true)
    expect(verifyWebhook(Buffer.concat([body, Buffer.from(' ')]), signature, CLIENT.secret)).toBe(false)
    const sent = JSON.parse(delivery?.body ?? '') as Record<string, unknown>
    expect(sent).toMatchObject({ admin_graphql_api_id: id })
    expect(sent).not.toHaveProperty('email')
  } finally {
    await desk.close()
  }
})
