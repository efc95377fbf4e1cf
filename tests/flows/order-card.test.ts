import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getTicket, lookUpTicket } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

test('without a shop the card says nothing about orders', async () => {
  const mail = await desk.google.customers.write({ from: 'ada@home.example', to: SUPPORT, subject: 'Hi', text: 'one' })
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId: mail.messageId } })
  const again = await desk.as('nora').call(getTicket, { params: { ticketId: ticket?.id ?? '' } })
  expect(again.shop).toEqual({ orders: [], more: false, compensation: null, problems: [], connected: false })
})
