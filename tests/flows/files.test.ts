import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { objectKey } from '../../backend/clients/objects/index.ts'
import { releaseFiles, sweepFiles } from '../../backend/features/files/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import { listSuspectedSpam, releaseSuspectedSpam } from '../../shared/spam.ts'
import { getTicket, listMessages } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

import { filesHands, USUAL_FILES } from '../support/files-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())
beforeEach(() => setFiles(USUAL_FILES))

const { here, inDesk, ticketAbout, setFiles, wrote, opened, objects, run } = filesHands(() => desk)

test('a file that comes twice is kept once, under both names, and both open to the same bytes', async () => {
  const logo = randomBytes(50_000) // small mails are in the database, so that objects are files alone
  const before = await objects()
  const first = await wrote([{ filename: 'logo.bin', content: logo }])
  const second = await wrote([
    { filename: 'other.bin', content: logo },
    { filename: 'twice.bin', content: logo },
  ])
  expect([...first.files, ...second.files].map(({ name }) => name)).toEqual(['logo.bin', 'other.bin', 'twice.bin'])
  expect((await objects()).length - before.length).toBe(1)
  for (const { url } of [...first.files, ...second.files]) expect((await opened(url)).equals(logo)).toBe(true)
})

test('what is on disk is sealed', async () => {
  const words = Buffer.from('a very secret word, many times. '.repeat(5_000))
  const before = new Set(await objects())
  await wrote([{ filename: 'secret.txt', content: words }])
  const [id = ''] = (await objects()).filter((name) => !before.has(name))
  const sealed = await desk.ctx.objects.get(objectKey(desk.workspaceId, id))
  expect(sealed.includes('secret word')).toBe(false)
  expect(sealed.length).toBeGreaterThan(words.length)
})

test('two mails at the same moment that bring the same new file share it', async () => {
  const content = randomBytes(60_000)
  const before = await objects()
  for (const subject of ['Same one', 'Same two'])
    await desk.google.customers.write({
      from: `${subject.at(-1)}@home.example`,
      to: SUPPORT,
      subject,
      text: 'x',
      attachments: [{ filename: 'a.bin', content, contentType: 'application/x' }],
    })
  await desk.settle()
  expect((await objects()).length - before.length).toBe(1)
  for (const subject of ['Same one', 'Same two'])
    expect((await opened((await ticketAbout(subject)).files[0]?.url)).equals(content)).toBe(true)
})

test('a file of a mail that no ticket came of is not kept, and is there when somebody makes one', async () => {
  const content = randomBytes(60_000)
  const before = await objects()
  await desk.google.customers.write({
    from: 'junk@home.example',
    to: SUPPORT,
    subject: 'Junk after all',
    text: 'x',
    spam: true,
    attachments: [{ filename: 'a.bin', content, contentType: 'application/x' }],
  })
  await desk.settle()
  expect(await objects()).toEqual(before)
  const { items } = await desk.as('nora').call(listSuspectedSpam)
  const spam = items.find(({ subject }) => subject === 'Junk after all')
  await desk.as('nora').call(releaseSuspectedSpam, { params: { suspectedId: spam?.id ?? '' }, body: {} })
  await desk.settle()
  expect((await opened((await ticketAbout('Junk after all')).files[0]?.url)).equals(content)).toBe(true)
})

test('any part of a file is served by its range, and what is beyond its end is refused', async () => {
  const content = randomBytes(300_000)
  const { files } = await wrote([{ filename: 'film.bin', content }])
  const url = here(files[0]?.url)
  const part = await fetch(url, { headers: { range: 'bytes=65000-200000' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 65000-200000/300000'])
  expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(65_000, 200_001))).toBe(true)
  const end = await fetch(url, { headers: { range: 'bytes=-10' } })
  expect(Buffer.from(await end.arrayBuffer()).equals(content.subarray(-10))).toBe(true)
  const beyond = await fetch(url, { headers: { range: 'bytes=300000-' } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */300000'])
  const other = await fetch(url, { headers: { range: 'bytes=0-9', 'if-range': '"another version"' } })
  expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, 300_000])
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
    200,
    '300000',
    'bytes',
  ])
})

test('a link ends after ten minutes, and one that was changed opens nothing', async () => {
  const { files } = await wrote([
    { filename: 'one.txt', content: Buffer.from('one') },
    { filename: 'two.txt', content: Buffer.from('two') },
  ])
  const [one, two] = files
  expect((await fetch(here(one?.url).replace(one?.id ?? '', two?.id ?? ''))).status).toBe(403)
  expect((await fetch(here(one?.url))).status).toBe(200)
  await desk.travel('11 min')
  expect((await fetch(here(one?.url))).status).toBe(403)
})

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000154a24f310000000049454e44ae426082',
  'hex',
)

test.each([
  [
    'a page under the name of a picture',
    'cat.png',
    'image/png',
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    'attachment',
    'application/octet-stream',
  ],
  [
    'a drawing that can run scripts',
    'cat.svg',
    'image/svg+xml',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'attachment',
    'application/octet-stream',
  ],
  [
    'a program',
    'invoice.pdf',
    'application/pdf',
    Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
    'attachment',
    'application/octet-stream',
  ],
  ['a picture', 'cat.html', 'text/html', PNG, 'inline', 'image/png'],
])('%s is served as what it is, and runs nothing', async (_what, filename, contentType, content, way, served) => {
  const { files } = await wrote([{ filename, contentType, content }])
  const response = await fetch(here(files[0]?.url))
  expect(response.headers.get('content-disposition')?.split(';')[0]).toBe(way)
  expect(response.headers.get('content-type')).toBe(served)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
})

test('what is larger than the settings allow is left out, the ticket says so, and the mail is kept whole', async () => {
  await setFiles({ fileBytes: 100_000, mailBytes: 150_000, filesPerMail: 3, openUnscanned: true })
  const { ticket, files } = await wrote([
    { filename: 'huge.bin', content: randomBytes(110_000) },
    { filename: 'small.bin', content: randomBytes(60_000) },
    { filename: 'fits.bin', content: randomBytes(60_000) },
    { filename: 'too-much.bin', content: randomBytes(60_000) },
    { filename: 'tiny.bin', content: randomBytes(1_000) },
    { filename: 'fourth.bin', content: randomBytes(1_000) },
  ])
  expect(files.map(({ name }) => name)).toEqual(['small.bin', 'fits.bin', 'tiny.bin'])
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId: ticket.id } })
  const said = items[0]?.notes.join(' ') ?? ''
  expect(said).toContain('«huge.bin» (larger than 0.1 MB)')
  expect(said).toContain('«too-much.bin» (the files of one mail may have 0.1 MB together)')
  expect(said).toContain('«fourth.bin» (only 3 files of a mail are kept)')
  expect(said).toContain('kept whole')
})

test('the bytes of a file go with the last attachment that names them, not before', async () => {
  const content = randomBytes(30_000)
  const first = await wrote([{ filename: 'a.bin', content }])
  const second = await wrote([{ filename: 'b.bin', content }])
  const [fileId = ''] = await inDesk(async (tx) =>
    (await tx.attachment.findMany({ where: { id: first.files[0]?.id ?? '' } })).map((row) => row.fileId ?? ''),
  )
  const remove = async (id: string | undefined) => {
    await inDesk(async (tx) => {
      await tx.attachment.deleteMany({ where: { workspaceId: desk.workspaceId, id: id ?? '' } })
      await releaseFiles(tx, [fileId])
    })
    await desk.settle()
  }
  await remove(first.files[0]?.id)
  expect(await objects()).toContain(fileId)
  expect((await opened(second.files[0]?.url)).equals(content)).toBe(true)
  await remove(second.files[0]?.id)
  expect(await objects()).not.toContain(fileId)
  expect(await inDesk((tx) => tx.storedFile.count({ where: { id: fileId } }))).toBe(0)
  const anew = await wrote([{ filename: 'c.bin', content }])
  expect((await opened(anew.files[0]?.url)).equals(content)).toBe(true)
})

test('what killed processes left behind is swept when no row can come any more, and nothing else', async () => {
  const kept = await wrote([{ filename: 'kept.bin', content: randomBytes(20_000) }])
  const dead = newId(desk.clock.now())
  const half = await desk.ctx.objects.write(objectKey(desk.workspaceId, dead))
  await half.write(Buffer.from('half'))
  const orphan = newId(desk.clock.now())
  await desk.ctx.objects.put(objectKey(desk.workspaceId, orphan), Buffer.from('no row names it'))
  await run(sweepFiles)
  expect((await objects()).filter((name) => name.startsWith(dead) || name === orphan)).toHaveLength(2)
  await desk.travel('25 hours')
  const young = newId(desk.clock.now())
  await desk.ctx.objects.put(objectKey(desk.workspaceId, young), Buffer.from('its row may still come'))
  await run(sweepFiles)
  const left = await objects()
  expect(left.filter((name) => name.startsWith(dead) || name === orphan)).toEqual([])
  expect(left).toContain(young)
  const { messages } = await desk.as('nora').call(getTicket, { params: { ticketId: kept.ticket.id } })
  expect((await fetch(here(messages[0]?.attachments[0]?.url))).status).toBe(200)
  await half.abort()
})
