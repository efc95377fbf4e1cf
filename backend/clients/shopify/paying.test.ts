import { expect, test } from '@jest/globals'
import { type PaymentMode, paymentMode } from './paying.ts'
import type { ShopTransaction } from './shop-order.ts'

const amount = { shop: { minor: 1_000, currency: 'EUR' }, presentment: { minor: 1_000, currency: 'EUR' } }
let count = 0
const transaction = (fields: Partial<ShopTransaction>): ShopTransaction => ({
  id: `gid://shopify/OrderTransaction/${++count}`,
  kind: 'SALE',
  status: 'SUCCESS',
  gateway: 'shopify_payments',
  manual: false,
  amount,
  at: new Date('2026-11-21T10:00:00Z'),
  parentId: null,
  errorCode: null,
  method: null,
  ...fields,
})

const COD = { gateway: 'Cash on Delivery (COD)', manual: true }
const GIFT = { gateway: 'gift_card' }
const CREDIT = { gateway: 'shopify_store_credit' }

const cases: [string, string | null, Partial<ShopTransaction>[], PaymentMode][] = [
  [
    'cash that the courier still has to collect',
    'PENDING',
    [{ ...COD, status: 'PENDING' }],
    { kind: 'cod_open', gateway: COD.gateway, parts: ['cod'] },
  ],
  ['nothing paid and nothing said', 'PENDING', [], { kind: 'cod_open', gateway: null, parts: ['cod'] }],
  [
    'cash that came in',
    'PAID',
    [{ ...COD, status: 'PENDING' }, COD],
    { kind: 'cod_collected', gateway: COD.gateway, parts: ['cod'] },
  ],
  [
    'cash that came in and went back',
    'REFUNDED',
    [COD, { ...COD, kind: 'REFUND' }],
    { kind: 'cod_collected', gateway: COD.gateway, parts: ['cod'] },
  ],
  [
    'cash on delivery by its name alone',
    'PENDING',
    [{ gateway: 'COD', status: 'PENDING' }],
    { kind: 'cod_open', gateway: 'COD', parts: ['cod'] },
  ],
  ['a card', 'PAID', [{}], { kind: 'prepaid', gateway: 'shopify_payments', parts: ['shopify_payments'] }],
  [
    'a card that is only authorised',
    'AUTHORIZED',
    [{ kind: 'AUTHORIZATION' }],
    { kind: 'prepaid', gateway: 'shopify_payments', parts: ['shopify_payments'] },
  ],
  [
    'an authorisation that was captured',
    'PAID',
    [{ kind: 'AUTHORIZATION' }, { kind: 'CAPTURE' }],
    { kind: 'prepaid', gateway: 'shopify_payments', parts: ['shopify_payments'] },
  ],
  [
    'an authorisation that was released',
    'VOIDED',
    [{ kind: 'AUTHORIZATION' }, { kind: 'VOID' }],
    { kind: 'none', gateway: 'shopify_payments', parts: [] },
  ],
  [
    'a card that was declined first',
    'PAID',
    [{ status: 'FAILURE', gateway: 'paypal' }, {}],
    { kind: 'prepaid', gateway: 'shopify_payments', parts: ['shopify_payments'] },
  ],
  [
    'a gateway that has not answered',
    'PENDING',
    [{ status: 'PENDING', gateway: 'klarna' }],
    { kind: 'none', gateway: 'klarna', parts: [] },
  ],
  ['a gift card', 'PAID', [GIFT], { kind: 'gift_card', gateway: null, parts: ['gift_card'] }],
  ['store credit', 'PAID', [CREDIT], { kind: 'store_credit', gateway: null, parts: ['store_credit'] }],
  [
    'a gift card and a card',
    'PAID',
    [GIFT, {}],
    { kind: 'mixed', gateway: 'shopify_payments', parts: ['gift_card', 'shopify_payments'] },
  ],
  [
    'a gift card, and cash for the rest',
    'PARTIALLY_PAID',
    [GIFT, { ...COD, status: 'PENDING' }],
    { kind: 'mixed', gateway: COD.gateway, parts: ['gift_card', 'cod'] },
  ],
  ['nothing to pay', 'PAID', [], { kind: 'none', gateway: null, parts: [] }],
  [
    'cancelled before the cash was collected',
    'VOIDED',
    [{ ...COD, status: 'PENDING' }],
    { kind: 'none', gateway: COD.gateway, parts: [] },
  ],
]

test.each(cases)('payment mode: %s', (_name, financialStatus, transactions, mode) => {
  expect(paymentMode({ financialStatus, gateways: [], transactions: transactions.map(transaction) })).toEqual(mode)
})

test('without any transaction the gateway is the one that the order names', () => {
  expect(paymentMode({ financialStatus: 'PENDING', gateways: ['Cash on Delivery (COD)'], transactions: [] })).toEqual({
    kind: 'cod_open',
    gateway: 'Cash on Delivery (COD)',
    parts: ['cod'],
  })
})
