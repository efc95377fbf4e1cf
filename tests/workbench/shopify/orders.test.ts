import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { refund } from '../../../workbench/emulators/shopify/world/owner.ts'
import { ON_DELIVERY } from '../../../workbench/emulators/shopify/world/paying.ts'
import { ship } from '../../../workbench/emulators/shopify/world/warehouse.ts'
import { ADA, type OpenShop, openShop, usual } from './shop-with-goods.ts'
import { CLIENT, FERN, graphql } from './start.ts'

let open: OpenShop
afterEach(() => open.shopify.close())

test('an order says what was bought, what it costs and how it was paid', async () => {
  open = await openShop()
  const { id } = buy(open.shop, usual)
  const order = await open.ask<Record<string, unknown>>('order-snapshot', { id, ns: 'desk', claimKey: 'claim' })
  expect(order).toMatchObject({
    name: '#1001',
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'UNFULFILLED',
    totalReceivedSet: { shopMoney: { amount: '70.0', currencyCode: 'EUR' } },
    totalOutstandingSet: { shopMoney: { amount: '0.0' } },
    customer: { id: ADA, displayName: 'Ada Moss' },
    shippingAddress: { name: 'Ada Moss', countryCodeV2: 'DE' },
    lineItems: {
      nodes: [
        {
          title: 'Green tea',
          quantity: 2,
          unfulfilledQuantity: 2,
          originalUnitPriceSet: { shopMoney: { amount: '12.5' } },
        },
        { title: 'Tea pot', quantity: 1 },
      ],
    },
    transactions: [
      { kind: 'SALE', status: 'SUCCESS', gateway: 'shopify_payments', paymentDetails: { company: 'Visa' } },
    ],
    fulfillmentOrders: { nodes: [{ status: 'OPEN', assignedLocation: { name: 'Warehouse' } }] },
  })
})

test('cash on delivery is pending until somebody collects it', async () => {
  open = await openShop()
  const { id } = buy(open.shop, { ...usual, paid: [ON_DELIVERY] })
  expect(await open.ask('payment-mode', { id })).toMatchObject({
    displayFinancialStatus: 'PENDING',
    paymentGatewayNames: ['Cash on Delivery (COD)'],
    transactions: [{ status: 'PENDING', manualPaymentGateway: true, paymentDetails: null }],
  })
})

test('what hangs on an order that is too old to be read cannot be read either', async () => {
  open = await openShop()
  const { id } = buy(open.shop, usual)
  const parcel = ship(open.shop, id)
  const money = refund(open.shop, id, 500)
  const [payment] = open.shop.tables.transactions.by('orderId', id)
  const [list] = open.shop.tables.fulfillmentOrders.by('orderId', id)
  const query = `query P($payment: ID!, $list: ID!) {
    refund(id: "${money.id}") { id } fulfillment(id: "${parcel.id}") { id } fulfillmentOrder(id: $list) { id }
    node(id: $payment) { id } fulfillmentOrders(first: 5, includeClosed: true) { nodes { id } }
  }`
  const read = async (scopes: string[]) => {
    const token = open.shopify.apps.accessToken(FERN, CLIENT.id, scopes)
    return (await graphql(open.shopify, query, { payment: payment?.id, list: list?.id }, { token })).data
  }
  const scopes = ['read_orders', 'read_fulfillments', 'read_merchant_managed_fulfillment_orders']
  open.clock.travel(61 * 24 * 3_600_000)
  expect(await read([...scopes, 'read_all_orders'])).toEqual({
    refund: { id: money.id },
    fulfillment: { id: parcel.id },
    fulfillmentOrder: { id: list?.id },
    node: { id: payment?.id },
    fulfillmentOrders: { nodes: [{ id: list?.id }] },
  })
  expect(await read(scopes)).toEqual({
    refund: null,
    fulfillment: null,
    fulfillmentOrder: null,
    node: null,
    fulfillmentOrders: { nodes: [] },
  })
})
