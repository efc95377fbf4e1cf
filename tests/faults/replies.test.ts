import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { getReply, sendReply } from '../../shared/drafts.ts'
import { until } from '../support/until.ts'
import { settled } from './support/account.ts'
import { ARCHIVE, type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { faultMet } from './support/meeting.ts'
import { post } from './support/post.ts'

const SEND = 'gmail.users.messages.send'
const READ = 'gmail.users.messages.get'
const CUSTOMER = 'ada0@customer.example'

let desk: CrashingDesk
let ticketId: string
beforeEach(async () => {
  desk = await startCrashingDesk()
  post(desk, () => 1).next()
  await settled(desk)
  ticketId = (await desk.rows<{ id: string }>('select id from desk.ticket'))[0]?.id ?? ''
})
afterEach(() => desk.stop())

const answer = () => desk.nora.call(sendReply, { params: { ticketId }, body: { text: 'A new jar is on its way.' } })
const sends = () => desk.google.quota.of(ARCHIVE).calls[SEND] ?? 0
const received = () => desk.google.customers.inbox(CUSTOMER)

/** An attempt whose end nobody knows is left alone until its lease is over; then it is looked up. */
async function leaseEnds(replyId: string): Promise<void> {
  const [entry] = await desk.rows<{ minutes: number }>(
    'select ceil(extract(epoch from lease_until - now()) / 60)::int as minutes from desk.journal_entry where id = $1',
    [replyId],
  )
  await desk.travel((entry?.minutes ?? 0) + 1)
}

async function expectSentOnce(replyId: string): Promise<void> {
  const state = async () => (await desk.nora.call(getReply, { params: { ticketId, replyId } })).state
  await until('the reply to be sent', async () => (await state()) === 'sent', {
    found: async () => `It is ${await state()}; ${desk.worker.lines().slice(-6).join('\n')}`,
  })
  await settled(desk)
  expect(received()).toHaveLength(1)
  const out = await desk.rows('select id from desk.message where ticket_id = $1 and direction = $2', [ticketId, 'out'])
  const events = await desk.rows<{ type: string }>(
    `select type from desk.event where type in ('reply.planned', 'reply.sent', 'ticket.first_responded') order by type`,
  )
  expect(out).toHaveLength(1)
  expect(events.map(({ type }) => type)).toEqual(['reply.planned', 'reply.sent', 'ticket.first_responded'])
}

test('the worker dies before Gmail takes the reply: it is sent once, later', async () => {
  desk.google.faults.add({ method: SEND, kind: 'timeout' })
  const { id } = await answer()
  await faultMet(desk, SEND)
  await desk.worker.killAndRestart()
  expect(received()).toHaveLength(0)
  await leaseEnds(id)
  await expectSentOnce(id)
})

test('the worker dies after Gmail took the reply and before it is written down: the sent mail is found, not sent again', async () => {
  desk.google.faults.add({ method: READ, kind: 'timeout' })
  const { id } = await answer()
  await faultMet(desk, READ)
  expect(received()).toHaveLength(1)
  await desk.worker.killAndRestart()
  await leaseEnds(id)
  await expectSentOnce(id)
  expect(sends()).toBe(1)
})

test('the answer of Gmail is lost on the way back: the sent mail is found, not sent again', async () => {
  desk.google.faults.add({ method: SEND, kind: 'lost-reply' })
  const { id } = await answer()
  await faultMet(desk, SEND)
  await expectSentOnce(id)
  expect(sends()).toBe(1)
})

test('the socket closes before Gmail did anything: the reply is sent by the next attempt', async () => {
  desk.google.faults.add({ method: SEND, kind: 'closed' })
  const { id } = await answer()
  await faultMet(desk, SEND)
  await expectSentOnce(id)
})

test('the backend dies right after it took the reply: the worker sends it once, and a repeated call is the same reply', async () => {
  const key = 'the-same-click'
  const click = () => desk.nora.call(sendReply, { params: { ticketId }, body: { text: 'A new jar.' }, key })
  const first = await click()
  await desk.api.killAndRestart()
  const again = await click()
  expect(again.id).toBe(first.id)
  await expectSentOnce(first.id)
})

test('a 503 of Gmail is one call for each attempt of the job: the queue tries again, the client does not', async () => {
  desk.google.faults.add({ method: SEND, kind: '503', times: 2 })
  const { id } = await answer()
  await expectSentOnce(id)
  const refused = desk.google.faults.met().filter(({ method }) => method === SEND).length
  // each refused send is followed by two looks, the second of which sends again
  const [entry] = await desk.rows<{ attempt: number }>('select attempt from desk.journal_entry where id = $1', [id])
  expect({ refused, taken: sends(), attempts: entry?.attempt }).toEqual({ refused: 2, taken: 1, attempts: 5 })
})
