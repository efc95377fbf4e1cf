import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { shopifyIdOf } from '../../backend/features/orders/index.ts'
import { getOrder } from '../../shared/orders.ts'
import { getTicket, linkOrder } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { FERN, FIG, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { until } from '../support/until.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startShopDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

/** A customer of Fern with an order. */
function buyer(email = someone()) {
  const { id: customerId } = desk.fern.customer({ email })
  return { email, customerId, order: desk.fern.buy({ customerId }) }
}

const oursOf = async ({ id }: { id: string }) => {
  const row = await desk.read((tx) =>
    tx.shopOrder.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, shopifyId: shopifyIdOf(id) } }),
  )
  return row
}

test("the buyer's mail shows the buyer's orders, newest first, open and with what they cost", async () => {
  const { email, customerId, order: first } = buyer()
  await desk.travel('1 min')
  const second = desk.fern.buy({ customerId })
  const { shop } = await mail.cardOfNew({ from: email, text: 'Where is it?' })
  expect(shop).toMatchObject({ connected: true, more: false, problems: [], compensation: [] })
  expect(shop.orders.map(({ number, via, locked }) => ({ number, via, locked }))).toEqual([
    { number: second.name, via: 'bought', locked: null },
    { number: first.name, via: 'bought', locked: null },
  ])
  expect(shop.orders[0]).toMatchObject({
    shop: { id: desk.shopId(FERN), name: 'Fern & Fig' },
    details: {
      total: { minor: 1_700, currency: 'GBP', text: '£17.00' },
      shopTotal: null,
      buyer: { email },
      lines: [{ title: 'Green tea', quantity: 1, unitPrice: { text: '£12.00' } }],
    },
  })
})

test('an order that the mail names stands on top, whenever it was placed', async () => {
  const { email, customerId, order: old } = buyer()
  desk.fern.buy({ customerId })
  const { shop } = await mail.cardOfNew({ from: email, text: `My order ${old.name} is not here.` })
  expect(shop.orders[0]).toMatchObject({ number: old.name, via: 'named', link: null, locked: null })
  expect(shop.orders).toHaveLength(2)
})

test('of many orders the card shows five, and says that there are more', async () => {
  const { email, customerId } = buyer()
  for (let more = 0; more < 5; more++) desk.fern.buy({ customerId })
  const { shop } = await mail.cardOfNew({ from: email, text: 'Hello' })
  expect(shop.orders).toHaveLength(5)
  expect(shop.more).toBe(true)
})

test('an order that an agent linked is on the card however many others the mails name, which stay on top', async () => {
  const orders = Array.from({ length: 7 }, () => desk.fern.buy())
  const [linked, ...others] = orders.map(({ name }) => name)
  await desk.settle()
  const [from, inReplyTo] = [someone(), await mail.write({ from: someone(), text: 'Hello', subject: 'Many' })]
  for (const text of [others.slice(0, 5).join(', '), `${others[5]}`])
    await mail.write({ from, text, subject: 'Re: Many', inReplyTo })
  const { id: ticketId } = await mail.card(inReplyTo)
  const orderId = (await oursOf(orders[0] ?? { id: '' })).id
  const { shop } = await desk.as('nora').call(linkOrder, { params: { ticketId, orderId }, body: { proof: null } })
  expect(shop.orders.map(({ via }) => via)).toEqual(['named', 'named', 'named', 'named', 'linked'])
  expect(shop.orders.at(-1)?.number).toBe(linked)
  expect(shop.more).toBe(true)
})

test('someone else who names the order sees nothing personal of it, and is told what opens it', async () => {
  const { email, order } = buyer()
  const { shop } = await mail.cardOfNew({ from: someone(), text: `My gift ${order.name} arrived broken.` })
  const [shown] = shop.orders
  expect(shown).toMatchObject({ number: order.name, via: 'named', details: null, hint: 'A… M…, c…@home.example' })
  expect(shown?.locked).toBe(
    'The customer of this ticket is not known to be the buyer. Ask for the order number and the postcode or phone, and confirm it here.',
  )
  expect(shop.compensation).toBeNull()
  const said = JSON.stringify(shop)
  for (const secret of [email, 'Moss', 'Fern Lane', 'Green tea', '"minor"']) expect(said).not.toContain(secret)
})

test.each(['fail', 'none'] as const)(
  "a mail in the buyer's name that Google does not vouch for (%s) opens nothing",
  async (authentication) => {
    const { email, order } = buyer()
    const forged = { from: email, text: `Refund ${order.name} to my new card.`, authentication }
    const { shop } = await mail.cardOfNew(forged)
    expect(shop.orders[0]).toMatchObject({ number: order.name, details: null })
    expect(shop.orders[0]?.locked).toContain("not proved to come from the buyer's address")
    expect(JSON.stringify(shop)).not.toContain('Green tea')
  },
)

test('a relay address is not the address that bought', async () => {
  const { order } = buyer()
  const { shop } = await mail.cardOfNew({ from: 'x7f3k@relay.example', text: `Where is ${order.name}?` })
  expect(shop.orders[0]).toMatchObject({ via: 'named', details: null })
})

test("a forged mail's ticket opens as soon as the buyer writes into it", async () => {
  const { email, order } = buyer()
  const first = await mail.write({ from: email, text: `About ${order.name}`, authentication: 'none' })
  expect((await mail.card(first)).shop.orders[0]?.details).toBeNull()
  await mail.write({ from: email, text: 'It is really me.', subject: 'Re: About my order', inReplyTo: first })
  expect((await mail.card(first)).shop.orders[0]).toMatchObject({ locked: null, details: { buyer: { email } } })
})

test('the buyer who answers into the ticket of a stranger does not open the order to the one who gets our answers', async () => {
  const { email, order } = buyer()
  const stranger = someone()
  const first = await mail.write({ from: stranger, text: `What is in ${order.name}?` })
  await mail.write({ from: email, text: 'Who are you?', subject: 'Re: About my order', inReplyTo: first })
  const { customer, messageCount, shop } = await mail.card(first)
  expect({ email: customer.email, messageCount }).toEqual({ email: stranger, messageCount: 2 })
  expect(shop.orders).toMatchObject([{ number: order.name, details: null }])
  expect(shop.compensation).toBeNull()
})

test('an order whose address was corrected opens to the right one, and no longer to the wrong one', async () => {
  const [wrong, right] = [someone(), someone()]
  const order = desk.fern.buy({ customerId: null, email: wrong })
  await desk.settle()
  desk.fern.change(order.id, { email: right })
  await desk.settle()
  const text = `Where is ${order.name}?`
  expect((await mail.cardOfNew({ from: wrong, text })).shop.orders[0]).toMatchObject({ via: 'named', details: null })
  expect((await mail.cardOfNew({ from: right, text })).shop.orders[0]).toMatchObject({
    details: { buyer: { email: right } },
  })
})

test('after two customers became one, the address that stays opens the orders of both', async () => {
  const [stays, goes] = [buyer(), buyer()]
  await desk.settle()
  desk.fern.merge(goes.customerId, stays.customerId)
  await desk.settle()
  const { shop } = await mail.cardOfNew({ from: stays.email, text: 'Both, please' })
  expect(shop.orders.map(({ number, locked }) => [number, locked]).sort()).toEqual(
    [
      [stays.order.name, null],
      [goes.order.name, null],
    ].sort(),
  )
})

test('what the customer got in twelve months counts refunds made in Shopify itself, and gift cards', async () => {
  const { email, customerId, order } = buyer()
  await desk.settle()
  desk.fern.refund(order.id, 500)
  desk.fern.giftCard({ code: 'ccgcabcdefgh2345', minor: 2_000, customerId })
  await desk.settle()
  await desk.travel('5 min')
  await desk.tick() // the sweep: Shopify sends no webhook for gift cards
  const { shop } = await mail.cardOfNew({ from: email, text: 'Thanks' })
  expect(shop.orders[0]?.details?.compensation).toMatchObject([
    { refunds: { text: '£5.00' }, refundCount: 1, giftCardCount: 0 },
  ])
  expect(shop.compensation).toMatchObject([
    {
      refunds: { text: '£5.00' },
      refundCount: 1,
      giftCards: { text: '£20.00' },
      giftCardCount: 1,
      total: { text: '£25.00' },
    },
  ])
})

test('one address in two shops shows the orders of both', async () => {
  const { email, order } = buyer()
  const other = desk.fig.buy({ customerId: desk.fig.customer({ email }).id })
  const { shop } = await mail.cardOfNew({ from: email, text: 'Both, please' })
  expect(shop.orders.map(({ number, shop: { id } }) => [number, id]).sort()).toEqual(
    [
      [order.name, desk.shopId(FERN)],
      [other.name, desk.shopId(FIG)],
    ].sort(),
  )
})

test('an order in another currency is shown as the buyer saw it, with the amount in the shop’s', async () => {
  const email = someone()
  const { id: customerId } = desk.fern.customer({ email })
  desk.fern.buy({ customerId, seenIn: { currency: 'SEK', rate: '13' } })
  const { shop } = await mail.cardOfNew({ from: email, text: 'Hej' })
  expect(shop.orders[0]?.details).toMatchObject({
    total: { currency: 'SEK', minor: 1_700 },
    shopTotal: { currency: 'GBP', minor: 130 },
  })
})

test('a card that shows an older state has it read again behind its back', async () => {
  const { email, order } = buyer()
  const { id, shop } = await mail.cardOfNew({ from: email, text: 'Where is it?' })
  const before = shop.orders[0]?.checkedAt ?? ''
  const calls = () => desk.shopify.faults.met('nodes').length
  const asked = calls()
  await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  await desk.settle()
  expect(calls()).toBe(asked) // fresh enough
  await desk.travel('3 min')
  const wished = async () =>
    (await desk.read((tx) => tx.orderWish.count({ where: { workspaceId: desk.workspaceId } }))) > 0
  await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  await until('the wish for the order', wished)
  await desk.settle()
  expect((await oursOf(order)).checkedAt.getTime()).toBeGreaterThan(new Date(before).getTime())
})

test('an order of 400 lines comes with eight on the card, and forty at a time', async () => {
  const email = someone()
  const lines = Array.from({ length: 400 }, (_, at) => ({ title: `Tea ${at}`, price: 100 }))
  desk.fern.buy({ customerId: desk.fern.customer({ email }).id, lines })
  const { id: ticketId, shop } = await mail.cardOfNew({ from: email, text: 'All of them broke.' })
  const orderId = shop.orders[0]?.id ?? ''
  expect(shop.orders[0]?.details).toMatchObject({ lineCount: 400, nextLine: 8 })
  expect(shop.orders[0]?.details?.lines).toHaveLength(8)
  const last = await desk.as('nora').call(getOrder, { params: { ticketId, orderId }, query: { line: 380 } })
  expect(last.details).toMatchObject({ lineCount: 400, nextLine: null })
  expect(last.details?.lines.map(({ title }) => title)).toEqual(
    Array.from({ length: 20 }, (_, at) => `Tea ${380 + at}`),
  )
})

test('an order of a stranger keeps its lines to itself, also when it is asked for alone', async () => {
  const { order } = buyer()
  const { id: ticketId } = await mail.cardOfNew({ from: someone(), text: 'Hello' })
  const { id: orderId } = await oursOf(order)
  const shown = await desk.as('nora').call(getOrder, { params: { ticketId, orderId } })
  expect(shown).toMatchObject({ number: order.name, via: null, details: null })
  expect(shown.locked).not.toBeNull()
})

test('a deleted order stays as it was, and says so', async () => {
  const { email, order } = buyer()
  await desk.settle()
  desk.fern.remove(order.id)
  await desk.settle()
  const { shop } = await mail.cardOfNew({ from: email, text: `Where is ${order.name}?` })
  expect(shop.orders[0]).toMatchObject({ number: order.name, details: { lines: [{ title: 'Green tea' }] } })
  expect(shop.orders[0]?.deletedAt).not.toBeNull()
})

test('a shop that does not let us in leaves the card as it was, with what is wrong', async () => {
  const { email, order } = buyer()
  await desk.settle()
  desk.shopify.faults.add({ operation: '*', kind: 'frozen', times: 1_000, shop: FERN })
  const { shop } = await mail.cardOfNew({ from: email, text: `Where is ${order.name}?` })
  expect(shop.orders[0]).toMatchObject({ number: order.name, details: { lines: [{ title: 'Green tea' }] } })
  expect(shop.problems).toEqual([expect.stringContaining('Shopify has frozen Fern & Fig')])
  desk.shopify.faults.clear()
})
