import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { writeSavedReply } from '../../shared/drafts.ts'
import { getAutomaticAnswers, writeAutomaticAnswers } from '../../shared/mail-rules.ts'
import { listRuleRuns } from '../../shared/rules.ts'
import { refusalOf } from '../support/caller.ts'
import { someone } from '../support/customer-mail.ts'
import { SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { event, type RuleDesk, ruleDesk } from '../support/rule-desk.ts'
import { slaDesk } from '../support/sla-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: RuleDesk
beforeAll(async () => {
  desk = ruleDesk(slaDesk(await startDesk()))
  const savedReplyId = '01890000-0000-7000-8000-00000000000a'
  const body = { title: 'We have it', text: 'We have {ticket}.' }
  await desk.as('vera').call(writeSavedReply, { params: { savedReplyId }, body })
  await desk.addRule({ name: 'Confirm', when: event('ticket_created'), acts: [{ do: 'reply', savedReplyId }] })
})
afterAll(() => desk.stop())
beforeEach(() => desk.travel('61 min'))

const inboxOf = (address: string) => desk.google.customers.inbox(address)

async function writes(from: string, more: object = {}) {
  await desk.google.customers.write({ from, to: SUPPORT, subject: 'Hello', text: 'Hello there', ...more })
  await desk.settle()
}

test('our automatic answer says what it is, so that machines which know the rules leave it alone', async () => {
  const from = someone()
  await writes(from)
  const [mail] = inboxOf(from)
  const raw = desk.google.customers.rawOf(from, mail?.id ?? '')?.toString('latin1') ?? ''
  expect(raw).toMatch(/^Auto-Submitted: auto-replied\r$/m)
  expect(raw).toMatch(/^X-Auto-Response-Suppress: All\r$/m)
  expect(raw).not.toMatch(/^Precedence:/m)
})

test('two robots that answer each other: no more mails leave within an hour than the brake lets through', async () => {
  const robot = someone()
  await desk.as('ada').call(writeAutomaticAnswers, { body: { perHour: 4 } })
  await writes(robot)
  let answered = 0
  for (let round = 0; round < 15; round++) {
    const received = inboxOf(robot).length
    if (received === answered) break
    answered = received
    await writes(robot, { subject: `Thank you for your mail no ${round}` }) // a robot that knows no rule: no header, no thread, a new subject
  }
  expect(inboxOf(robot)).toHaveLength(4)
  await desk.travel('30 min')
  await writes(robot, { subject: 'Once more' })
  expect(inboxOf(robot)).toHaveLength(4)
  await desk.travel('31 min')
  for (let more = 0; more < 8; more++) await writes(robot, { subject: `The next hour ${more}` })
  expect(inboxOf(robot)).toHaveLength(8)
})

test('many mails of one robot at once pass the brake one by one', async () => {
  const robot = someone()
  await desk.as('ada').call(writeAutomaticAnswers, { body: { perHour: 2 } })
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      desk.google.customers.write({ from: robot, to: SUPPORT, subject: `At once ${n}`, text: 'Hello' }),
    ),
  )
  await desk.settle()
  expect(inboxOf(robot)).toHaveLength(2)
  const stopped = (await desk.as('vera').call(listRuleRuns, { query: { limit: 100 } })).items
  expect(
    stopped.some(({ words }) => words.some((word) => word.includes('as many automatic mails within an hour'))),
  ).toBe(true)
})

test.each([
  ['an answering machine', { subject: 'Automatic reply: your mail' }],
  ['who is not proved', { authentication: 'none' }],
  ['whom somebody forges', { authentication: 'fail' }],
])('no automatic answer goes to %s, and the mail is a ticket all the same', async (_who, more) => {
  const from = someone()
  await writes(from, more)
  expect(inboxOf(from)).toEqual([])
  expect((await desk.events('ticket.created')).length).toBeGreaterThan(0)
})

test('no automatic answer goes to a proved sender whose mail wants its answer elsewhere', async () => {
  const from = someone()
  const head = { From: from, To: SUPPORT, 'Reply-To': 'desk@collect.example', Subject: 'Hello' }
  desk.google.deliver(rawMail({ ...head, 'Message-ID': '<trick@home.example>' }, 'Hello there'), {
    from,
    to: [SUPPORT],
  })
  await desk.settle()
  expect([...inboxOf(from), ...inboxOf('desk@collect.example')]).toEqual([])
  const runs = (await desk.as('vera').call(listRuleRuns, { query: { limit: 5 } })).items
  expect(JSON.stringify(runs)).toContain('the newest mail shows tricks of fraud')
})

test('no automatic answer goes to an address behind which nobody reads, nor to one of our own', async () => {
  await writes('no-reply@bank.example')
  expect(inboxOf('no-reply@bank.example')).toEqual([])
  const before = (await desk.events('reply.automatic')).length
  await writes('archive@fern.example')
  expect(await desk.events('reply.automatic')).toHaveLength(before)
})

test('an admin sets the brake on the page; nobody else does, and no number is refused in words', async () => {
  const page = visitor(desk, 'ada')
  expect((await page.send('/settings/mail-rules/brake', { 'per-hour': '7' }, '/settings/mail-rules')).path).toContain(
    'saved=1',
  )
  expect(await desk.as('nora').call(getAutomaticAnswers)).toEqual({ perHour: 7 })
  expect((await page.send('/settings/mail-rules/brake', { 'per-hour': 'x' }, '/settings/mail-rules')).text).toContain(
    'Write a number from 1 to 100.',
  )
  expect((await refusalOf(desk.as('vera').call(writeAutomaticAnswers, { body: { perHour: 1 } }))).code).toBe(
    'forbidden',
  )
})
