import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { type OpenShop, openShop, POT, usual } from './shop-with-goods.ts'

interface Made {
  return: {
    id: string
    status: string
    returnLineItems: { nodes: { id: string }[] }
    exchangeLineItems: { nodes: { id: string }[] }
  } | null
  userErrors: { code: string }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

const ask = async (orderId: string, quantity: number, more: Record<string, unknown> = {}) => {
  const { data } = await open.run('returnable', { orderId })
  const { returnableFulfillments, returnReasonDefinitions } = data as {
    returnableFulfillments: {
      nodes: {
        returnableFulfillmentLineItems: { nodes: { quantity: number; fulfillmentLineItem: { id: string } }[] }
      }[]
    }
    returnReasonDefinitions: { nodes: { id: string }[] }
  }
  const line = returnableFulfillments.nodes[0]?.returnableFulfillmentLineItems.nodes[0]
  const returnLineItems = [
    {
      fulfillmentLineItemId: line?.fulfillmentLineItem.id,
      quantity,
      returnReasonDefinitionId: returnReasonDefinitions.nodes[0]?.id,
    },
  ]
  return open.ask<Made>('return-create-exchange', { input: { orderId, returnLineItems, ...more } })
}

test('only what was sent can be returned, and a return keeps the order from being cancelled', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  expect((await open.run('returnable', { orderId: order.id })).data).toMatchObject({
    returnableFulfillments: { nodes: [] },
  })
  ship(open.shop, order.id)
  expect((await ask(order.id, 3)).userErrors[0]?.code).toBe('INVALID')
  expect(await ask(order.id, 2)).toMatchObject({
    return: { name: '#1001-R1', status: 'OPEN', totalQuantity: 2 },
    userErrors: [],
  })
  const { data } = await open.run('order-cancel', { orderId: order.id, reason: 'OTHER', restock: true })
  expect(data).toMatchObject({
    orderCancel: { orderCancelUserErrors: [{ message: 'Cannot cancel an order with active returns' }] },
  })
})

test('one line of a parcel is not returned twice over in one request', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  ship(open.shop, order.id)
  const line = open.shop.tables.fulfillments.by('orderId', order.id)[0]?.lines[0]?.id
  const part = {
    fulfillmentLineItemId: line,
    quantity: 2,
    returnReasonDefinitionId: 'gid://shopify/ReturnReasonDefinition/1',
  }
  const input = { orderId: order.id, returnLineItems: [part, part] }
  expect(await open.ask<Made>('return-create-exchange', { input })).toMatchObject({ return: null, userErrors: [{}] })
  const made = await ask(order.id, 2)
  const twice = { id: made.return?.returnLineItems.nodes[0]?.id, quantity: 2 }
  const processed = await open.ask('return-process', {
    input: { returnId: made.return?.id, returnLineItems: [twice, twice] },
  })
  expect(processed).toMatchObject({ return: null, userErrors: [{ code: 'INVALID' }] })
  const abroad = {
    parentId: open.shop.tables.transactions.by('orderId', order.id)[0]?.id,
    transactionAmount: { amount: '12.50', currencyCode: 'USD' },
  }
  const wrong = await open.ask('return-process', {
    input: { returnId: made.return?.id, financialTransfer: { issueRefund: { orderTransactions: [abroad] } } },
  })
  expect(wrong).toMatchObject({ return: null, userErrors: [{ code: 'INVALID' }] })
})

test('processing a return moves money and lets the exchange go out', async () => {
  open = await openShop()
  const order = buy(open.shop, usual)
  ship(open.shop, order.id)
  const made = await ask(order.id, 1, { exchangeLineItems: [{ variantId: POT, quantity: 1 }] })
  expect(() => ship(open.shop, order.id)).toThrow('nothing that waits')
  const [payment] = open.shop.tables.transactions.by('orderId', order.id)
  const amount = { amount: '12.50', currencyCode: 'EUR' }
  const processed = await open.ask('return-process', {
    input: {
      returnId: made.return?.id,
      returnLineItems: made.return?.returnLineItems.nodes.map(({ id }) => ({ id, quantity: 1 })),
      exchangeLineItems: made.return?.exchangeLineItems.nodes.map(({ id }) => ({ id, quantity: 1 })),
      financialTransfer: { issueRefund: { orderTransactions: [{ parentId: payment?.id, transactionAmount: amount }] } },
    },
  })
  expect(processed).toMatchObject({
    return: { status: 'CLOSED', refunds: { nodes: [{ totalRefundedSet: { shopMoney: { amount: '12.5' } } }] } },
    userErrors: [],
  })
  expect(ship(open.shop, order.id).lines).toHaveLength(1)
  const again = await open.ask('return-process', { input: { returnId: made.return?.id } })
  expect(again).toMatchObject({ return: null, userErrors: [{ code: 'INVALID_STATE' }] })
})
