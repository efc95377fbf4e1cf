import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { getReply, sendReply, startReplyDraft } from '../../shared/drafts.ts'
import { getTicket, listTickets, listTimeline, sendAnswerAgain } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const ARCHIVE = 'archive@fern.example'
const SEND = 'gmail.users.messages.send'
const GET = 'gmail.users.messages.get'
const LIST = 'gmail.users.messages.list'
/** More than one page of Gmail's list. */
const MANY = 650
/** What else one test may read: the older mails that end a look, and what the feed reads of a reply. */
const BESIDES = 40

let desk: Desk
let people = 0
let customer: string
let ticketId: string

beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

/** A customer of their own for each test, an hour after the test before, so that a look ends before what was sent there. */
beforeEach(async () => {
  desk.google.faults.clear()
  await desk.travel('60 min')
  customer = `ada${++people}@ada.example`
  await desk.google.customers.write({ from: customer, to: SUPPORT, subject: 'Broken jar', text: 'It arrived broken.' })
  await archiveOf(desk).poll() // a test may travel further than Google's pushes last
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  ticketId = items.find((item) => item.customer.email === customer)?.id ?? ''
})

/** An answer whose sending fails, or succeeds without our hearing of it. */
async function answer(kind: '503' | 'lost-reply' | '429' | null, text = 'A new jar is on its way.'): Promise<string> {
  if (kind) desk.google.faults.add({ method: SEND, kind })
  const { id } = await desk.as('nora').call(sendReply, { params: { ticketId }, body: { text } })
  await desk.settle()
  return id
}

const stateOf = async (replyId: string) =>
  (await desk.as('nora').call(getReply, { params: { ticketId, replyId } })).state
const timesMet = () => desk.google.faults.met().length
const received = () => desk.google.customers.inbox(customer)
const calls = (method: string) => desk.google.quota.of(ARCHIVE).calls[method] ?? 0

/** Mails of others that the account sends meanwhile, which the feed does not tell of. */
const othersSend = (mails: number, at = desk.clock.now()) =>
  desk.google.users.remember(
    ARCHIVE,
    Array.from({ length: mails }, (_, n) => ({
      raw: Buffer.from(
        `From: ${SUPPORT}\r\nTo: else@else.example\r\nSubject: Other ${n}\r\nMessage-ID: <${people}-${at.getTime()}-${n}@x.example>\r\n\r\nOther.\r\n`,
      ),
      at,
      labels: ['SENT'],
      after: null,
    })),
  )

/** Long enough for the pauses of a job. */
async function later(times = 1): Promise<void> {
  for (let n = 0; n < times; n++) {
    await desk.travel('1 min')
    await desk.settle()
  }
}

test('a reply that left before more than 600 others is found on the second page and not sent again, and whole mails are not read', async () => {
  const id = await answer('lost-reply')
  await desk.travel('1 min')
  await othersSend(MANY)
  const before = calls(GET)
  await desk.settle()
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
  expect(calls(GET) - before).toBeGreaterThan(MANY)
  expect(calls(GET) - before).toBeLessThan(MANY + BESIDES)
})

test('a reply that never left is sent exactly once, although more than 600 others were sent since', async () => {
  const id = await answer('503')
  expect(await stateOf(id)).toBe('unknown')
  await desk.travel('1 min')
  await othersSend(MANY)
  await later(3)
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
})

test('a look that Gmail holds up goes on where it was: each sent mail is read once', async () => {
  const id = await answer('lost-reply')
  await desk.travel('1 min')
  await othersSend(MANY)
  const before = calls(GET)
  const met = timesMet()
  desk.google.faults.add({ method: GET, kind: '429', user: ARCHIVE, every: 100, times: 5 })
  await later(10)
  expect(timesMet() - met).toBe(5)
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
  expect(calls(GET) - before).toBeLessThan(MANY + BESIDES)
})

test('two replies of unknown fate cost one look: one is found, the other is sent once', async () => {
  const left = await answer('lost-reply', 'The first.')
  const stayed = await answer('503', 'The second.')
  await desk.travel('1 min')
  await othersSend(MANY)
  const before = calls(GET)
  await later(3)
  expect([await stateOf(left), await stateOf(stayed)]).toEqual(['sent', 'sent'])
  expect(received().map(({ text }) => text.trim().split('\n')[0])).toEqual(['The first.', 'The second.'])
  expect(calls(GET) - before).toBeLessThan(MANY + BESIDES)
})

test('a reply that Gmail lists late is not sent again: one look that finds nothing is not believed', async () => {
  const met = timesMet() + 1 // the sending whose end is lost
  desk.google.faults.add({ method: LIST, kind: 'stale', user: ARCHIVE, times: 2 })
  const id = await answer('lost-reply')
  await desk.travel('5 s')
  await desk.settle()
  expect(timesMet() - met).toBe(2) // both lists of one look did not know of it
  expect(await stateOf(id)).toBe('unknown')
  await later()
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
})

test('the order of the list is not relied upon: older mails before newer ones do not end the search', async () => {
  const id = await answer('lost-reply')
  await othersSend(100, new Date(desk.clock.now().getTime() - 3 * 3_600_000))
  desk.google.faults.add({ method: LIST, kind: 'disordered', user: ARCHIVE, times: 4 })
  await later(3)
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
})

test('a sent reply that somebody threw away is found in the trash', async () => {
  const id = await answer('lost-reply')
  const [gmailId] = desk.google.users
    .mails(ARCHIVE)
    .filter(({ labels }) => labels.includes('SENT'))
    .map((mail) => mail.id)
    .slice(-1)
  await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${gmailId}/trash`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.google.users.accessToken(ARCHIVE)}` },
  }).then((response) => expect(response.status).toBe(200))
  await later(3)
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
})

test('what Gmail turned away at the door is not looked for: it is sent when Gmail lets us in', async () => {
  const before = calls(LIST)
  const id = await answer('429')
  expect(await stateOf(id)).toBe('planned')
  await later()
  expect(await stateOf(id)).toBe('sent')
  expect(received()).toHaveLength(1)
  expect(calls(LIST)).toBe(before)
})

test('while Gmail wants quiet an answer waits for its end and not for the growing pauses of its job', async () => {
  desk.google.faults.add({ method: SEND, kind: '429', times: 5, retryAfter: 50 })
  const id = await answer(null)
  let travelled = 0
  for (; travelled < 300 && (await stateOf(id)) !== 'sent'; travelled += 10) {
    await desk.travel('10 s')
    await desk.settle()
  }
  expect(await stateOf(id)).toBe('sent')
  expect(travelled).toBeLessThan(280)
  expect(received()).toHaveLength(1)
})

test('after a week a reply that is not found is left to a person, who reads so on the card until another answer went out', async () => {
  const id = await answer('503')
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.travel('8 days')
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.settle()
  await later(3)
  expect(await stateOf(id)).toBe('unclear')
  expect(received()).toEqual([])
  const nora = desk.as('nora')
  const card = await nora.call(getTicket, { params: { ticketId } })
  expect(card.unsent).toMatchObject([{ id, state: 'unclear', by: 'Nora', refusal: expect.stringContaining('7 days') }])
  expect(JSON.stringify(card.sections)).toContain('Nobody can tell whether the customer has the answer of Nora')
  const { items } = await nora.call(listTimeline, { params: { ticketId } })
  expect(items.map(({ type }) => type)).toContain('reply.unclear')
  expect(JSON.stringify(card.sections)).toContain('Send it again')
  await answer(null, 'Here it is again.')
  expect((await nora.call(getTicket, { params: { ticketId } })).unsent).toEqual([])
  expect(received()).toHaveLength(1)
})

/** An answer of which nobody can tell whether it left. */
async function unclear(text: string): Promise<string> {
  const id = await answer('503', text)
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await desk.travel('8 days')
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.settle()
  await later(3)
  expect(await stateOf(id)).toBe('unclear')
  return id
}

test('whoever looked and did not find it sends it again as it was written: once, however often it is pressed', async () => {
  const replyId = await unclear('The new jar left on Monday.')
  const press = (name: 'nora' | 'sam') =>
    desk.as(name).call(sendAnswerAgain, { params: { ticketId, replyId }, body: {} })
  await Promise.all([press('nora'), press('nora')])
  await desk.settle()
  expect(await stateOf(replyId)).toBe('sent')
  expect(received()).toHaveLength(1)
  expect(received()[0]?.text).toContain('The new jar left on Monday.')
  expect((await desk.as('nora').call(getTicket, { params: { ticketId } })).unsent).toEqual([])
  expect((await desk.events('reply.sent_again')).filter((event) => event.ticketId === ticketId)).toHaveLength(1)
  await expect(press('nora')).rejects.toMatchObject({ code: 'already_done' })
})

test('sent again and broken off again it is looked for, not sent a third time', async () => {
  const replyId = await unclear('It is lost on its way once more.')
  desk.google.faults.add({ method: SEND, kind: 'lost-reply' })
  await desk.as('nora').call(sendAnswerAgain, { params: { ticketId, replyId }, body: {} })
  await desk.settle()
  await later(3)
  expect(await stateOf(replyId)).toBe('sent')
  expect(received()).toHaveLength(1)
})

test('after a later answer went out, or while somebody else is on the ticket, it is not sent again', async () => {
  const replyId = await unclear('An old word.')
  const press = (name: 'nora' | 'sam') =>
    desk.as(name).call(sendAnswerAgain, { params: { ticketId, replyId }, body: {} })
  await desk.as('nora').call(startReplyDraft, { params: { ticketId }, body: {} })
  await expect(press('sam')).rejects.toMatchObject({ code: expect.stringMatching(/claim|taken|conflict/) })
  await answer(null, 'A newer word.')
  await expect(press('nora')).rejects.toMatchObject({ code: 'already_done' })
  expect(received()).toHaveLength(1)
})

test('an answer that Gmail refused is sent again by a press, with nothing to be typed anew', async () => {
  desk.google.faults.add({ method: SEND, kind: '400' })
  const replyId = await answer(null, 'Typed with care.')
  expect(await stateOf(replyId)).toBe('refused')
  const card = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(JSON.stringify(card.sections)).toContain(`replies/${replyId}/resending`)
  const after = await desk.as('nora').call(sendAnswerAgain, { params: { ticketId, replyId }, body: {} })
  expect(after.unsent).toMatchObject([{ id: replyId, state: 'planned' }])
  await desk.settle()
  expect(await stateOf(replyId)).toBe('sent')
  expect(received().map(({ text }) => text)).toEqual([expect.stringContaining('Typed with care.')])
  await expect(
    desk.as('rhea').call(sendAnswerAgain, { params: { ticketId, replyId }, body: {} }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
