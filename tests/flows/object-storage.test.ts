import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { checkStorage } from '../../backend/admin/doctor/storage.ts'
import { createContext } from '../../backend/app.ts'
import { objectKey } from '../../backend/clients/objects/index.ts'
import { sweepFiles } from '../../backend/features/files/index.ts'
import { certifyMailboxes } from '../../backend/features/intake/index.ts'
import { sync } from '../../backend/features/intake/syncing.ts'
import { newId } from '../../backend/platform/ids.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listMailCertificates } from '../../shared/certificates.ts'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import { type ObjectStorage, startObjects } from '../../workbench/emulators/objects/objects.ts'
import { archiveOf } from '../support/archive.ts'
import { someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let storage: ObjectStorage
let desk: Desk
beforeAll(async () => {
  storage = await startObjects({ pageSize: 5 })
  desk = await startDesk({ env: storage.env() })
})
afterAll(async () => {
  await desk.stop()
  await storage.close()
})
afterEach(async () => {
  storage.faults.clear()
  await storage.start()
})

/** Large enough that neither fits into a row or into one part of an upload. */
const PICTURE = randomBytes(9_000_000)
/** Too large for a row. */
const SMALLER = PICTURE.subarray(0, 300_000)

const wrote = (subject: string, content = SMALLER) =>
  desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject,
    text: 'See.',
    attachments: [{ filename: 'jar.jpg', content, contentType: 'image/jpeg' }],
  })

async function ticketAbout(subject: string) {
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
  const found = items.find((item) => item.subject === subject)
  return found && (await desk.as('nora').call(getTicket, { params: { ticketId: found.id } }))
}

type Ticket = NonNullable<Awaited<ReturnType<typeof ticketAbout>>>
const urlOf = (ticket: Ticket | undefined) =>
  (ticket?.messages[0]?.attachments[0]?.url ?? '').replace('https://desk.example', desk.url)

async function outcomes(): Promise<Record<string, number>> {
  const owner = await ownerOf(desk.database)
  const { rows } = await owner.query<{ outcome: string; mails: number }>(
    'select outcome, count(*)::int as mails from desk.mailbox_mail group by outcome',
  )
  await owner.end()
  return Object.fromEntries(rows.map(({ outcome, mails }) => [outcome, mails]))
}

test('a large mail and its attachment lie sealed in the bucket, and are served whole and in parts', async () => {
  await wrote('In the bucket', PICTURE)
  await desk.settle()
  const url = urlOf(await ticketAbout('In the bucket'))
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(PICTURE)).toBe(true)
  const part = await fetch(url, { headers: { range: 'bytes=8999990-' } })
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, PICTURE.subarray(8_999_990)])
  const keys = storage.keys()
  expect(keys).toHaveLength(2)
  for (const key of keys) {
    expect(key).toMatch(new RegExp(`^objects/${desk.workspaceId}/`))
    const { bytes } = storage.bucket().get(key)
    expect(bytes.includes(PICTURE.subarray(100, 200)) || bytes.includes('See.')).toBe(false)
  }
})

test('while the store is out of reach, for days if need be, a mail waits, the desk says why, and what came is there once when it is back', async () => {
  const archive = archiveOf(desk)
  const before = await outcomes()
  await storage.stop()
  await wrote('Waits for the store')
  await wrote('A short one', Buffer.from('tiny'))
  await desk.google.customers.write({ from: someone(), to: SUPPORT, subject: 'Without files', text: 'x' })
  for (let round = 0; round < 3; round++) {
    await archive.poll()
    await desk.travel('26 h')
  }
  expect(await ticketAbout('Waits for the store')).toBeUndefined()
  expect(await ticketAbout('A short one')).toBeUndefined()
  expect(await ticketAbout('Without files')).toBeDefined()

  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, certifyMailboxes, {}))
  await desk.settle()
  const [counted] = (await desk.as('vera').call(listMailCertificates, { query: { limit: 1 } })).items
  expect(counted).toMatchObject({ unended: 2, missing: 0 })

  const page = await fetch(urlOf(await ticketAbout('In the bucket')))
  expect(page.status).toBe(503)
  expect(await page.text()).toMatch(/Object storage cannot be reached. Nothing is lost/)
  expect(await checkStorage(desk.ctx)).toMatchObject([
    {
      about: 'objects',
      state: 'problem',
      says: expect.stringMatching(/cannot be reached.*wait/),
      todo: expect.any(String),
    },
  ])

  await storage.start()
  await archive.poll()
  await archive.poll()
  for (const subject of ['Waits for the store', 'A short one'])
    expect(await ticketAbout(subject)).toMatchObject({ messages: [{ attachments: [{ name: 'jar.jpg' }] }] })
  const told = 2 // mails to a supervisor and an admin about what the count found
  expect(await outcomes()).toEqual({ ...before, ticket: (before['ticket'] ?? 0) + 3, ignored: told })
  expect(await checkStorage(desk.ctx)).toMatchObject([{ state: 'ok' }])
})

test('a mail that waits and whose bytes the store has lost is fetched again, spam too; one that is gone in Gmail as well ends as that', async () => {
  const owner = await ownerOf(desk.database)
  const about = ['Lost and found', 'Lost spam', 'Lost for good']
  const sent = [await wrote('Lost and found')]
  sent.push(
    await desk.google.customers.write({
      from: someone(),
      to: SUPPORT,
      subject: 'Lost spam',
      text: 'x',
      spam: true,
      attachments: [{ filename: 'a.bin', content: SMALLER, contentType: 'application/octet-stream' }],
    }),
  )
  sent.push(await wrote('Lost for good'))
  const { rows: mailboxes } = await owner.query<{ id: string }>('select id from desk.mailbox')
  await sync(desk.ctx, desk.workspaceId, { mailboxId: mailboxes[0]?.id ?? '' }) // read, and not filed yet
  const { rows } = await owner.query<{ key: string }>(
    "select r.object_key as key from desk.raw_mail r join desk.mailbox_mail m on m.raw_id = r.id where m.state = 'received'",
  )
  expect(rows).toHaveLength(about.length)
  for (const { key } of rows) await desk.ctx.objects.remove(key)
  const gone = archiveOf(desk).idOf(sent[2] ?? { copies: [] })
  const token = desk.google.users.accessToken('archive@fern.example')
  await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${gone}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  })
  await desk.settle()
  const ends = await owner.query<{ outcome: string; reason: string | null }>(
    'select outcome, reason from desk.mailbox_mail order by seq desc limit 3',
  )
  await owner.end()
  expect(ends.rows.map(({ outcome, reason }) => reason ?? outcome).sort()).toEqual(['gone', 'spam_label', 'ticket'])
  expect((await ticketAbout('Lost and found'))?.messages[0]?.attachments).toHaveLength(1)
})

test('a mail that waited for more than a day, and whose bytes the store has lost meanwhile, is fetched again and not put aside', async () => {
  const owner = await ownerOf(desk.database)
  await wrote('Lost after days')
  const { rows: mailboxes } = await owner.query<{ id: string }>('select id from desk.mailbox')
  await sync(desk.ctx, desk.workspaceId, { mailboxId: mailboxes[0]?.id ?? '' }) // read, and not filed yet
  const { rows } = await owner.query<{ key: string }>(
    "select r.object_key as key from desk.raw_mail r join desk.mailbox_mail m on m.raw_id = r.id where m.state = 'received'",
  )
  await owner.end()
  expect(rows).toHaveLength(1)
  await desk.ctx.objects.remove(rows[0]?.key ?? '')
  await desk.travel('30 hours')
  await desk.settle()
  expect((await ticketAbout('Lost after days'))?.messages[0]?.attachments).toHaveLength(1)
  expect((await outcomes())['quarantined']).toBeUndefined()
})

test('a store that is full, busy or cuts the line costs no mail', async () => {
  const archive = archiveOf(desk)
  for (const kind of ['XMinioStorageFull', 'SlowDown', 'cut'] as const)
    storage.faults.add({ operation: '*', kind, times: 4 })
  await wrote('Against odds', SMALLER)
  for (let round = 0; round < 8; round++) await archive.poll()
  const url = urlOf(await ticketAbout('Against odds'))
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(SMALLER)).toBe(true)
})

test('a wrong key is told as what it is, and never shown', async () => {
  const { config, clock } = desk.ctx
  const other = createContext({ ...config, s3: { ...config.s3, secret: 'guessed-secret' } }, { process: 'test', clock })
  const [found] = await checkStorage(other)
  await other.close()
  expect(found).toMatchObject({ state: 'problem', says: expect.stringMatching(/refuses the key/) })
  expect(JSON.stringify(found)).not.toMatch(/guessed|desk-key/)
})

test('what killed processes left in the bucket is swept when it is a day old, and nothing else', async () => {
  const before = storage.keys()
  const [begun, unnamed] = [newId(desk.clock.now()), newId(desk.clock.now())]
  const writer = await desk.ctx.objects.write(objectKey(desk.workspaceId, begun))
  await writer.write(PICTURE)
  await desk.ctx.objects.put(objectKey(desk.workspaceId, unnamed), Buffer.from('x'))
  const sweep = async () => {
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, sweepFiles, {}))
    await desk.settle()
  }
  await sweep()
  expect(storage.bucket().unfinished('objects/')).toHaveLength(1)
  await desk.travel('25 hours')
  await sweep()
  expect(storage.bucket().unfinished('objects/')).toEqual([])
  expect(storage.keys()).toEqual(before)
})
