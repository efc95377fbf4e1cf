import { afterEach, describe, expect, test } from '@jest/globals'
import type { OrderRecord } from '../../../workbench/emulators/shopify/store/records/orders.ts'
import { openDispute } from '../../../workbench/emulators/shopify/world/bank.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { refund } from '../../../workbench/emulators/shopify/world/owner.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { receiver } from './receiver.ts'
import { type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Subscribed {
  webhookSubscription: { id: string; uri: string; includeFields: string[] } | null
  userErrors: { field: string[]; message: string }[]
}

const HERE = 'https://desk.example/hooks'

let open: OpenShop
afterEach(() => open.shopify.close())

describe('a subscription', () => {
  test('is listed until it is deleted', async () => {
    open = await openShop()
    const { webhookSubscription } = await subscribe('ORDERS_CREATE', HERE)
    await subscribe('ORDERS_UPDATED', HERE)
    expect(await topics()).toEqual(['ORDERS_CREATE', 'ORDERS_UPDATED'])
    expect(await remove(webhookSubscription?.id)).toEqual({
      deletedWebhookSubscriptionId: webhookSubscription?.id,
      userErrors: [],
    })
    expect(await topics()).toEqual(['ORDERS_UPDATED'])
    expect(await remove(webhookSubscription?.id)).toMatchObject({
      userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }],
    })
  })

  test('to the same topic and address is refused a second time', async () => {
    open = await openShop()
    await subscribe('ORDERS_CREATE', HERE)
    expect(await subscribe('ORDERS_CREATE', HERE)).toEqual({
      webhookSubscription: null,
      userErrors: [
        {
          field: ['webhookSubscription', 'callbackUrl'],
          message: 'Address for this topic has already been taken',
        },
      ],
    })
    expect((await subscribe('ORDERS_CREATE', `${HERE}/2`)).userErrors).toEqual([])
  })

  test.each([
    ['', "Address can't be blank"],
    ['desk', 'Address is invalid'],
    ['http://desk.example/hooks', 'Address protocol http:// is not supported'],
  ])('to the address "%s" is refused', async (uri, message) => {
    open = await openShop()
    expect((await subscribe('ORDERS_CREATE', uri)).userErrors.map((error) => error.message)).toEqual([message])
  })

  test('belongs to one shop', async () => {
    open = await openShop()
    await subscribe('ORDERS_CREATE', HERE)
    expect([...open.shopify.shop('fern-outlet.myshopify.com').tables.subscriptions.all()]).toEqual([])
  })
})

describe('what a webhook says', () => {
  test('an order: numbers for ids, plain words for states, times of the shop, both currencies', async () => {
    open = await openShop()
    const { id } = buy(open.shop, { ...usual, seenIn: { currency: 'SEK', rate: '10' } })
    const [body] = await heard('ORDERS_UPDATED', () => open.run('tags-add', { id, tags: ['b', 'a'] }))
    expect(body).toMatchObject({
      id: Number(id.split('/').at(-1)),
      admin_graphql_api_id: id,
      name: '#1001',
      email: 'ada@home.example',
      tags: 'a, b',
      financial_status: 'paid',
      fulfillment_status: null,
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/),
      currency: 'EUR',
      presentment_currency: 'SEK',
      total_price: '7.00',
      total_price_set: {
        shop_money: { amount: '7.00', currency_code: 'EUR' },
        presentment_money: { amount: '70.00', currency_code: 'SEK' },
      },
      customer: { email: 'ada@home.example' },
      line_items: [
        { title: 'Green tea', quantity: 2, price: '1.25', fulfillable_quantity: 2 },
        { title: 'Tea pot', quantity: 1 },
      ],
    })
    expect(body?.['customer']).not.toHaveProperty('orders_count')
  })

  test('a refund, its money, a parcel and a dispute each name their order', async () => {
    open = await openShop()
    const order = buy(open.shop, usual)
    const about = { order_id: Number(order.id.split('/').at(-1)) }
    const [gift] = await heard('REFUNDS_CREATE', () => refund(open.shop, order.id, 500, 'sorry'))
    expect(gift).toMatchObject({ ...about, note: 'sorry', transactions: [{ kind: 'refund', amount: '5.00' }] })
    const [money] = await heard('ORDER_TRANSACTIONS_CREATE', () => refund(open.shop, order.id, 100, 'more'))
    expect(money).toMatchObject({ ...about, kind: 'refund', status: 'success', amount: '1.00', currency: 'EUR' })
    const tracking = { company: 'DHL', number: '0034', url: 'https://track.example/0034' }
    const [parcel] = await heard('FULFILLMENTS_CREATE', () => ship(open.shop, order.id, { tracking }))
    expect(parcel).toMatchObject({ ...about, status: 'success', tracking_number: '0034', tracking_company: 'DHL' })
    const [dispute] = await heard('DISPUTES_CREATE', () =>
      openDispute(open.shop, order.id, { as: 'CHARGEBACK', reason: 'FRAUDULENT' }),
    )
    expect(dispute).toMatchObject({ ...about, type: 'chargeback', reason: 'fraudulent', status: 'needs_response' })
  })

  test('only the fields a subscription asked for', async () => {
    open = await openShop()
    const endpoint = await receiver()
    await subscribe('ORDERS_CREATE', endpoint.url, ['id', 'updated_at', 'line_items.title', 'nothing'])
    const { id }: OrderRecord = buy(open.shop, usual)
    await open.shopify.settle()
    expect(endpoint.received.map(({ body }) => JSON.parse(body))).toEqual([
      {
        id: Number(id.split('/').at(-1)),
        updated_at: expect.any(String),
        line_items: [{ title: 'Green tea' }, { title: 'Tea pot' }],
      },
    ])
    await endpoint.close()
  })
})

const subscribe = (topic: string, uri: string, includeFields: string[] = []) =>
  open.ask<Subscribed>('webhook-subscribe', { topic, sub: { uri, includeFields } })

const remove = (id: string | undefined) =>
  open.ask<object>(
    'mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } } }',
    { id },
  )

async function topics(): Promise<string[]> {
  const { nodes } = await open.ask<{ nodes: { topic: string }[] }>('webhook-list', { first: 10 })
  return nodes.map(({ topic }) => topic)
}

/** What comes for a topic while something happens. */
async function heard(topic: string, happens: () => unknown): Promise<Record<string, unknown>[]> {
  const endpoint = await receiver()
  const { webhookSubscription } = await subscribe(topic, endpoint.url)
  await happens()
  await open.shopify.settle()
  await remove(webhookSubscription?.id)
  await endpoint.close()
  return endpoint.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
}
