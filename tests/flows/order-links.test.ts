import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { searchOrders } from '../../shared/orders.ts'
import { linkOrder, listTimeline, unlinkOrder } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { addressOf } from '../support/shop-hands.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startShopDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

const PHONE = '+44 20 7946 0958'

/** A stranger's ticket, and an order that somebody else bought. */
async function strangersTicket(text = 'I got a gift and it is broken.') {
  const order = desk.fern.buy({ customerId: desk.fern.customer({ email: someone(), phone: PHONE }).id })
  await desk.settle()
  const from = someone()
  const messageId = await mail.write({ from, text: text.replace('ORDER', order.name) })
  const { id: ticketId } = await mail.card(messageId)
  const found = await desk
    .as('nora')
    .call(searchOrders, { params: { ticketId }, body: { by: 'number', text: order.name } })
  const params = { ticketId, orderId: found.orders[0]?.id ?? '' }
  return { order, from, messageId, params, found }
}

const link = (name: 'nora' | 'sam', params: { ticketId: string; orderId: string }, proof: Proof | null = null) =>
  desk.as(name).call(linkOrder, { params, body: { proof } })

type Proof = { number: string; postcode?: string; phone?: string }

const timelineOf = async (ticketId: string) => {
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId }, query: {} })
  return items.flatMap(({ type, actor }) => (type.startsWith('order.') ? [`${type} by ${actor.name}`] : [])).sort()
}

/** The orders that a ticket's timeline names. */
const ordersIn = async (ticketId: string) => {
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId }, query: {} })
  return [...new Set(items.map(({ facts }) => facts['order']).filter((order) => order !== undefined))]
}

test('an order is found, linked and stays locked until the number and the postcode are right', async () => {
  const { order, params, found } = await strangersTicket()
  expect(found).toMatchObject({ orders: [{ number: order.name, via: null, details: null }], remark: null })
  const linked = await link('nora', params)
  expect(linked.shop.orders).toMatchObject([
    { number: order.name, via: 'linked', link: { confirmed: false, by: 'Nora' }, details: null },
  ])
  await expect(link('nora', params, { number: order.name, postcode: 'N1 9GU' })).rejects.toMatchObject({
    status: 409,
    code: 'proof_mismatch',
  })
  expect((await link('nora', params)).shop.orders[0]?.details).toBeNull()
  const opened = await link('nora', params, { number: order.name.toLowerCase(), postcode: 'se17pb' })
  expect(opened.shop.orders[0]).toMatchObject({
    locked: null,
    link: { confirmed: true, by: 'Nora' },
    details: { lines: [{ title: 'Green tea' }] },
  })
  expect(await timelineOf(params.ticketId)).toEqual([
    'order.link_confirmed by Nora',
    'order.linked by Nora',
    'order.proof_failed by Nora',
  ])
  expect(await ordersIn(params.ticketId)).toEqual([order.name])
})

test('the phone does instead of the postcode, in any spelling, and the digits of the number are enough', async () => {
  const { order, params } = await strangersTicket()
  const opened = await link('nora', params, { number: order.name.replace('FF-', ''), phone: '020 79460958' })
  expect(opened.shop.orders[0]).toMatchObject({ locked: null, link: { confirmed: true } })
  expect(await timelineOf(params.ticketId)).toEqual(['order.link_confirmed by Nora', 'order.linked by Nora'])
})

test.each([
  ['the number of another order', { number: 'FF-999', postcode: 'SE1 7PB' }, 409],
  ['a wrong phone', { number: 'ORDER', phone: '020 7946 0000' }, 409],
  ['a part of the postcode', { number: 'ORDER', postcode: 'SE1' }, 409],
  ['neither postcode nor phone', { number: 'ORDER' }, 400],
])('%s opens nothing', async (_what, proof: Proof, status) => {
  const { order, params } = await strangersTicket()
  const said = { ...proof, number: proof.number.replace('ORDER', order.name) }
  await expect(link('nora', params, said)).rejects.toMatchObject({ status })
  const { shop } = await link('nora', params)
  expect(shop.orders[0]).toMatchObject({ details: null, link: { confirmed: false } })
  expect(shop.compensation).toBeNull()
})

/** An order that a stranger's mail names, as its number and what a proof of it needs. */
async function named(basket: Parameters<ShopDesk['fern']['buy']>[0]) {
  const order = desk.fern.buy(basket)
  await desk.settle()
  const { id: ticketId, shop } = await mail.cardOfNew({ from: someone(), text: `About ${order.name}` })
  return { order, shown: shop.orders[0], params: { ticketId, orderId: shop.orders[0]?.id ?? '' } }
}

test('an order without a customer is opened by the postcode of who gets it', async () => {
  const basket = { customerId: null, email: null, phone: null, shippingAddress: addressOf('Ruth', 'Bell') }
  const { order, shown, params } = await named(basket)
  expect(shown).toMatchObject({ details: null, hint: 'R… B…' })
  const opened = await link('nora', params, { number: order.name, postcode: 'SE1 7PB' })
  expect(opened.shop.orders[0]?.details).toMatchObject({ buyer: { name: 'Ruth Bell', email: null }, lineCount: 1 })
})

test('an order of nobody, sent nowhere, cannot be proved to be known, and says what to do instead', async () => {
  const { order, shown, params } = await named({ customerId: null, email: null, phone: null, shippingAddress: null })
  expect(shown).toMatchObject({ details: null, hint: 'No name and no address on this order' })
  await expect(link('nora', params, { number: order.name, postcode: 'SE1 7PB' })).rejects.toMatchObject({
    code: 'proof_mismatch',
    message: expect.stringMatching(/has no postcode and no phone.*Look in Shopify whose it is/),
  })
})

test.each([
  ['00000', '+971 11 111 1111'],
  ['-', '99999999'],
  ['N/A', null],
])('what people type where they have no postcode (%s) or no phone (%s) is no proof', async (zip, phone) => {
  const shippingAddress = { ...addressOf('Ruth', 'Bell'), zip, phone }
  const { order, params } = await named({ customerId: null, email: null, phone: null, shippingAddress })
  for (const said of [{ postcode: zip }, { phone: phone ?? '0' }])
    await expect(link('nora', params, { number: order.name, ...said })).rejects.toMatchObject({
      message: expect.stringContaining('has no postcode and no phone'),
    })
})

test('the first five digits of an American postcode are enough, four are not', async () => {
  const american = { ...addressOf('Ruth', 'Bell'), zip: '10001-1234', countryCode: 'US' }
  const { order, params } = await named({ customerId: null, email: null, phone: null, shippingAddress: american })
  await expect(link('nora', params, { number: order.name, postcode: '1000' })).rejects.toMatchObject({ status: 409 })
  const opened = await link('nora', params, { number: order.name, postcode: '10001' })
  expect(opened.shop.orders[0]?.details).not.toBeNull()
})

test('who guesses gets no further after five wrong proofs, also with the right one and after a new link, until the next day', async () => {
  const { order, params } = await strangersTicket()
  const right = { number: order.name, postcode: 'SE1 7PB' }
  const wrong = Array.from({ length: 7 }, (_, at) => ({ number: order.name, postcode: `SE1 ${at}PB` }))
  const guesses = await Promise.allSettled(wrong.map((proof) => link('nora', params, proof)))
  expect(guesses.every(({ status }) => status === 'rejected')).toBe(true)
  const failed = (await timelineOf(params.ticketId)).filter((event) => event.startsWith('order.proof_failed'))
  expect(failed).toHaveLength(5)
  await link('nora', params)
  await desk.as('nora').call(unlinkOrder, { params })
  await expect(link('sam', params, right)).rejects.toMatchObject({
    code: 'proof_mismatch',
    message: expect.stringContaining('Too many wrong proofs'),
  })
  expect((await link('nora', params)).shop.orders[0]?.details).toBeNull()
  await desk.travel('25 h')
  expect((await link('nora', params, right)).shop.orders[0]?.details).not.toBeNull()
})

test('the same link again changes nothing, and takes no confirmation back', async () => {
  const { order, params } = await strangersTicket()
  await link('nora', params, { number: order.name, postcode: 'SE1 7PB' })
  const { shop } = await link('sam', params)
  expect(shop.orders[0]?.link).toMatchObject({ confirmed: true, by: 'Nora' })
  await link('sam', params, { number: order.name, postcode: 'SE1 7PB' })
  expect(await timelineOf(params.ticketId)).toEqual(['order.link_confirmed by Nora', 'order.linked by Nora'])
})

test('two agents who link at once make one link', async () => {
  const { order, params } = await strangersTicket()
  const proof = { number: order.name, postcode: 'SE1 7PB' }
  const shown = await Promise.all([link('nora', params, proof), link('sam', params), link('sam', params, proof)])
  expect(shown.every(({ shop }) => shop.orders[0]?.via === 'linked')).toBe(true)
  const events = await timelineOf(params.ticketId)
  expect(events.map((event) => event.split(' ')[0])).toEqual(['order.link_confirmed', 'order.linked'])
})

test('a link that was taken back stays so when a mail names the order, until somebody links it again', async () => {
  const { order, from, messageId, params } = await strangersTicket('My gift ORDER is broken.')
  expect((await mail.card(messageId)).shop.orders).toMatchObject([{ number: order.name, via: 'named' }])
  const without = await desk.as('nora').call(unlinkOrder, { params })
  expect(without.shop.orders).toEqual([])
  await desk.as('nora').call(unlinkOrder, { params }) // nothing left to take back
  await mail.write({ from, text: `I mean ${order.name}!`, subject: 'Re: About my order', inReplyTo: messageId })
  expect((await mail.card(messageId)).shop.orders).toEqual([])
  await link('sam', params)
  expect((await mail.card(messageId)).shop.orders).toMatchObject([{ link: { confirmed: false, by: 'Sam' } }])
  expect(await timelineOf(params.ticketId)).toEqual(['order.linked by Sam', 'order.unlinked by Nora'])
})

test('what was opened is closed again with the link', async () => {
  const { order, params } = await strangersTicket()
  await link('nora', params, { number: order.name, postcode: 'SE1 7PB' })
  await desk.as('nora').call(unlinkOrder, { params })
  expect((await link('nora', params)).shop.orders[0]).toMatchObject({ details: null, link: { confirmed: false } })
})

test('an order that the mail names stays on top when it is linked', async () => {
  const { order, params, messageId } = await strangersTicket('It is about ORDER.')
  await link('nora', params, { number: order.name, postcode: 'SE1 7PB' })
  expect((await mail.card(messageId)).shop.orders).toMatchObject([
    { via: 'named', link: { by: 'Nora', confirmed: true } },
  ])
})

test('who only reads may search, and link nothing', async () => {
  const { order, params } = await strangersTicket()
  const found = await desk
    .as('rhea')
    .call(searchOrders, { params: { ticketId: params.ticketId }, body: { by: 'number', text: order.name } })
  expect(found.orders).toHaveLength(1)
  await expect(desk.as('rhea').call(linkOrder, { params, body: { proof: null } })).rejects.toMatchObject({
    status: 403,
  })
})

test('an order or a ticket that is not there is said so', async () => {
  const { params } = await strangersTicket()
  const nothing = '01890000-0000-7000-8000-00000000dead'
  await expect(link('nora', { ...params, orderId: nothing })).rejects.toMatchObject({ status: 404 })
  await expect(link('nora', { ...params, orderId: nothing }, { number: '1', postcode: '2' })).rejects.toMatchObject({
    status: 404,
  })
  await expect(link('nora', { ...params, ticketId: nothing })).rejects.toMatchObject({ status: 404 })
  await expect(
    desk.as('nora').call(searchOrders, { params: { ticketId: nothing }, body: { by: 'name', text: 'Ada' } }),
  ).rejects.toMatchObject({ status: 404 })
})
