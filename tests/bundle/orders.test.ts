import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { OrderView } from '../../shared/orders.ts'
import type { AddonUnderTest } from './support/addon.ts'
import { besideOrderMail, openedTicket } from './support/opened-ticket.ts'
import { details, gbp, given, line, orderView } from './support/order-views.ts'
import { ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await besideOrderMail()
})
afterAll(() => addon.close())
afterEach(() => addon.expectSound())

const { open, openWith } = openedTicket(() => addon)

test('without a shop the card says nothing about orders', async () => {
  const panel = await open(ticketView())
  const headings = (panel.card().sections ?? []).map(({ header }) => header)
  expect([...headings, ...panel.labels()].join()).not.toMatch(/order/i)
})

type Paid = [words: string, order: Partial<OrderView>, payment: Parameters<typeof details>[0]]

test.each<Paid>([
  [
    'Cash on delivery, not collected yet · £25.00',
    { financial: 'PENDING' },
    {
      payment: { kind: 'cod_open', gateway: 'Cash on Delivery (COD)', parts: ['cod'] },
      received: gbp(0),
      outstanding: gbp(2_500),
    },
  ],
  ['Cash on delivery, collected · £25.00', {}, { payment: { kind: 'cod_collected', gateway: null, parts: ['cod'] } }],
  [
    'Bank Deposit, not received yet · £25.00',
    { financial: 'PENDING' },
    {
      payment: { kind: 'cod_open', gateway: 'Bank Deposit', parts: ['cod'] },
      received: gbp(0),
      outstanding: gbp(2_500),
    },
  ],
  ['Payment by hand, received · £25.00', {}, { payment: { kind: 'cod_collected', gateway: 'manual', parts: ['cod'] } }],
  [
    'Gift card + Bank Deposit · £25.00',
    {},
    { payment: { kind: 'mixed', gateway: 'Bank Deposit', parts: ['gift_card', 'cod'] } },
  ],
  [
    'Shopify Payments + cash on delivery · £25.00',
    { financial: 'PARTIALLY_PAID' },
    { payment: { kind: 'mixed', gateway: 'shopify_payments', parts: ['shopify_payments', 'cod'] } },
  ],
  ['Paid with Visa · £25.00', {}, {}],
  [
    'Paid with Shopify Payments · £25.00',
    {},
    { payment: { kind: 'prepaid', gateway: 'shopify_payments', parts: ['shopify_payments'] } },
  ],
  [
    'Paid with Visa: reserved, not taken yet · £25.00',
    { financial: 'AUTHORIZED' },
    { received: gbp(0), outstanding: gbp(2_500) },
  ],
  ['Paid with iDEAL · £25.00', {}, { payment: { kind: 'prepaid', gateway: 'ideal', parts: ['ideal'] } }],
  ['Paid with a gift card · £25.00', {}, { payment: { kind: 'gift_card', gateway: null, parts: ['gift_card'] } }],
  ['Gift card + Visa · £25.00', {}, { payment: { kind: 'mixed', gateway: 'Visa', parts: ['gift_card', 'Visa'] } }],
  [
    'Paid with store credit · £25.00',
    {},
    { payment: { kind: 'store_credit', gateway: null, parts: ['store_credit'] } },
  ],
  [
    'Nothing to pay · £0.00',
    {},
    { payment: { kind: 'none', gateway: null, parts: [] }, total: gbp(0), received: gbp(0) },
  ],
  [
    'Payment has expired · £25.00',
    { financial: 'EXPIRED' },
    { payment: { kind: 'none', gateway: null, parts: [] }, received: gbp(0), outstanding: gbp(2_500) },
  ],
])('how an order is paid, in words: %s', async (words, order, paid) => {
  const panel = await openWith([orderView({ ...order, details: details(paid) })])
  expect(panel.text()).toContain(words)
})

test('an order shows its lines with pictures, parcels, amounts, refunds, tags and its age', async () => {
  const panel = await openWith([
    orderView({
      fulfilment: 'FULFILLED',
      via: 'named',
      details: details({
        lines: [line('Heather honey', { currentQuantity: 1 }), line('Lime honey', { imageUrl: null })],
        lineCount: 9,
        parcels: [
          {
            status: 'IN_TRANSIT',
            shippedAt: '2026-11-13T09:00:00.000Z',
            deliveredAt: null,
            expectedAt: '2026-11-21T12:00:00.000Z',
            tracking: [{ company: 'DHL', number: 'JD0146', url: 'https://track.carrier.example/JD0146' }],
          },
        ],
        refunded: gbp(500),
        refunds: [
          { at: '2026-11-14T09:00:00.000Z', amount: gbp(0), note: null, settled: true },
          { at: '2026-11-15T09:00:00.000Z', amount: gbp(500), note: null, settled: false },
        ],
        tags: ['gift', 'vip'],
        disputes: [{ status: 'NEEDS_RESPONSE', kind: 'CHARGEBACK' }],
        holds: ['Awaiting payment'],
        compensation: [given({ giftCardCount: 0, reshipCount: 0 })],
      }),
    }),
  ])
  const text = panel.text()
  for (const words of [
    'HH-1042 · 12 Nov',
    'Named in the mail · Honey Hill',
    '2 × Heather honey (1 left)',
    '250 g · £12.50 · HON-250',
    'https://cdn.shop.example/honey.png',
    'and 7 more',
    'On its way · expected 21 Nov · DHL JD0146',
    '£25.00 · refunded £5.00',
    'no money, 14 Nov · £5.00, 15 Nov (money not moved yet)',
    'gift, vip',
    'Dispute: Chargeback, needs response',
    'Held back: Awaiting payment',
    '£58.00 refunds (2)',
    'Shipped · as of 2 min ago',
    'https://track.carrier.example/JD0146',
    'https://honey.myshopify.com/admin/orders/1042',
  ])
    expect(text).toContain(words)
  expect(panel.labels()).toEqual(expect.arrayContaining(['Track DHL', 'Whole order', 'Open in Shopify', 'Unlink']))
})

test('the orders behind the first say the rest in short, and parcels of one carrier are told apart', async () => {
  const parcel = (number: string) => ({
    status: 'IN_TRANSIT',
    shippedAt: null,
    deliveredAt: null,
    expectedAt: null,
    tracking: [{ company: 'Northpost', number, url: `https://track.carrier.example/${number}` }],
  })
  const behind = orderView({
    id: uuid(502),
    number: 'HH-0977',
    details: details({
      lines: [line('Heather honey'), line('Lime honey'), line('Clover honey')],
      lineCount: 3,
      refunded: gbp(500),
      tags: ['gift'],
      discountCodes: ['SORRY'],
      compensation: [given({ giftCardCount: 0, reshipCount: 0 })],
      parcels: [parcel('NP000111'), parcel('NP000222')],
    }),
  })
  const panel = await openWith([orderView(), behind])
  for (const words of [
    'and 1 more',
    '£25.00 · refunded £5.00',
    'Tags: gift',
    'Discount codes: SORRY',
    'Given back: £58.00 refunds (2)',
  ])
    expect(panel.text()).toContain(words)
  expect(panel.labels()).toEqual(expect.arrayContaining(['Track Northpost …0111', 'Track Northpost …0222']))
})

test('orders that have no room on the card are said to be there', async () => {
  const panel = await openWith([orderView()], { more: true })
  expect(panel.text()).toContain('There are more orders than are shown: find them by number or e-mail.')
})

test('of 250 tags the first dozen is named', async () => {
  const tags = Array.from({ length: 250 }, (_, at) => `tag-${at}`)
  const panel = await openWith([orderView({ details: details({ tags }) })])
  expect(panel.text()).toContain('tag-10, tag-11, 238 more')
  expect(panel.text()).not.toContain('tag-12')
})

test('what a customer got in twelve months stands in one line for each currency, and an unknown cost says so', async () => {
  const panel = await openWith([orderView()], { compensation: [given()] })
  expect(panel.text()).toContain('£58.00 refunds (2) · £20.00 gift cards (1) · 1 reship £34.00 (cost £12.10)')
  const two = await openWith([orderView()], { compensation: [given(), given({ currency: 'EUR' })] })
  expect(two.text()).toContain('(cost £12.10)<br>£58.00')
  const other = await openWith([orderView()], { compensation: [given({ reshipCost: null })] })
  expect(other.text()).toContain('1 reship £34.00 (cost not known)')
  const none = await openWith([orderView()], { compensation: [] })
  expect(none.text()).toMatch(/Given back in 12 months.*Nothing/)
})

test('trouble with a shop is said on the card, which comes all the same', async () => {
  const problem = 'Honey Hill does not let Sidedesk in any more: its access was revoked.'
  const panel = await openWith([orderView()], { problems: [problem] })
  expect(panel.text()).toContain(problem)
  expect(panel.text()).toContain('HH-1042')
})

test('a deleted order is the last that was known, and a cancelled one says so', async () => {
  const panel = await openWith([
    orderView({ deletedAt: '2026-11-19T09:00:00.000Z', cancelledAt: '2026-11-18T09:00:00.000Z' }),
  ])
  expect(panel.text()).toContain('This order was deleted in Shopify')
  expect(panel.text()).toContain('Cancelled · Not shipped yet')
})
