import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listMessages } from '../../shared/tickets.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
})
afterAll(() => desk.stop())

const PASSED =
  '---------- Forwarded message ---------\nFrom: Ada Lovell <ada@home.example>\nDate: Mon\nSubject: Jar\n\nIt broke.'

test('a mail that a colleague forwards to the desk opens the ticket of whoever wrote it, and says who passed it on', async () => {
  const bytes = rawMail({ From: 'Sam <sam@fern.example>', To: SUPPORT, Subject: 'Fwd: Jar' }, `See below\n\n${PASSED}`)
  const { messageId } = desk.google.users.send('sam@fern.example', { bytes })
  await desk.settle()
  const card = await mail.card(messageId)
  expect(card).toMatchObject({ subject: 'Jar', customer: { name: 'Ada Lovell', email: 'ada@home.example' } })
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: card.id } })
  expect(items[0]?.notes).toEqual(['Forwarded by Sam <sam@fern.example>.'])
})

test('a stranger who forwards is the customer: nobody outside opens tickets in the name of others', async () => {
  const { messageId } = await desk.google.customers.write({
    from: 'mallory@home.example',
    to: SUPPORT,
    subject: 'Fwd: Jar',
    text: PASSED,
  })
  await desk.settle()
  expect(await mail.card(messageId)).toMatchObject({ customer: { email: 'mallory@home.example' } })
})
