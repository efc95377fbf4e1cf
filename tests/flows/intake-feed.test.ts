import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { watchMailboxes } from '../../backend/features/intake/jobs.ts'
import { lockMailbox } from '../../backend/features/intake/mailboxes.ts'
import { pauseMailbox } from '../../backend/features/intake/pausing.ts'
import { enqueueLook, enqueueSync, enqueueTaking } from '../../backend/features/intake/queueing.ts'
import { inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { pushMailbox } from '../../shared/intake.ts'
import { showQueue } from '../../shared/queues.ts'
import { lookUpTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

const ARCHIVE = 'archive@fern.example'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

const write = (subject: string) => desk.google.customers.write({ from: someone(), to: SUPPORT, subject, text: 'x' })

/** As somebody who works in the archive account would. */
async function inArchive(method: 'POST' | 'DELETE', path: string): Promise<void> {
  const token = desk.google.users.accessToken(ARCHIVE)
  const answer = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: path.endsWith('modify') ? '{"addLabelIds":["SPAM"]}' : '{}' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const placeOf = async (gmailId: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) =>
      (await tx.mailboxMail.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, gmailId } })).movedTo,
    { reads: true },
  )

const home = (name: StaffName) => desk.as(name).call(showQueue, { params: { view: 'mine' } })

const calls = (method: string) => desk.google.quota.of(ARCHIVE).calls[`gmail.users.${method}`] ?? 0

test('what somebody does with a mail in Gmail is said on its ticket, and nothing of it is lost here', async () => {
  const sent = await write('Tidied away')
  await desk.settle()
  const id = archive.idOf(sent)
  const ticketId = (await mail.find(sent.messageId))?.id ?? ''
  const told = async () =>
    (await desk.events('mail.moved'))
      .filter((event) => event.ticketId === ticketId)
      .map(({ payload }) => (payload as { to: string }).to)
  for (const [method, path, place] of [
    ['POST', `${id}/modify`, 'spam'],
    ['POST', `${id}/trash`, 'trash'],
    ['POST', `${id}/untrash`, null],
    ['DELETE', id, 'deleted'],
  ] as const) {
    await inArchive(method, path)
    await desk.settle()
    expect(await placeOf(id)).toBe(place)
  }
  expect(await told()).toEqual(['spam', 'trash', 'back', 'deleted'])
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Tidied away', messageCount: 1, status: 'new' })
  const raw = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxMail.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, gmailId: id } }),
    { reads: true },
  )
  expect(raw).toMatchObject({ state: 'ended', outcome: 'ticket', rawId: expect.any(String) })
})

test('a page of changes that is read twice says nothing twice', async () => {
  const sent = await write('Trashed once')
  await desk.settle()
  const before = await archive.mailbox()
  await inArchive('POST', `${archive.idOf(sent)}/trash`)
  await desk.settle()
  const told = (await desk.events('mail.moved')).length
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { cursor: before.cursor } }),
  )
  await archive.poll()
  expect(await desk.events('mail.moved')).toHaveLength(told)
})

/** As Pub/Sub would. */
function push(historyId: bigint, messageId: string) {
  const token = desk.google.mintIdentityToken({
    email: 'push@fern.iam.example',
    sub: '1',
    aud: 'https://desk.example/v1/gmail/push',
  })
  const data = Buffer.from(JSON.stringify({ emailAddress: ARCHIVE, historyId: Number(historyId) })).toString('base64')
  return desk.withToken(token).call(pushMailbox, { body: { message: { data, messageId } } })
}

test('a stale push and one that comes again are acknowledged and cost no call', async () => {
  await write('Before the pushes')
  await desk.settle()
  const position = BigInt((await archive.mailbox()).cursor ?? 0)
  const before = desk.google.quota.of(ARCHIVE).total
  expect(await push(position - 1n, 'stale-1')).toEqual({ accepted: true })
  await desk.settle()
  expect(desk.google.quota.of(ARCHIVE).total).toBe(before)
  expect(await push(position, 'fresh-1')).toEqual({ accepted: true })
  await desk.settle()
  const afterFresh = desk.google.quota.of(ARCHIVE).total
  expect(afterFresh).toBe(before + 2) // one look at the feed: what lies at the very position may have been shown in part
  for (let again = 0; again < 5; again++) expect(await push(position, 'fresh-1')).toEqual({ accepted: true })
  await desk.settle()
  expect(desk.google.quota.of(ARCHIVE).total).toBe(afterFresh)
})

test('pushes wait for nobody who writes mails of the mailbox, so that a storm of them keeps no connection from other work', async () => {
  await write('Before the storm')
  await desk.settle()
  const position = BigInt((await archive.mailbox()).cursor ?? 0)
  const written = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const writing = inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await lockMailbox(tx, desk.mailbox.mailboxId)
    held.resolve()
    await written.promise
  })
  await held.promise
  try {
    const storm = await Promise.all(Array.from({ length: 60 }, (_, n) => push(position, `storm-${n}`)))
    expect(storm).toEqual(Array(60).fill({ accepted: true }))
    await home('nora')
  } finally {
    written.resolve()
    await writing
  }
  const before = calls('history.list')
  await desk.settle()
  expect(calls('history.list')).toBe(before + 1)
})

test('a mailbox is polled as often as its setting says', async () => {
  const set = (pollMinutes: number) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { pollMinutes } }),
    )
  await set(5)
  await archive.poll()
  const looks = calls('history.list')
  for (let minute = 0; minute < 4; minute++) {
    await desk.travel('1 min')
    await archive.poll()
  }
  expect(calls('history.list')).toBe(looks)
  await desk.travel('1 min')
  await archive.poll()
  expect(calls('history.list')).toBe(looks + 1)
  await set(1)
})

test('revoked access is told to everybody who leads within the next poll, on card, homepage and page, and loses nothing', async () => {
  const known = await write('Known before')
  await desk.settle()
  desk.google.users.revoke(ARCHIVE)
  const missed = await write('Sent meanwhile')
  await desk.travel('61 min') // the access token that is still held ends
  await archive.poll()
  const told = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.notice.findMany({ where: { workspaceId: desk.workspaceId, kind: 'mailbox' } }),
    { reads: true },
  )
  expect(told.map(({ staffId }) => staffId).sort()).toEqual([desk.staff.vera.id, desk.staff.ada.id].sort())
  await archive.poll()
  expect(await desk.events('mailbox.access_lost')).toHaveLength(1)
  expect(JSON.stringify(await mail.card(known.messageId))).toContain(`${ARCHIVE} cannot be read now`)
  expect(JSON.stringify(await home('vera'))).toContain(`${ARCHIVE} cannot be read since`)
  expect(JSON.stringify(await home('nora'))).not.toContain('cannot be read')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: SUPPORT,
    archiveAddress: ARCHIVE,
    access: 'refresh_token',
    secret: desk.google.users.refreshToken(ARCHIVE, 'desk-client'),
  })
  await archive.poll()
  expect(await mail.find(missed.messageId)).toMatchObject({ subject: 'Sent meanwhile' })
  expect(JSON.stringify(await home('vera'))).not.toContain('cannot be read')
})

test('whoever signs in as the account that everybody shares is told in the panel that this does not work, and what does', async () => {
  const shared = await inviteStaff(
    desk.ctx,
    desk.workspaceId,
    { email: ARCHIVE, name: 'All of us', role: 'agent' },
    systemOf(desk.workspaceId),
  )
  const { sub } = desk.google.users.get(ARCHIVE)
  const together = desk.withToken(desk.tokenOf(ARCHIVE, sub, 'fern.example'))
  const sent = await write('Who answered?')
  await desk.settle()
  const warned = 'signed in as an account that several people share'
  expect(JSON.stringify(await together.call(showQueue, { params: { view: 'mine' } }))).toContain(warned)
  expect(JSON.stringify(await together.call(lookUpTicket, { body: { messageId: sent.messageId } }))).toContain(warned)
  expect(JSON.stringify(await mail.card(sent.messageId))).not.toContain(warned)
  expect(JSON.stringify(await home('nora'))).not.toContain(warned)
  expect(shared.email).toBe(ARCHIVE)
})

test('an admin sets how a mailbox is read, within limits; the change is on the record, and the page names the set-ups that do not work', async () => {
  const ada = visitor(desk, 'ada')
  const path = `/settings/mailboxes/${desk.mailbox.mailboxId}/reading`
  expect((await ada.send(path, { pollMinutes: '0', unitsPerMinute: '' })).text).toContain('Write minutes from 1 to 15')
  expect((await ada.send(path, { pollMinutes: '5', unitsPerMinute: '599' })).text).toContain('units from 600')
  expect((await ada.send(path, { pollMinutes: '5', unitsPerMinute: '6000' })).path).toBe(`${path}?saved=1`)
  expect(await archive.mailbox()).toMatchObject({ pollMinutes: 5, unitsPerMinute: 6_000 })
  expect((await ada.open('/settings/changes')).text).toContain('How mailboxes are read')
  const page = (await ada.open('/settings/mailboxes')).text
  for (const words of ['One login that several people share', 'delegates to people', 'collaborative inbox'])
    expect(page).toContain(words)
  expect((await visitor(desk, 'nora').open(path)).status).not.toBe(200)
  await ada.send(path, { pollMinutes: '1', unitsPerMinute: '' })
  expect(await archive.mailbox()).toMatchObject({ pollMinutes: 1, unitsPerMinute: null })
})

test('pushes go on for weeks, for their watch is renewed each night; and at once for a mailbox that was paused for longer than it lasts', async () => {
  const isPushed = async (subject: string) => {
    const sent = await write(subject)
    await desk.settle() // nobody polls
    return (await mail.find(sent.messageId)) !== null
  }
  for (let night = 0; night < 9; night++) {
    await desk.travel('24 hours')
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, watchMailboxes, {}))
    await desk.settle()
  }
  expect(await isPushed('After nine nights')).toBe(true)
  const [{ id = '' } = {}] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.mailbox.findMany(), {
    reads: true,
  })
  await pauseMailbox(desk.ctx, desk.workspaceId, id, true)
  await desk.travel(`${8 * 24} hours`)
  await pauseMailbox(desk.ctx, desk.workspaceId, id, false)
  await desk.settle()
  expect(await isPushed('After the pause')).toBe(true)
})

test('all that reads a mailbox stands in one line: a wake-up, another look and mails that were missed are never read at the same time', async () => {
  const [{ id = '' } = {}] = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.mailbox.findMany(), {
    reads: true,
  })
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await enqueueSync(tx, { mailboxId: id })
    await enqueueLook(tx, { mailboxId: id }, new Date(tx.now.getTime() + 60_000))
    await enqueueTaking(tx, id, [])
  })
  const owner = await ownerOf(desk.database)
  const { rows } = await owner.query<{ task: string; line: string }>(
    `select t.identifier as task, q.queue_name as line from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id
     left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
     where t.identifier in ('intake:sync', 'intake:take-missed')`,
  )
  await owner.end()
  expect(rows.map(({ task }) => task).sort()).toEqual(['intake:sync', 'intake:sync', 'intake:take-missed'])
  expect([...new Set(rows.map(({ line }) => line))]).toEqual([`mailbox:${id}`])
  await desk.settle()
})
