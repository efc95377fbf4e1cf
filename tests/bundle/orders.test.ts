import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getOrder, type OrderView, searchOrders } from '../../shared/orders.ts'
import { getTicket, linkOrder, lookUpTicket, type TicketCardView, unlinkOrder } from '../../shared/tickets.ts'
import { type AddonUnderTest, startAddon } from './support/addon.ts'
import { details, gbp, given, LOCKED, line, lockedOrder, ORDER_ID, orderView, shopWith } from './support/order-views.ts'
import { NORA, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await startAddon()
  await addon.mailArrives('Broken jar', 'The jar of HH-1042 arrived broken.')
})
afterAll(() => addon.close())
afterEach(() => {
  expect(addon.backend.broken).toEqual([])
  expect(addon.failures).toEqual([])
  addon.backend.heard.length = 0
})

async function open(view: TicketCardView) {
  addon.backend.on(lookUpTicket, () => ({ ticket: view, key: 'key-of-nothing' }))
  addon.backend.on(getTicket, () => view)
  const panel = addon.panelOf()
  await panel.panel.openMessage(addon.newestMail())
  return panel
}

const openWith = (orders: OrderView[], other: Partial<TicketCardView['shop']> = {}) =>
  open(ticketView(shopWith(orders, other)))

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

test('a locked order says little and why, and the number that the mail names is filled in', async () => {
  const panel = await openWith([lockedOrder({ via: 'named' })])
  expect(panel.text()).toContain(LOCKED.slice(0, 40))
  expect(panel.text()).toContain('A… B…, a…@customer.example')
  expect(panel.text()).not.toContain('Fern Lane')
  expect(panel.text()).not.toContain('£')
  expect(panel.values()).toMatchObject({ number: 'HH-1042', postcode: '', phone: '' })
  expect(panel.labels()).toContain('Open in Shopify') // who may see everything there sees it there
})

test('a right proof opens the order: one write with what was typed', async () => {
  const panel = await openWith([lockedOrder()])
  addon.backend.on(linkOrder, () =>
    ticketView(shopWith([orderView({ link: { confirmed: true, by: NORA.name, at: '2026-11-20T10:05:00.000Z' } })])),
  )
  await panel.press('Confirm', { number: 'HH-1042', postcode: 'se1 7pb', reply: 'Dear Ada,' })
  expect(addon.backend.callsOf(linkOrder)).toMatchObject([
    {
      params: { ticketId: TICKET_ID, orderId: ORDER_ID },
      body: { proof: { number: 'HH-1042', postcode: 'se1 7pb', phone: '' } },
      key: 'key-of-view-3',
    },
  ])
  expect(panel.text()).toContain('Linked by Nora Lind, confirmed')
  expect(panel.text()).toContain('Heather honey')
  expect(panel.values().reply).toBe('Dear Ada,')
})

test('a wrong proof is redrawn with what was typed and why', async () => {
  const panel = await openWith([lockedOrder()])
  addon.backend.refuse(linkOrder, 'proof_mismatch', 'These do not belong together.')
  await panel.press('Confirm', { number: 'HH-1042', postcode: 'N1 1AA', note: 'Asked twice' })
  expect(panel.text()).toContain('These do not belong together.')
  expect(panel.values()).toMatchObject({ number: 'HH-1042', postcode: 'N1 1AA', note: 'Asked twice' })
  expect(panel.depth()).toBe(1)
})

test('of several locked orders one form is open; another is opened instead', async () => {
  const second = lockedOrder({ id: uuid(502), number: 'HH-0977' })
  const panel = await openWith([lockedOrder(), second])
  expect(panel.labels().filter((label) => label === 'Confirm')).toHaveLength(2)
  expect(panel.action('Confirm').parameters).toMatchObject({ action: 'confirmOrder', orderId: ORDER_ID })
  const other = clickOf(panel, 'askProof')
  await panel.panel.click({ function: 'onAction', parameters: other, formInputs: {} })
  expect(panel.action('Confirm').parameters).toMatchObject({ action: 'askProof', orderId: ORDER_ID })
  addon.backend.on(linkOrder, () => ticketView(shopWith([])))
  const typed = { number: { stringInputs: { value: ['HH-0977'] } } }
  await panel.panel.click({ function: 'onAction', parameters: clickOf(panel, 'confirmOrder'), formInputs: typed })
  expect(addon.backend.callsOf(linkOrder)[0]?.params).toMatchObject({ orderId: second.id })
})

test('a link is taken back with one press', async () => {
  const panel = await openWith([orderView({ via: 'named' })])
  addon.backend.on(unlinkOrder, () => ticketView(shopWith([])))
  await panel.press('Unlink')
  expect(addon.backend.callsOf(unlinkOrder)).toMatchObject([{ params: { orderId: ORDER_ID }, key: 'key-of-view-3' }])
  expect(panel.text()).toContain('No order of this customer is known.')
  expect(panel.notification()).toBe('Order taken off this ticket')
})

test('a reader looks at everything and changes nothing', async () => {
  const view = ticketView({
    me: { ...NORA, mayWork: false },
    ...shopWith([orderView({ via: 'named' }), lockedOrder({ id: uuid(502) })]),
  })
  const panel = await open(view)
  expect(panel.isDisabled('Unlink')).toBe(true)
  expect(panel.labels()).not.toContain('Confirm')
  await panel.press('Find an order')
  addon.backend.on(searchOrders, () => ({ orders: [lockedOrder({ via: null })], remark: null }))
  await panel.press('Search', { by: 'number', text: 'HH-1042' })
  expect(panel.isDisabled('Link to this ticket')).toBe(true)
  expect(panel.text()).toContain('Your role may look at tickets, not work on them.')
})

test('the search finds orders in all shops and links one, which leads back to the ticket', async () => {
  const panel = await openWith([])
  await panel.press('Find an order')
  expect(panel.depth()).toBe(2)
  expect(panel.values()).toMatchObject({ by: 'number', text: '' })
  addon.backend.on(searchOrders, () => ({
    orders: [
      lockedOrder({ via: null }),
      orderView({
        id: uuid(502),
        number: 'HH-2000',
        via: null,
        link: { confirmed: false, by: 'Omar Sy', at: '2026-11-20T09:00:00.000Z' },
      }),
    ],
    remark: 'Fern Outlet does not answer right now.',
  }))
  await panel.press('Search', { by: 'phone', text: '020 7946 0958' })
  expect(addon.backend.callsOf(searchOrders)).toMatchObject([
    { params: { ticketId: TICKET_ID }, body: { by: 'phone', text: '020 7946 0958' } },
  ])
  expect(panel.depth()).toBe(2)
  expect(panel.values()).toMatchObject({ by: 'phone', text: '020 7946 0958' })
  expect(panel.text()).toContain('Fern Outlet does not answer right now.')
  expect(panel.text()).toContain('HH-2000 is linked to this ticket.')
  addon.backend.on(linkOrder, () => ticketView(shopWith([lockedOrder({ via: 'linked' })])))
  await panel.press('Link to this ticket')
  expect(addon.backend.callsOf(linkOrder)).toMatchObject([
    { params: { orderId: ORDER_ID }, body: { proof: null }, key: 'key-of-view-3' },
  ])
  expect(panel.depth()).toBe(1)
  expect(panel.card().header?.title).toBe('TKT-000042 · Open')
  expect(panel.text()).toContain('HH-1042')
})

test('a search that is refused leads back to the search, and not to a second card of the ticket', async () => {
  const panel = await openWith([])
  await panel.press('Find an order')
  const fields = [{ path: 'body.text', message: 'That is too long.' }]
  addon.backend.refuse(searchOrders, 'invalid_request', 'body.text: That is too long.', fields)
  await panel.press('Search', { by: 'name', text: 'Ada Byron' })
  expect(panel.text()).toContain('That is too long.')
  expect(panel.text()).not.toContain('body.text')
  expect(panel.labels()).not.toContain('Find an order')
  await panel.panel.handle({ act: 'back' })
  expect(panel.card().header?.title).toBe('Find an order')
})

test('a search that fails keeps what was typed for the next try', async () => {
  const panel = await openWith([])
  await panel.press('Find an order')
  addon.backend.refuse(searchOrders, 'shopify_unavailable', 'Shopify does not answer.')
  await panel.press('Search', { by: 'email', text: 'ada@customer.example' })
  expect(panel.card().header?.title).toBe('Shopify does not answer')
  addon.backend.on(searchOrders, () => ({ orders: [], remark: null }))
  await panel.press('Retry')
  expect(addon.backend.callsOf(searchOrders).at(-1)).toMatchObject({
    body: { by: 'email', text: 'ada@customer.example' },
  })
  expect(panel.text()).toContain('No order was found.')
})

test('a whole order is a card of its own, with its lines forty at a time', async () => {
  const forty = (from: number) => Array.from({ length: 40 }, (_, at) => line(`Jar ${from + at}`))
  const panel = await openWith([orderView({ details: details({ lineCount: 400, nextLine: 1 }) })])
  addon.backend.on(getOrder, ({ query }) =>
    orderView({ details: details({ lines: forty(query.line), lineCount: 400, nextLine: query.line + 40 }) }),
  )
  await panel.press('Whole order')
  expect(panel.depth()).toBe(2)
  expect(panel.text()).toContain('Lines 1 to 40 of 400')
  expect(panel.text()).toContain('4 Fern Lane')
  await panel.press('More lines')
  expect(panel.text()).toContain('Lines 41 to 80 of 400')
  expect(addon.backend.callsOf(getOrder).map(({ query }) => query)).toEqual([{ line: 0 }, { line: 40 }])
})

/** The parameters of the one button on the card that would call this action. */
function clickOf(panel: Awaited<ReturnType<typeof open>>, action: string): Record<string, string> {
  const buttons = (panel.card().sections ?? []).flatMap(({ widgets = [] }) =>
    widgets.flatMap(({ buttonList }) => buttonList?.buttons ?? []),
  )
  const found = buttons
    .map(({ onClick }) =>
      Object.fromEntries((onClick?.action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
    )
    .find((parameters) => parameters['action'] === action)
  if (!found) throw new Error(`No button calls ${action}`)
  return found
}
