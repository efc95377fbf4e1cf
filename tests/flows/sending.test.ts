import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { remindCustomer } from '../../backend/features/drafts/closing/reminding.ts'
import { tidyTickets } from '../../backend/features/drafts/index.ts'
import { pollMailboxes } from '../../backend/features/intake/index.ts'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { describeWorkspace } from '../../backend/features/settings/workspaces.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getQueue } from '../../shared/queues.ts'
import {
  chooseSending,
  refuseThanks,
  type SendingChoice,
  seeThanks,
  writeClosing,
  writeSendingRules,
} from '../../shared/sending.ts'
import {
  categoriseTicket,
  getTicket,
  listTimeline,
  lookUpTicket,
  moveTicket,
  type TicketStatus,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { SUPPORT, startDesk } from '../support/desk.ts'
import { type Mailed, type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const card = (id: string) => desk.as('nora').call(getTicket, { params: { ticketId: id } })
const statusOf = async ({ id }: Mailed) => (await card(id)).status
const choose = ({ id }: Mailed, when: SendingChoice, who: 'nora' | 'sam' = 'nora') =>
  desk.as(who).call(chooseSending, { params: { ticketId: id }, body: { when } })
const move = async ({ id }: Mailed, status: TicketStatus) =>
  desk.as('nora').call(moveTicket, { params: { ticketId: id }, body: { status, version: (await card(id)).version } })
const moves = async ({ id }: Mailed) =>
  (await desk.as('nora').call(listTimeline, { params: { ticketId: id } })).items
    .filter(({ type }) => type === 'ticket.moved')
    .map(({ facts }) => `${facts['from']} ${facts['to']}`)

/** What the drop-down «When I send» shows as chosen. */
const chosenOn = async ({ id }: Mailed) => {
  const widgets = (await card(id)).below.flatMap((section) => section.widgets)
  const found = widgets.find((widget) => widget.kind === 'pick' && widget.name === 'sending')
  return found?.kind === 'pick' ? found.choices.find(({ chosen }) => chosen)?.label : undefined
}

test('solve when I send: the ticket is solved once the answer is read as sent, in one move', async () => {
  const ticket = await desk.mail()
  expect(await chosenOn(ticket)).toBe('Wait for the customer (as usual)')
  await choose(ticket, 'solve')
  expect(await chosenOn(ticket)).toBe('Solve')
  expect(await statusOf(ticket)).toBe('new')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('solved')
  expect(await moves(ticket)).toEqual(['new solved'])
  expect(await chosenOn(ticket)).toBe('Wait for the customer (as usual)')
})

test('a choice is used up by one answer: the next one waits for the customer again', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket)
  await desk.customerAnswers(ticket)
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('pending')
})

test('a holding answer keeps the ticket open, and its clock runs to the time that was promised', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'keep_2h')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('open')
  expect(await desk.newest(ticket.id, 'next')).toMatchObject({ state: 'running' })
  expect((await desk.dueAt(ticket.id)).getTime() - desk.clock.now().getTime()).toBeLessThanOrEqual(2 * 3_600_000)
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('pending')
})

test('what one person chose does not count for the answer of another', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve', 'sam')
  await desk.answer(ticket, { by: 'nora' })
  expect(await statusOf(ticket)).toBe('pending')
})

test('a choice ends after a day, and when the ticket moves otherwise', async () => {
  const old = await desk.mail()
  await choose(old, 'solve')
  await desk.travel('25 hours')
  expect(await chosenOn(old)).toBe('Wait for the customer (as usual)')
  await desk.answer(old)
  expect(await statusOf(old)).toBe('pending')
  const moved = await desk.mail()
  await choose(moved, 'solve')
  await move(moved, 'on_hold')
  await desk.answer(moved)
  expect(await statusOf(moved)).toBe('on_hold')
})

test('machines and the past apply nothing', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket, { automatic: true })
  await desk.answer(ticket, { historical: true })
  expect(await statusOf(ticket)).toBe('new')
  await desk.answer(ticket)
  expect(await statusOf(ticket)).toBe('solved')
})

test('an answer that crossed the customer’s mail moves nothing', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  const sentAt = desk.clock.now()
  await desk.travel('1 min')
  await desk.customerAnswers(ticket)
  await desk.answer(ticket, { sentAt })
  expect(await statusOf(ticket)).toBe('new')
})

test('«by tomorrow noon» and «in 3 days» are noons where the desk is, not where its server is', async () => {
  const by = systemOf(desk.workspaceId)
  const timeZone = 'Pacific/Auckland'
  const words = { name: 'Fern', languages: ['en'] }
  await describeWorkspace(desk.ctx, desk.workspaceId, { ...words, timeZone }, by)
  const wall = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  const ticket = await desk.mail()
  const days = (count: number) => new Date(desk.clock.now().getTime() + count * 86_400_000)
  const promised: [SendingChoice, number][] = [
    ['keep_tomorrow', 1],
    ['keep_3d', 3],
  ]
  for (const [choice, count] of promised) {
    await choose(ticket, choice)
    const [, at = ''] = /\{\{(.*)\}\}/.exec((await chosenOn(ticket)) ?? '') ?? []
    expect(wall.format(new Date(at))).toBe(`${wall.format(days(count)).split(',')[0]}, 12:00`)
  }
  await describeWorkspace(desk.ctx, desk.workspaceId, { ...words, timeZone: 'UTC' }, by)
})

test('a time that has passed is refused, and so is what nobody chose in person', async () => {
  const ticket = await desk.mail()
  const refused = await refusalOf(choose(ticket, new Date(desk.clock.now().getTime() - 60_000).toISOString()))
  expect(refused).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('later one') })
  expect(
    await refusalOf(desk.as('rhea').call(chooseSending, { params: { ticketId: ticket.id }, body: { when: 'solve' } })),
  ).toMatchObject({ code: 'forbidden' })
})

test('a workspace says by category what happens when nobody chooses', async () => {
  await desk.as('ada').call(writeSendingRules, {
    body: {
      items: [
        { category: 'billing', kind: 'solve' },
        { category: '', kind: 'keep', hours: 4 },
      ],
    },
  })
  const billing = await desk.mail()
  await desk.as('nora').call(categoriseTicket, {
    params: { ticketId: billing.id },
    body: { category: 'billing', version: (await card(billing.id)).version },
  })
  expect(await chosenOn(billing)).toBe('Solve (as usual)')
  await desk.answer(billing)
  expect(await statusOf(billing)).toBe('solved')
  const other = await desk.mail()
  await desk.answer(other)
  expect(await statusOf(other)).toBe('open')
  const twice = {
    items: [
      { category: 'x', kind: 'solve' as const },
      { category: 'x', kind: 'wait' as const },
    ],
  }
  expect((await refusalOf(desk.as('ada').call(writeSendingRules, { body: twice }))).message).toContain('named twice')
  await desk.as('ada').call(writeSendingRules, { body: { items: [] } })
})

test('only thanks reopens nothing, starts no clock, and stands in a view of its own until it is seen', async () => {
  const ticket = await desk.mail()
  await choose(ticket, 'solve')
  await desk.answer(ticket)
  await desk.customerAnswers(ticket, 'Thank you so much!')
  expect(await statusOf(ticket)).toBe('solved')
  expect((await desk.dueAt(ticket.id)).getUTCFullYear()).toBe(9999)
  const thanks = async () =>
    (await desk.as('nora').call(getQueue, { params: { view: 'thanks' } })).items.map(({ id }) => id)
  expect(await thanks()).toContain(ticket.id)
  await desk.as('nora').call(seeThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(await thanks()).not.toContain(ticket.id)
})

test('thanks that need an answer open the ticket with one press, and its clock runs since they were written', async () => {
  const ticket = await desk.mail()
  await desk.answer(ticket)
  await desk.customerAnswers(ticket, 'Danke!')
  const written = desk.clock.now()
  expect(await statusOf(ticket)).toBe('pending')
  await desk.travel('5 min')
  const opened = await desk.as('nora').call(refuseThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(opened.status).toBe('open')
  expect(Date.parse(opened.waitingSince ?? '')).toBeLessThanOrEqual(written.getTime())
  expect(await desk.newest(ticket.id, 'next')).toMatchObject({ state: 'running' })
  await desk.as('nora').call(refuseThanks, { params: { ticketId: ticket.id }, body: {} })
  expect(await moves(ticket)).toEqual(['pending open', 'new pending'])
})

test('thanks while the customer waits for an answer, or with a question, are mails like any other', async () => {
  const waits = await desk.mail()
  await desk.customerAnswers(waits, 'Thanks!')
  expect((await desk.dueAt(waits.id)).getUTCFullYear()).toBeLessThan(9999)
  const asks = await desk.mail()
  await desk.answer(asks)
  await desk.customerAnswers(asks, 'Thanks, but it is broken again')
  expect(await statusOf(asks)).toBe('open')
})

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
