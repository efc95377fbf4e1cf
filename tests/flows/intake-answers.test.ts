import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import {
  assignTicket,
  createTicket,
  listTickets,
  listTimeline,
  lookUpTicket,
  moveTicket,
  type TicketCardView,
  voidTicket,
} from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
const someone = () => `customer${++people}@home.example`

async function cardOf(messageId: string): Promise<TicketCardView> {
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error(`There is no ticket of ${messageId}`)
  return ticket
}

async function wrote(from: string, more: { inReplyTo?: string } = {}) {
  const mail = await desk.google.customers.write({ from, to: SUPPORT, subject: 'My order', text: 'one', ...more })
  await desk.settle()
  return mail.messageId
}

let mails = 0
async function delivered(from: string, more: Record<string, string>, at = desk.clock.now()) {
  const id = `<mail${++mails}@home.example>`
  const headers = { From: from, To: SUPPORT, Subject: 'Re: My order', 'Message-ID': id, ...more }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  desk.google.deliver(Buffer.from(`${lines.join('')}\r\ntext ${mails}`), { from, to: [SUPPORT] }, { at })
  await desk.settle()
  return id
}

async function sent(to: string, more: Record<string, string> = {}, at = desk.clock.now()) {
  const headers = { From: SUPPORT, To: to, Subject: 'My order', ...more }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const mail = desk.google.users.send('sam@fern.example', { bytes: Buffer.from(`${lines.join('')}\r\nwords`), at })
  await desk.settle()
  return mail.messageId
}

const moved = (card: TicketCardView, status: 'closed' | 'solved') =>
  desk.as('nora').call(moveTicket, { params: { ticketId: card.id }, body: { status, version: card.version } })

async function timelineOf({ id }: TicketCardView) {
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: id } })
  return items
}

test('three answers to a closed ticket are one new ticket that follows it; a machine disturbs nobody', async () => {
  const from = someone()
  const first = await wrote(from)
  const old = await cardOf(first)
  await moved(old, 'closed')
  const away = await delivered(from, { 'In-Reply-To': first, 'Auto-Submitted': 'auto-replied' })
  expect(await cardOf(away)).toMatchObject({ id: old.id, status: 'closed', messageCount: 2 })
  const answers = [await delivered(from, { 'In-Reply-To': first }), await delivered(from, { 'In-Reply-To': first })]
  const [one, two] = await Promise.all(answers.map(cardOf))
  expect(one?.follows).toMatchObject({ id: old.id })
  expect(two?.id).toBe(one?.id)
  await moved(await cardOf(answers[0] ?? ''), 'closed')
  const third = await cardOf(await delivered(from, { 'In-Reply-To': first }))
  expect(third).toMatchObject({ status: 'new', follows: { id: old.id } })
  const fourth = await cardOf(await delivered(from, { 'In-Reply-To': first }))
  expect(fourth.id).toBe(third.id)
})

test("someone else's answer to a closed ticket does not become part of its customer's next one", async () => {
  const [ada, grace] = [someone(), someone()]
  const first = await wrote(ada)
  await moved(await cardOf(first), 'closed')
  const ofGrace = await cardOf(await delivered(grace, { 'In-Reply-To': first }))
  const ofAda = await cardOf(await delivered(ada, { 'In-Reply-To': first }))
  expect([ofGrace.customer.email, ofAda.customer.email]).toEqual([grace, ada])
  expect(ofAda.id).not.toBe(ofGrace.id)
})

test('an answer brings a void ticket back, and the record says so', async () => {
  const from = someone()
  const first = await wrote(from)
  const { id, version } = await cardOf(first)
  await desk.as('nora').call(voidTicket, { params: { ticketId: id }, body: { reason: 'duplicate', version } })
  await wrote(from, { inReplyTo: first })
  const card = await cardOf(first)
  expect(card.voidReason).toBeNull()
  expect(await timelineOf(card)).toContainEqual(
    expect.objectContaining({ type: 'ticket.unvoided', actor: expect.objectContaining({ kind: 'customer' }) }),
  )
})

test('a ticket whose owner has left wakes up as nobody’s, where everybody sees it', async () => {
  const from = someone()
  const first = await wrote(from)
  const taken = await desk.as('nora').call(assignTicket, {
    params: { ticketId: (await cardOf(first)).id },
    body: { assigneeId: desk.staff.vera.id, version: (await cardOf(first)).version },
  })
  await moved(taken, 'solved')
  await deactivateStaff(desk.ctx, desk.workspaceId, 'vera@fern.example', systemOf(desk.workspaceId))
  await desk.settle()
  await wrote(from, { inReplyTo: first })
  const card = await cardOf(first)
  expect(card).toMatchObject({ status: 'open', assignee: null })
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'unassigned', limit: 100 } })
  expect(items.map(({ id }) => id)).toContain(card.id)
  expect(await timelineOf(card)).toContainEqual(
    expect.objectContaining({ type: 'ticket.assigned', facts: expect.objectContaining({ assigneeId: null }) }),
  )
})

test('a ticket that the team opened is theirs in the record, and has no first response until the customer asked', async () => {
  const customer = someone()
  const first = await sent(customer)
  desk.clock.travel(60_000)
  await sent(customer, { 'In-Reply-To': first })
  const card = await cardOf(first)
  expect(card).toMatchObject({ status: 'pending', firstResponse: null, messageCount: 2 })
  const created = (await timelineOf(card)).find(({ type }) => type === 'ticket.created')
  expect(created?.actor).toMatchObject({ kind: 'staff', name: 'Sam' })
  desk.clock.travel(60_000)
  const asked = desk.clock.now()
  const question = await delivered(customer, { 'In-Reply-To': first }, asked)
  desk.clock.travel(90_000)
  await sent(customer, { 'In-Reply-To': question }, new Date(asked.getTime() + 90_000))
  expect(await cardOf(first)).toMatchObject({ firstResponse: { by: { name: 'Sam' } } })
  const response = (await timelineOf(card)).find(({ type }) => type === 'ticket.first_responded')
  expect(response?.facts['seconds']).toBe(90)
})

test('an answer that is read after a newer question does not hide that the customer waits', async () => {
  const from = someone()
  const first = await wrote(from)
  desk.clock.travel(60_000)
  const at = desk.clock.now()
  desk.clock.travel(60_000)
  await wrote(from, { inReplyTo: first })
  const answer = await sent(from, { 'In-Reply-To': first }, at)
  expect((await cardOf(answer)).id).toBe((await cardOf(first)).id)
  expect(await cardOf(first)).toMatchObject({ status: 'new', messageCount: 3, firstResponse: { by: { name: 'Sam' } } })
})

const openMail = (id: string, from: string, sentAt: Date) => ({
  messageId: id,
  subject: 'Seen by an agent',
  from,
  sentAt: sentAt.toISOString(),
  text: 'x',
})

test('a ticket that an agent made of a mail names the agent in the record', async () => {
  const body = openMail('<seen@home.example>', someone(), desk.clock.now())
  const card = await desk.as('nora').call(createTicket, { body })
  const created = (await timelineOf(card)).find(({ type }) => type === 'ticket.created')
  expect(created?.actor).toMatchObject({ kind: 'staff', name: 'Nora' })
})

test.each([
  ['next year', 365],
  ['a hundred years ago', -36_500],
])('a mail that says it is of %s stands in the queue as of now', async (_when, days) => {
  const now = desk.clock.now()
  const sentAt = new Date(now.getTime() + days * 86_400_000)
  const body = openMail(`<odd${days}@home.example>`, someone(), sentAt)
  const card = await desk.as('nora').call(createTicket, { body })
  expect(Math.abs(Date.parse(card.createdAt) - now.getTime())).toBeLessThan(86_400_000)
})

test('no customer is made of our own address', async () => {
  const body = openMail('<ours@home.example>', `'Ada' via Support <${SUPPORT}>`, desk.clock.now())
  await expect(desk.as('nora').call(createTicket, { body })).rejects.toThrow(/own support address/)
})
