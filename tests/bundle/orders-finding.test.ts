import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getOrder, searchOrders } from '../../shared/orders.ts'
import { linkOrder, unlinkOrder } from '../../shared/tickets.ts'
import type { AddonUnderTest } from './support/addon.ts'
import { besideOrderMail, clickOf, openedTicket } from './support/opened-ticket.ts'
import { details, LOCKED, line, lockedOrder, ORDER_ID, orderView, shopWith } from './support/order-views.ts'
import { NORA, TICKET_ID, ticketView, uuid } from './support/views.ts'

let addon: AddonUnderTest
beforeAll(async () => {
  addon = await besideOrderMail()
})
afterAll(() => addon.close())
afterEach(() => addon.expectSound())

const { open, openWith } = openedTicket(() => addon)

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
