import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sendReply } from '../../shared/drafts.ts'
import { getTicket, type TicketCardView } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startShopDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

/** A customer with an order that has left, and their ticket. */
async function given() {
  const email = someone()
  const { id: customerId } = desk.fern.customer({ email })
  const order = desk.fern.buy({ customerId })
  desk.fern.ship(order.id, `RM${order.name}`)
  await desk.settle()
  const ticket = await mail.cardOfNew({ from: email, text: 'Where is it?' })
  return { order, customerId, ticket }
}

/** What the card says of an answer, once it was compared. */
async function saidOn({ id }: TicketCardView, text: string): Promise<string> {
  await desk.as('nora').call(sendReply, { params: { ticketId: id }, body: { text } })
  await desk.settle()
  const { sections } = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  const told = sections.filter(({ title }) => title === 'Said and done')
  return textOf({ title: '', subtitle: null, sections: told, say: null })
}

const dayOf = (days: number) => new Date(desk.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)

test('an order number that is another customer’s, or nobody’s, is told to its writer by mail and on the card', async () => {
  const [mine, theirs] = [await given(), await given()]
  expect(await saidOn(mine.ticket, `Your order ${mine.order.name} is on its way.`)).toBe('')
  const before = noticesTo(desk, 'nora').length
  const told = await saidOn(mine.ticket, `Your order ${theirs.order.name} is on its way.`)
  expect(told).toContain('that order is not this customer’s')
  expect(noticesTo(desk, 'nora')).toHaveLength(before + 1)
  expect(await saidOn(theirs.ticket, 'Your order FF-998877 is on its way.')).toContain('no such order is known')
})

test('other orders of the customer, numbers that they named, and numbers of other things raise no alarm', async () => {
  const { ticket, customerId } = await given()
  const older = desk.fern.buy({ customerId })
  await desk.settle()
  expect(await saidOn(ticket, `As with your order ${older.name}, we send it by Royal Mail.`)).toBe('')
  expect(await saidOn(ticket, 'Their claim has the number #998877.')).toBe('')
  const named = await mail.cardOfNew({ from: someone(), text: 'I never got order FF-445566.' })
  expect(await saidOn(named, 'We look for your order FF-445566.')).toBe('')
})

test('a day on which something did not happen is told, the right one is not', async () => {
  const { ticket } = await given()
  expect(await saidOn(ticket, `Your parcel was shipped on ${dayOf(0)}.`)).toBe('')
  expect(await saidOn(ticket, 'We are closed on 25 December.')).toBe('')
  expect(await saidOn(ticket, 'Your parcel was shipped today.')).toBe('')
  const told = await saidOn(ticket, `Your parcel was shipped on ${dayOf(-3)}.`)
  expect(told).toContain('the desk knows: the parcel left on')
  expect(await saidOn(ticket, 'Your parcel was shipped yesterday.')).toContain('You wrote yesterday; the desk knows')
})

test('while another order of the customer has not left, nothing is said about days of parcels', async () => {
  const { ticket, customerId } = await given()
  desk.fern.buy({ customerId })
  await desk.settle()
  expect(await saidOn(ticket, `Your parcel was shipped on ${dayOf(-3)}.`)).toBe('')
  expect(await saidOn(ticket, 'Your parcel was shipped yesterday.')).toBe('')
})
