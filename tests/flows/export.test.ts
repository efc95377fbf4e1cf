import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import { objectKey } from '../../backend/clients/objects/index.ts'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { exportCustomer, getCustomerExport } from '../../shared/retention.ts'
import { makeCustomerTask } from '../../shared/tasks.ts'
import { noteTicket } from '../../shared/tickets.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let customerId = ''
let exportId = ''
const photo = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 7919) % 251))

beforeAll(async () => {
  desk = await startDesk()
  const sent = await desk.google.customers.write({
    from: 'ada@home.example',
    name: 'Ada Lovelace',
    to: SUPPORT,
    subject: 'A broken jar',
    text: 'It broke on Monday.',
    attachments: [{ filename: '../jar:1.jpg', content: photo, contentType: 'image/jpeg' }],
  })
  await desk.settle()
  const ticket = await mailAt(desk).card(sent.messageId)
  customerId = ticket.customer.id
  const params = { ticketId: ticket.id }
  const nora = desk.as('nora')
  await nora.call(noteTicket, { params, body: { text: 'She sounds friendly.' } })
  await nora.call(sendReply, { params, body: { text: 'A new one is on its way.' } })
  const dueOn = desk.clock.now().toISOString().slice(0, 10)
  await nora.call(makeCustomerTask, {
    params: { customerId },
    body: { words: 'Send flowers', dueOn, assigneeId: null },
  })
  await mailAt(desk).write({ from: 'ben@home.example', text: 'This is none of hers.' })
  await desk.settle()
  exportId = (await desk.as('ada').call(exportCustomer, { params: { customerId } })).id
})
afterAll(() => desk.stop())

const look = () => desk.as('ada').call(getCustomerExport, { params: { exportId } })
const fetched = (url: string, headers: Record<string, string> = {}) =>
  fetch(url.replace('https://desk.example', desk.url), { headers })

test('an export is made by a job; until then there is no link', async () => {
  expect(await look()).toMatchObject({ state: 'waiting', url: null })
  await desk.settle()
  expect(await look()).toMatchObject({
    state: 'ready',
    url: expect.stringContaining(`/v1/customer-exports/${exportId}/file?`),
  })
})

test('it holds the record, every ticket with its messages and notes, the mails of the customer as they came, and every file', async () => {
  const { url, size } = await look()
  const response = await fetched(url ?? '')
  expect(response.headers.get('content-type')).toContain('application/zip')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(bytes.length).toBe(size)
  const files = unzipSync(bytes)
  const text = (name: string) => Buffer.from(files[name] ?? []).toString('utf8')
  expect(JSON.parse(text('customer.json'))).toMatchObject({
    name: 'Ada Lovelace',
    email: 'ada@home.example',
    tasks: [{ words: 'Send flowers' }],
  })
  const names = Object.keys(files)
  const folder = names.find((name) => name.endsWith('/messages.jsonl'))?.replace('/messages.jsonl', '') ?? ''
  const lines = text(`${folder}/messages.jsonl`).trim().split('\n')
  const messages = lines.map((line) => JSON.parse(line))
  expect(messages.map(({ kind, from }) => [kind, typeof from === 'string' ? from : from.address])).toEqual([
    ['message', 'ada@home.example'],
    ['note', 'team'],
    ['message', 'team'],
  ])
  expect(messages[0].text).toContain('It broke on Monday.')
  const [file] = messages[0].files
  expect(file.file).toMatch(/^tickets\/TKT-\d+\/files\/[^/]+$/)
  expect(Buffer.from(files[file.file] ?? []).equals(photo)).toBe(true)
  const mail = names.find((name) => name.endsWith('.eml')) ?? ''
  expect(text(mail)).toContain('Subject: A broken jar')
  expect(names.filter((name) => name.includes('..'))).toEqual([])
  for (const name of names) expect(text(name)).not.toContain('none of hers')
  expect(names.map(text).join()).not.toContain('Nora')
})

test('asking, making and taking are on the record', async () => {
  const about = { payload: { customerId, exportId } }
  expect(await desk.events('customer.export_asked')).toMatchObject([
    { ...about, actorKind: 'staff', actorId: desk.staff.ada.id },
  ])
  expect(await desk.events('customer.export_ready')).toMatchObject([
    { payload: { customerId, exportId, bytes: expect.any(Number) } },
  ])
  expect(await desk.events('customer.export_taken')).toMatchObject([{ ...about, actorKind: 'unknown' }])
})

test('a link that was changed, or is older than ten minutes, opens nothing', async () => {
  const { url = '' } = await look()
  const other = (url ?? '').replace(/signature=.{4}/, 'signature=AAAA')
  expect((await fetched(other)).status).toBe(403)
  await desk.travel('11 min')
  expect((await fetched(url ?? '')).status).toBe(403)
  expect((await fetched((await look()).url ?? '')).status).toBe(200)
})

test('only admins ask for one', async () => {
  for (const name of ['nora', 'vera', 'frank', 'rhea'] as const)
    await expect(desk.as(name).call(exportCustomer, { params: { customerId } })).rejects.toMatchObject({
      code: 'forbidden',
    })
})

test('after a day the file is gone, and the object with it', async () => {
  const { url } = await look()
  const keys = async () => {
    const found: string[] = []
    for await (const { key } of desk.ctx.objects.list(desk.workspaceId)) found.push(key)
    return found.length
  }
  const before = await keys()
  await desk.travel('25 h')
  expect(await look()).toMatchObject({ state: 'gone', url: null })
  const tidy = retentionJobs.find(({ name }) => name === 'retention:forget-exports') as Job<object, never>
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tidy, {}))
  await desk.settle()
  expect(await keys()).toBe(before - 1)
  expect((await fetched(url ?? '')).status).toBe(403)
})

test('an export is made though bytes of a mail and of a file are gone, and names what it could not hold', async () => {
  const mine: string[] = []
  for await (const { key } of desk.ctx.objects.list(desk.workspaceId)) mine.push(key)
  const { id } = await desk.as('ada').call(exportCustomer, { params: { customerId } })
  const held = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => [
      ...(await tx.storedFile.findMany()).map((file) => objectKey(desk.workspaceId, file.id)),
      ...(await tx.rawMail.findMany()).flatMap((raw) => raw.objectKey ?? []),
    ],
    { reads: true },
  )
  expect(held.filter((key) => mine.includes(key)).length).toBeGreaterThan(1) // the photo, and the mail that brought it
  for (const key of held) await desk.ctx.objects.remove(key)
  await desk.settle()
  const { state, url } = await desk.as('ada').call(getCustomerExport, { params: { exportId: id } })
  expect(state).toBe('ready')
  const files = unzipSync(new Uint8Array(await (await fetched(url ?? '')).arrayBuffer()))
  const lines = Object.entries(files).find(([name]) => name.endsWith('/messages.jsonl'))?.[1]
  const [first = ''] = Buffer.from(lines ?? [])
    .toString('utf8')
    .split('\n')
  expect(JSON.parse(first)).toMatchObject({
    text: expect.stringContaining('It broke on Monday.'),
    files: [{ file: null }],
  })
})
