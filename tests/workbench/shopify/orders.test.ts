import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { ON_DELIVERY } from '../../../workbench/emulators/shopify/world/paying.ts'
import { ADA, type OpenShop, openShop, usual } from './shop-with-goods.ts'

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
