import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { remindCustomer } from '../../backend/features/drafts/closing/reminding.ts'
import { tidyTickets } from '../../backend/features/drafts/index.ts'
import { pollMailboxes } from '../../backend/features/intake/index.ts'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { writeClosing } from '../../shared/sending.ts'
import { lookUpTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { SUPPORT, startDesk } from '../support/desk.ts'
import { sendingHands } from '../support/sending-hands.ts'
import { type Mailed, type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const { card, statusOf, choose, move, moves } = sendingHands(() => desk)

const OFF = { closeSolved: null, remindPending: null, closeReminded: null, texts: {} }

/** The hour strikes. */
async function tidy(): Promise<void> {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tidyTickets, {}))
  await desk.settle()
}

test('solved tickets close after the days that were set, and not before', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket)
  await desk.as('ada').call(writeClosing, { body: { ...OFF, closeSolved: 3 } })
  await desk.travel('2 days')
  await tidy()
  expect(await statusOf(ticket)).toBe('solved')
  await desk.travel('25 hours')
  await tidy()
  expect(await statusOf(ticket)).toBe('closed')
  expect(await moves(ticket)).toEqual(['solved closed', 'new solved'])
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a mail that comes at the moment of closing is on a ticket that is open, be it this one or one that follows', async () => {
  const tickets = await Promise.all([1, 2, 3].map((n) => desk.mail({ from: `late${n}@home.example` })))
  for (const ticket of tickets) {
    await choose(ticket, 'solve')
    await desk.answer(ticket)
  }
  await desk.as('ada').call(writeClosing, { body: { ...OFF, closeSolved: 1 } })
  await desk.travel('2 days')
  const [filed] = await Promise.all([
    Promise.all(tickets.map((ticket) => desk.customerAnswers(ticket))),
    tidyTickets.perform(desk.ctx, desk.workspaceId, {}),
  ])
  for (const { ticketId } of filed) expect(['new', 'open']).toContain((await card(ticketId)).status)
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a customer who is waited for is reminded once, by a mail that says a machine wrote it, and later the ticket closes', async () => {
  const from = 'quiet@home.example'
  const { messageId } = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Jar', text: 'It is broken.' })
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  const mine = { id: ticket?.id ?? '', from }
  await desk.answer(mine)
  await desk.as('ada').call(writeClosing, { body: { ...OFF, remindPending: 2, closeReminded: 5 } })
  await desk.travel('3 days')
  await tidy()
  await tidy()
  const [reminder, ...others] = desk.google.customers.inbox(from)
  expect(others).toEqual([])
  expect(reminder?.text).toContain('Do you still need our help?')
  expect(reminder?.text).toContain('5 days')
  expect(reminder?.subject).toBe('Re: Jar')
  expect(reminder?.references).toContain(messageId)
  const head = desk.google.customers.rawOf(from, reminder?.id ?? '')?.toString() ?? ''
  expect(head).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(await statusOf(mine)).toBe('pending')
  await desk.travel('6 days')
  await tidy()
  expect(await statusOf(mine)).toBe('closed')
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('nobody is reminded whose machine wrote last, nor while nothing may leave the house', async () => {
  const ticket = await desk.mail({ from: 'away@home.example' })
  await desk.answer(ticket)
  await desk.customerAnswers(ticket, 'I am away.', { automatic: true })
  await desk.as('ada').call(writeClosing, { body: { ...OFF, remindPending: 1 } })
  await desk.travel('2 days')
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await tidy()
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await tidy()
  expect((await desk.events('customer.reminded')).filter(({ ticketId }) => ticketId === ticket.id)).toEqual([])
  await desk.as('ada').call(writeClosing, { body: OFF })
})

/** Somebody whose mail was answered three days ago, on a desk that reminds after two days and closes after five more. */
async function quietSince(from: string): Promise<Mailed> {
  const { messageId } = await desk.google.customers.write({ from, to: SUPPORT, subject: 'Jar', text: 'It is broken.' })
  await pollMailboxes.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  const mine = { id: ticket?.id ?? '', from }
  await desk.answer(mine)
  await desk.as('ada').call(writeClosing, { body: { ...OFF, remindPending: 2, closeReminded: 5 } })
  await desk.travel('3 days')
  return mine
}

test('a customer who writes before the reminder has left gets none, however late it could have left', async () => {
  const mine = await quietSince('quick@home.example')
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503', times: 1 })
  await tidy()
  await desk.customerAnswers(mine, 'Here I am: it is the lid.')
  for (let more = 0; more < 3; more++) {
    await desk.travel('1 h')
    await desk.settle()
  }
  expect(desk.google.customers.inbox(mine.from)).toEqual([])
  expect(await statusOf(mine)).toBe('open')
  expect((await desk.events('customer.reminded')).filter(({ ticketId }) => ticketId === mine.id)).toEqual([])
  expect((await card(mine.id)).unsent).toEqual([])
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a reminder that cannot leave for a week closes nothing: the days count since it was sent', async () => {
  const mine = await quietSince('patient@home.example')
  await remindCustomer.perform(desk.ctx, desk.workspaceId, { ticketId: mine.id })
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.travel('7 days')
  await tidy()
  expect(await statusOf(mine)).toBe('pending')
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.settle()
  expect(desk.google.customers.inbox(mine.from)).toHaveLength(1)
  await desk.travel('4 days')
  await tidy()
  expect(await statusOf(mine)).toBe('pending')
  await desk.travel('2 days')
  await tidy()
  expect(await statusOf(mine)).toBe('closed')
  expect(desk.google.customers.inbox(mine.from)).toHaveLength(1)
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a worker that dies while a reminder is sent sends it once, and an answer to it opens the ticket for good', async () => {
  const mine = await quietSince('once@home.example')
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: 'lost-reply', times: 1 })
  await tidy()
  await desk.travel('1 h')
  await desk.settle()
  expect(desk.google.customers.inbox(mine.from)).toHaveLength(1)
  expect((await desk.events('customer.reminded')).filter(({ ticketId }) => ticketId === mine.id)).toHaveLength(1)
  expect(await statusOf(mine)).toBe('pending')
  await desk.google.customers.reply(mine.from, 'Yes: where is it?')
  await pollMailboxes.perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
  expect(await statusOf(mine)).toBe('open')
  await desk.travel('9 days')
  await tidy()
  expect(await statusOf(mine)).toBe('open')
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a ticket of nobody who could be written to closes without a mail', async () => {
  const nobody = await desk.mail({ from: 'unknown-sender@invalid' })
  const ourselves = await desk.mail({ from: SUPPORT })
  for (const ticket of [nobody, ourselves]) await move(ticket, 'pending')
  await desk.as('ada').call(writeClosing, { body: { ...OFF, remindPending: 2, closeReminded: 5 } })
  await desk.travel('3 days')
  await tidy()
  await desk.travel('6 days')
  await tidy()
  expect([await statusOf(nobody), await statusOf(ourselves)]).toEqual(['closed', 'closed'])
  await desk.as('ada').call(writeClosing, { body: OFF })
})

test('a reminder to close what was never reminded is refused', async () => {
  const refused = await refusalOf(desk.as('ada').call(writeClosing, { body: { ...OFF, closeReminded: 3 } }))
  expect(refused).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('reminded') })
})
