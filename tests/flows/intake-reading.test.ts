import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { pushMailbox } from '../../shared/intake.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

test('when pushes are lost, the poll of the next minute brings the mail', async () => {
  desk.google.push.lose(1)
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'No push', text: 'x' })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toBeNull()
  await archive.poll()
  expect(await mail.find(sent.messageId)).not.toBeNull()
})

test('when a mail cannot be fetched the position stays, and the next reading brings it', async () => {
  const { cursor } = await archive.mailbox()
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', times: 1 })
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Late', text: 'x' })
  await desk.settle()
  expect(await mail.find(sent.messageId)).toBeNull()
  expect((await archive.mailbox()).cursor).toBe(cursor)
  await archive.poll()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Late' })
  expect(BigInt((await archive.mailbox()).cursor ?? 0)).toBeGreaterThan(BigInt(cursor ?? 0))
})

test('a change feed that was cut off is made good by reading the mailbox, without doubles', async () => {
  const before = await archive.endings()
  desk.google.push.lose(1)
  const missed = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'In the hole', text: 'x' })
  desk.google.users.forgetHistory('archive@fern.example')
  await archive.poll()
  const after = await archive.endings()
  expect(after.size).toBe(before.size + 1)
  expect(after.get(archive.idOf(missed))).toMatchObject({ outcome: 'ticket', historical: false })
  expect(await mail.find(missed.messageId)).toMatchObject({ status: 'new', waitingSince: expect.any(String) })
  const { rows } = await desk.pool.query('select count(*)::int as jobs from graphile_worker._private_jobs')
  expect(rows[0].jobs).toBe(0)
})

test('revoked access is said in words, once, and reading goes on when it is granted again', async () => {
  desk.google.users.revoke('archive@fern.example')
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Locked out', text: 'x' })
  await desk.travel('2 hours')
  await desk.settle()
  await archive.poll()
  expect(await archive.mailbox()).toMatchObject({
    state: 'needs_access',
    problem: expect.stringContaining('Connect the mailbox again'),
  })
  const lost = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.event.count({ where: { workspaceId: desk.workspaceId, type: 'mailbox.access_lost' } }),
    { reads: true },
  )
  expect(lost).toBe(1)
  const secret = desk.google.users.refreshToken('archive@fern.example', 'desk-client')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: SUPPORT,
    archiveAddress: 'archive@fern.example',
    access: 'refresh_token',
    secret,
  })
  await desk.settle()
  expect(await archive.mailbox()).toMatchObject({ state: 'connected', problem: null })
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Locked out' })
})

test("a push without Google's signature is refused; one for a stranger is acknowledged", async () => {
  const push = (token: string | null, data: object) =>
    fetch(`${desk.url}/v1/gmail/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ message: { data: Buffer.from(JSON.stringify(data)).toString('base64') } }),
    })
  expect((await push(null, {})).status).toBe(401)
  expect((await push('forged', {})).status).toBe(401)
  const email = 'push@fern.iam.example'
  const elsewhere = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://elsewhere.example' })
  expect((await push(elsewhere, {})).status).toBe(401)
  const signed = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://desk.example/v1/gmail/push' })
  const answer = await push(signed, { emailAddress: 'who@nowhere.example', historyId: 7 })
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: false }])
  expect((await push(signed, { nonsense: true })).status).toBe(200)
  const strange = (message: object) =>
    fetch(`${desk.url}/v1/gmail/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${signed}` },
      body: JSON.stringify({ message, subscription: 'projects/fern/subscriptions/gmail' }),
    })
  for (const message of [{ attributes: { by: 'hand' } }, { data: '' }, { data: 'no base64 !' }])
    expect((await strange(message)).status).toBe(200) // refused it would come again for days
})

test('a push whose data is written as Gmail describes it, without padding, wakes the reader', async () => {
  const token = desk.google.mintIdentityToken({
    email: 'push@fern.iam.example',
    sub: '1',
    aud: 'https://desk.example/v1/gmail/push',
  })
  const historyId = desk.google.users.historyId('archive@fern.example')
  for (const tail of ['', ' ', '  ']) {
    const text = JSON.stringify({ emailAddress: 'archive@fern.example', historyId, about: `>>>???~~~${tail}` })
    const data = Buffer.from(text).toString('base64url')
    expect(await desk.withToken(token).call(pushMailbox, { body: { message: { data } } })).toEqual({ accepted: true })
  }
  await desk.settle()
})

test('a push that is ahead of the change feed is looked after some seconds later, a few times', async () => {
  const email = 'push@fern.iam.example'
  const token = desk.google.mintIdentityToken({ email, sub: '1', aud: 'https://desk.example/v1/gmail/push' })
  const historyId = `${BigInt(desk.google.users.historyId('archive@fern.example')) + 1_000n}`
  const data = Buffer.from(JSON.stringify({ emailAddress: 'archive@fern.example', historyId })).toString('base64')
  await desk.withToken(token).call(pushMailbox, { body: { message: { data } } })
  const waiting = async () => {
    await desk.settle()
    const { rows } = await desk.pool.query<{ jobs: number }>(
      "select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'intake:sync' and attempts < max_attempts",
    )
    return rows[0]?.jobs
  }
  const looks = () => desk.google.quota.of('archive@fern.example').calls['gmail.users.history.list'] ?? 0
  const before = looks()
  for (let turn = 0; turn < 10 && (await waiting()) === 1; turn++) await desk.travel('3 s')
  expect(await waiting()).toBe(0)
  const made = looks() - before // at once, and three times more; one reading may ask twice
  expect(made).toBeGreaterThanOrEqual(4)
  expect(made).toBeLessThan(8)
})
