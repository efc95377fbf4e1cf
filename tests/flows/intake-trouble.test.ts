import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const SECOND = 'vera@fern.example'
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

const rowsOf = (gmailIds: string[]) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.mailboxMail.findMany({
        where: { workspaceId: desk.workspaceId, gmailId: { in: gmailIds } },
        orderBy: { seq: 'asc' },
      }),
    { reads: true },
  )

async function asOwner(sql: string) {
  const owner = await ownerOf(desk.database)
  await owner.query(sql)
  await owner.end()
}

test('access that is for another account connects nothing', async () => {
  const secret = desk.google.users.refreshToken('sam@fern.example', 'desk-client')
  const wanted = { address: SUPPORT, archiveAddress: SECOND, access: 'refresh_token', secret } as const
  await expect(connectMailbox(desk.ctx, desk.workspaceId, wanted)).rejects.toMatchObject({ code: 'invalid_request' })
})

test('a mailbox that is connected with history brings earlier mail in as past, and nothing older', async () => {
  const at = (days: number) => new Date(desk.clock.now().getTime() - days * 86_400_000)
  const older = await desk.google.customers.write({
    from: someone(),
    to: SECOND,
    subject: 'Older',
    text: 'x',
    at: at(9),
  })
  const recent = await desk.google.customers.write({
    from: someone(),
    to: SECOND,
    subject: 'Recent',
    text: 'x',
    at: at(2),
  })
  const secret = desk.google.users.refreshToken(SECOND, 'desk-client')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: 'orders@fern.example',
    archiveAddress: SECOND,
    access: 'refresh_token',
    secret,
    historyDays: 7,
  })
  await desk.settle()
  expect(await mail.find(recent.messageId)).toMatchObject({ subject: 'Recent', status: 'closed' })
  expect(await mail.find(older.messageId)).toBeNull()
})

test('the same mail in two mailboxes is one ticket', async () => {
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Twice', text: 'x' })
  await desk.settle()
  const copies = sent.copies.filter(({ mailbox }) => mailbox === SECOND || mailbox === ARCHIVE)
  const rows = await rowsOf(copies.map(({ id }) => id))
  expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['duplicate', 'ticket'])
  expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(1)
  expect(await mail.find(sent.messageId)).toMatchObject({ messageCount: 1 })
})

test('a reply that we sent ourselves is not filed again when the archive shows it', async () => {
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Answer me', text: 'x' })
  await desk.settle()
  const ticket = await mail.find(sent.messageId)
  await desk.as('nora').call(sendReply, { params: { ticketId: ticket?.id ?? '' }, body: { text: 'With pleasure.' } })
  await desk.settle()
  await archive.poll()
  const card = await mail.find(sent.messageId)
  expect(card).toMatchObject({ messageCount: 2, status: 'pending', firstResponse: { by: { name: 'Nora' } } })
})

test('a mail that cannot be filed is tried three times, then is a ticket that says so; the others are filed meanwhile', async () => {
  await asOwner(`create function desk.refuse() returns trigger language plpgsql as $$ begin raise exception 'poison'; end $$;
    create trigger refuse before insert on desk.ticket for each row when (new.subject = 'Poison') execute function desk.refuse()`)
  const before = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Before', text: 'x' })
  const poison = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Poison', text: 'x' })
  const after = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'After', text: 'x' })
  await desk.settle()
  await asOwner('drop trigger refuse on desk.ticket; drop function desk.refuse()')
  expect(await mail.find(before.messageId)).not.toBeNull()
  expect(await mail.find(after.messageId)).not.toBeNull()
  const [row] = await rowsOf(poison.copies.filter(({ mailbox }) => mailbox === ARCHIVE).map(({ id }) => id))
  expect(row).toMatchObject({ state: 'ended', outcome: 'quarantined', reason: 'filing_failed', attempts: 3 })
  expect(row?.rawId).not.toBeNull()
})

test('one mail that Gmail cannot show holds up the others for a while only, and comes when it can be read', async () => {
  const first = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Unreadable for now',
    text: 'x',
  })
  const [id = ''] = first.copies.filter(({ mailbox }) => mailbox === ARCHIVE).map((copy) => copy.id)
  for (let round = 0; round < 4; round++) {
    desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '500', user: ARCHIVE })
    if (round === 3) desk.google.faults.clear()
    await archive.poll()
  }
  expect((await rowsOf([id]))[0]).toMatchObject({ state: 'ended', outcome: expect.stringMatching(/ticket|duplicate/) })
  expect(await mail.find(first.messageId)).toMatchObject({ subject: 'Unreadable for now' })
})

test('a resync that was stopped goes on where it was, and stores nothing twice', async () => {
  desk.google.push.lose(3)
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Interrupted', text: 'x' })
  desk.google.users.forgetHistory(ARCHIVE)
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', user: ARCHIVE })
  await archive.poll()
  const [mailbox] = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailbox.findMany({ where: { workspaceId: desk.workspaceId, archiveAddress: ARCHIVE } }),
    { reads: true },
  )
  expect(mailbox?.resyncPage).not.toBeNull()
  await archive.poll()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Interrupted', messageCount: 1 })
})

const stopAt = (place: string | null) =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.mailbox.updateMany({
      where: { workspaceId: desk.workspaceId, archiveAddress: ARCHIVE },
      data: { resyncPage: place },
    }),
  )

test('a page token that Google has forgotten starts the reading of the mailbox over, and live mail does not wait for it', async () => {
  desk.google.push.lose(3)
  const lost = await desk.google.customers.write({ from: someone(), to: ARCHIVE, subject: 'In the gap', text: 'x' })
  desk.google.users.forgetHistory(ARCHIVE)
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', user: ARCHIVE })
  await archive.poll() // finds the hole
  await stopAt(`${Math.floor(desk.clock.now().getTime() / 1_000) - 86_400}:forgotten`)
  const live = await desk.google.customers.write({ from: someone(), to: ARCHIVE, subject: 'Meanwhile', text: 'x' })
  await archive.poll()
  expect(await mail.find(live.messageId)).toMatchObject({ status: 'new' })
  await archive.poll()
  expect(await mail.find(lost.messageId)).toMatchObject({ status: 'new' })
})

test('while the store is full for days a mail waits, the queue does not grow, and it is filed with its attachment afterwards', async () => {
  const write = desk.ctx.objects.write
  desk.ctx.objects.write = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
  const sent = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Photo',
    text: 'See photo.',
    attachments: [{ filename: 'jar.jpg', content: Buffer.from('jar'), contentType: 'image/jpeg' }],
  })
  const jobs: number[] = []
  for (let round = 0; round < 12; round++) {
    await archive.poll()
    await desk.travel('5 h')
    const { rows } = await desk.pool.query<{ jobs: number }>(
      "select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'intake:process'",
    )
    jobs.push(rows[0]?.jobs ?? 0)
  }
  expect(Math.max(...jobs)).toBeLessThanOrEqual(1)
  expect(await mail.find(sent.messageId)).toBeNull()
  desk.ctx.objects.write = write
  await archive.poll()
  expect(await mail.find(sent.messageId)).toMatchObject({
    subject: 'Photo',
    messages: [{ attachments: [{ name: 'jar.jpg' }] }],
  })
})

test('a database that cannot write for a while is no fault of a mail', async () => {
  await asOwner(`create function desk.refuse() returns trigger language plpgsql as $$ begin raise sqlstate '53100'; end $$;
    create trigger refuse before insert on desk.ticket for each row when (new.subject = 'Full disk') execute function desk.refuse()`)
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Full disk', text: 'x' })
  for (let round = 0; round < 5; round++) await archive.poll()
  await asOwner('drop trigger refuse on desk.ticket; drop function desk.refuse()')
  expect(await mail.find(sent.messageId)).toBeNull()
  await archive.poll()
  expect(await mail.find(sent.messageId)).toMatchObject({ subject: 'Full disk', tags: [] })
})

test('a mail that cannot be prepared for a whole day is a ticket that says so', async () => {
  const get = desk.ctx.objects.get
  const sent = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Lost object',
    text: 'x',
    attachments: [{ filename: 'big.bin', content: Buffer.alloc(400_000, 7), contentType: 'image/png' }],
  })
  desk.ctx.objects.get = () => Promise.reject(new Error('no such object'))
  await desk.settle()
  await desk.travel('25 hours')
  await archive.poll()
  desk.ctx.objects.get = get
  const [row] = await rowsOf(sent.copies.filter(({ mailbox }) => mailbox === ARCHIVE).map(({ id }) => id))
  expect(row).toMatchObject({ outcome: 'quarantined', reason: 'preparing_failed' })
})
