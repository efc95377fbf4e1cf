import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { getReply, sendReply, startReplyDraft } from '../../shared/drafts.ts'
import { getTicket, listTickets, listTimeline } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let people = 0
let customer: string
let ticketId: string

beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

/** A customer of their own writes for each test, and the mail is read from the archive. */
beforeEach(async () => {
  customer = `ada${++people}@ada.example`
  await desk.google.customers.write({
    from: customer,
    name: 'Ada Lovell',
    to: SUPPORT,
    subject: 'Broken jar',
    text: 'It arrived broken.',
  })
  await desk.settle()
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  ticketId = items.find((item) => item.customer.email === customer)?.id ?? ''
})

const ticket = () => desk.as('nora').call(getTicket, { params: { ticketId } })
const answer = (text: string, key?: string) =>
  desk.as('nora').call(sendReply, { params: { ticketId }, body: { text }, ...(key && { key }) })
const received = () => desk.google.customers.inbox(customer)

test("a reply goes out from the support address, into the customer's conversation, and counts as this agent's first response", async () => {
  await answer('We send a new jar today.')
  await desk.settle()
  const [mail] = received()
  expect(received()).toHaveLength(1)
  expect(mail).toMatchObject({ subject: 'Re: Broken jar', text: expect.stringContaining('We send a new jar today.') })
  expect(mail?.from).toContain(SUPPORT)
  expect(mail?.references.length).toBeGreaterThan(0)
  expect(await ticket()).toMatchObject({
    status: 'pending',
    waitingSince: null,
    messageCount: 2,
    firstResponse: { by: { name: 'Nora' } },
  })
})

test('the copy that is read in the archive does not double the reply', async () => {
  await answer('On its way.')
  await desk.settle()
  await desk.settle()
  const { messages } = await ticket()
  expect(messages.filter(({ direction }) => direction === 'out')).toHaveLength(1)
})

test("the customer's answer joins the ticket and reopens it", async () => {
  await answer('Is the lid broken too?')
  await desk.settle()
  await desk.google.customers.reply(customer, 'Yes, both.')
  await desk.settle()
  expect(await ticket()).toMatchObject({ status: 'open', messageCount: 3, waitingSince: expect.any(String) })
})

test('a reply that is pressed twice is sent once', async () => {
  await Promise.all([answer('Sorry!', 'reply-key-0001'), answer('Sorry!', 'reply-key-0001')])
  await desk.settle()
  expect(received()).toHaveLength(1)
})

test('when Gmail is down the reply waits and goes out once, tried once per attempt', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503', times: 2 })
  const { id } = await answer('We are on it.')
  await desk.settle()
  expect(received()).toHaveLength(0)
  expect((await desk.as('nora').call(getReply, { params: { ticketId, replyId: id } })).state).toBe('unknown')
  for (let minute = 0; minute < 5; minute++) {
    await desk.travel('10 min')
    await desk.settle()
  }
  expect(received()).toHaveLength(1)
  expect(desk.google.faults.met().filter(({ method }) => method === 'gmail.users.messages.send')).toHaveLength(2)
})

test('when the answer to a send is lost, the sent mail is found instead of sent again', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: 'lost-reply', times: 1 })
  const { id } = await answer('Here is your refund.')
  await desk.settle()
  await desk.travel('10 min')
  await desk.settle()
  expect(received()).toHaveLength(1)
  expect((await desk.as('nora').call(getReply, { params: { ticketId, replyId: id } })).state).toBe('sent')
})

test('while effects are paused nothing leaves; afterwards the reply goes out', async () => {
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await answer('Paused words.')
  await desk.settle()
  expect(received()).toHaveLength(0)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.travel('10 min')
  await desk.settle()
  expect(received()).toHaveLength(1)
})

test('a reply that Gmail refuses is said on the card and in the timeline, until another one went out', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '400' })
  await answer('Refused words.')
  await desk.settle()
  expect((await ticket()).unsent).toMatchObject([
    { state: 'refused', by: 'Nora', refusal: expect.stringContaining('400') },
  ])
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId } })
  expect(items[0]).toMatchObject({ type: 'reply.refused', actor: { name: 'Nora' } })
  await answer('Better words.')
  await desk.settle()
  expect((await ticket()).unsent).toEqual([])
  expect(received()).toHaveLength(1)
})

test('a sent reply that cannot be read back is not called refused, and not sent again', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '400', times: 1 })
  const { id } = await answer('Sent, but not shown.')
  await desk.settle()
  expect((await ticket()).unsent).toMatchObject([{ state: 'unknown' }])
  await desk.travel('10 min')
  await desk.settle()
  expect(received()).toHaveLength(1)
  expect((await desk.as('nora').call(getReply, { params: { ticketId, replyId: id } })).state).toBe('sent')
})

test('a draft for Gmail carries the tokens that bring the sent mail back to its ticket and its agent', async () => {
  const draft = await desk.as('nora').call(startReplyDraft, { params: { ticketId }, body: {} })
  expect(draft).toMatchObject({ from: SUPPORT, to: customer, subject: 'Re: Broken jar' })
  expect(draft.replyTo).toMatch(/^support\+[0-9a-z]+-0-[0-9a-f]{16}@fern\.example$/)
  expect(draft.bcc).toMatch(/^archive\+[0-9a-z]+-[0-9a-f]{10}-[0-9a-f]{16}@fern\.example$/)
})

/** Last, because a month without the daily renewal ends the mailbox's watch. */
test('a pause that outlasts every attempt strands no reply', async () => {
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await answer('After a long pause.')
  for (let attempt = 0; attempt < 30; attempt++) {
    await desk.travel('1 day')
    await desk.settle()
  }
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.settle()
  expect(received()).toHaveLength(1)
})
