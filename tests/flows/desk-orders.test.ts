import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as inPanel from '../../addon/features/orders/words.ts'
import * as onPage from '../../backend/features/desk/orders/words.ts'
import { mergeTickets } from '../../shared/merging.ts'
import type { OrderView, PaymentKind } from '../../shared/orders.ts'
import { PAYMENT_KINDS } from '../../shared/orders.ts'
import { getTicket } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { pageReader } from '../support/page-reader.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
let nora: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startShopDesk()
  mail = mailAt(desk)
  nora = pageReader(desk, 'nora')
})
afterAll(() => desk.stop())

/** A customer with an order, who writes. */
async function opened(from: string, text: string) {
  const { id } = await mail.cardOfNew({ from, text })
  await nora.open(`/desk/tickets/${id}`)
  return id
}

test('the buyer’s orders stand beside the mail, and an action is begun on one of them', async () => {
  const email = someone()
  const { id: customerId } = desk.fern.customer({ email })
  const order = desk.fern.buy({ customerId })
  await desk.settle()
  await opened(email, 'It is broken.')
  const words = nora.words()
  expect(words).toContain(order.name)
  expect(words).toContain('£17.00')
  expect(words).toContain('Green tea')
  await nora.press('Changed their mind')
  expect(nora.page().path).toMatch(/^\/desk\/tickets\//)
  expect(nora.words()).toContain(order.name)
  expect(nora.page().text).toContain('action="/desk/card"')
})

test('a stranger’s order stays shut until they say what only its buyer knows', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const id = await opened(someone(), `Where is ${order.name}?`)
  expect(nora.words()).not.toContain('Green tea')
  expect(nora.field(`number.${orderIdIn()}`)).toBe(order.name)
  const refused = await nora.press('Confirm', { [`postcode.${orderIdIn()}`]: 'XX1 1XX' })
  expect(refused.status).toBe(409)
  expect(nora.field(`postcode.${orderIdIn()}`)).toBe('XX1 1XX')
  expect((await desk.as('nora').call(getTicket, { params: { ticketId: id } })).shop.orders[0]?.details).toBeNull()
  await nora.press('Unlink')
  expect(nora.words()).toContain('Order taken off this ticket')
})

const orderIdIn = () => /name="postcode\.([0-9a-f-]{36})"/.exec(nora.page().text)?.[1] ?? ''

test('an order is found by its number and linked', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const id = await opened(someone(), 'I called you.')
  await nora.open(`/desk/tickets/${id}/orders?${new URLSearchParams({ by: 'number', text: order.name })}`)
  expect(nora.words()).toContain(order.name)
  await nora.press('Link to this ticket')
  expect(nora.words()).toContain('Order linked')
  const { shop } = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  expect(shop.orders.map(({ number }) => number)).toEqual([order.name])
})

test('on a ticket that was merged nothing is begun for an order, and the page says where to go on', async () => {
  const order = desk.fern.buy()
  await desk.settle()
  const from = someone()
  const [survivor, merged] = [await opened(from, 'My jar.'), await opened(from, 'My jar again.')]
  await desk.as('vera').call(mergeTickets, { params: { ticketId: survivor }, body: { ticketIds: [merged] } })
  await nora.open(`/desk/tickets/${merged}/orders?${new URLSearchParams({ by: 'number', text: order.name })}`)
  expect(nora.words()).toContain(order.name)
  expect(nora.words()).toContain('This ticket was merged. Go on in the other one.')
  expect(nora.words()).not.toContain('Link to this ticket')
})

const CODES = [
  'UNFULFILLED OPEN SCHEDULED IN_PROGRESS PENDING_FULFILLMENT ON_HOLD PARTIALLY_FULFILLED FULFILLED RESTOCKED',
  'REQUEST_DECLINED FULFILLMENT_NOT_REQUIRED SUCCESS LABEL_PRINTED IN_TRANSIT DELIVERED NOT_DELIVERED READY_FOR_PICKUP',
].flatMap((codes) => codes.split(' '))
const FINANCIAL = ['PENDING', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID', 'VOIDED', 'EXPIRED', 'REFUNDED']
const GATEWAYS = [null, 'manual', 'Cash on Delivery (COD)', 'shopify_payments', 'Bank transfer']

test('a page says of orders what the panel says, for every code', () => {
  const order = (over: object): OrderView => ({ details: null, cancelledAt: null, ...over }) as OrderView
  for (const fulfilment of CODES) {
    for (const cancelledAt of [null, '2026-11-20T10:00:00.000Z'])
      expect(onPage.fulfilmentWords(order({ fulfilment, cancelledAt }))).toBe(
        inPanel.fulfilmentWords(order({ fulfilment, cancelledAt })),
      )
    expect(onPage.parcelWords(fulfilment)).toBe(inPanel.parcelWords(fulfilment))
  }
  const kinds: readonly PaymentKind[] = PAYMENT_KINDS
  for (const financial of FINANCIAL)
    for (const kind of kinds)
      for (const gateway of GATEWAYS)
        for (const minor of [0, 500]) {
          const payment = { kind, gateway, parts: ['cod', 'gift_card', gateway ?? 'paypal'] }
          const paid = order({ financial, details: { payment, total: { minor }, parcels: [] } })
          expect(onPage.paymentWords(paid)).toBe(inPanel.paymentWords(paid))
        }
})
