import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { objectKey } from '../../backend/clients/objects/index.ts'
import { scanWaiting, sweepFiles } from '../../backend/features/files/index.ts'
import { getTicket } from '../../shared/tickets.ts'
import { type Clamd, EICAR, startClamd } from '../../workbench/emulators/clamd/clamd.ts'
import { type Desk, startDesk } from '../support/desk.ts'

import { filesHands, USUAL_FILES } from '../support/files-desk.ts'

let clamd: Clamd
let desk: Desk
beforeAll(async () => {
  clamd = await startClamd({ streamMaxLength: 2_000_000 })
  desk = await startDesk({ env: { CLAMD: clamd.address } })
})
afterAll(async () => {
  await desk.stop()
  await clamd.close()
})
beforeEach(() => setFiles(USUAL_FILES))

const { here, inDesk, setFiles, wrote, run } = filesHands(() => desk)

test('malware is blocked for everybody, whatever comes with it stays', async () => {
  const { files } = await wrote([
    { filename: 'eicar.com', content: Buffer.from(EICAR) },
    { filename: 'fine.bin', content: randomBytes(1_000) },
  ])
  expect(files.map(({ scan, blocked }) => ({ scan, blocked }))).toEqual([
    { scan: 'infected', blocked: true },
    { scan: 'clean', blocked: false },
  ])
  expect(files[0]?.scanWords).toContain('blocked')
  const refused = await fetch(here(files[0]?.url))
  expect(refused.status).toBe(403)
  expect(await refused.text()).not.toContain('X5O!')
  expect((await desk.events('file.blocked')).length).toBe(1)
  const again = await wrote([{ filename: 'holiday.jpg', content: Buffer.from(EICAR) }])
  expect(again.files[0]).toMatchObject({ scan: 'infected', blocked: true })
})

test('while the scanner is away files say that they are not scanned, and it is asked again', async () => {
  await clamd.stop()
  const { ticket, files } = await wrote([{ filename: 'later.bin', content: randomBytes(2_000) }])
  expect(files[0]).toMatchObject({ scan: 'waiting', scanWords: 'not scanned yet', blocked: false })
  expect((await fetch(here(files[0]?.url))).status).toBe(200)
  await setFiles({ ...USUAL_FILES, openUnscanned: false })
  expect((await fetch(here(files[0]?.url))).status).toBe(403)
  await clamd.start()
  await run(scanWaiting)
  const { messages } = await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } })
  expect(messages[0]?.attachments[0]).toMatchObject({ scan: 'clean', scanWords: null })
  expect((await fetch(here(messages[0]?.attachments[0]?.url))).status).toBe(200)
})

test('what is larger than the scanner takes is told from what is clean', async () => {
  const { files } = await wrote([{ filename: 'large.bin', content: randomBytes(2_100_000) }])
  expect(files[0]).toMatchObject({ scan: 'too_large', blocked: false })
  expect(files[0]?.scanWords).toContain('not scanned')
})

test('a file whose bytes are gone keeps none behind it from the scanner, and is scanned when they are back', async () => {
  await clamd.stop()
  const lost = await wrote([{ filename: 'lost.bin', content: randomBytes(200_000) }])
  const later = await wrote([{ filename: 'later.bin', content: randomBytes(3_000) }])
  const { fileId } = await inDesk((tx) =>
    tx.attachment.findFirstOrThrow({ where: { id: lost.files[0]?.id ?? '' }, select: { fileId: true } }),
  )
  const key = objectKey(desk.workspaceId, fileId ?? '')
  const bytes = await desk.ctx.objects.get(key)
  await desk.ctx.objects.remove(key)
  await clamd.start()
  await run(scanWaiting)
  const scanOf = async ({ ticket }: typeof lost) =>
    (await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } })).messages[0]?.attachments[0]
  expect(await scanOf(later)).toMatchObject({ scan: 'clean' })
  expect(await scanOf(lost)).toMatchObject({ scan: 'unreadable', blocked: false })
  expect((await scanOf(lost))?.scanWords).toContain('cannot be read')

  await desk.ctx.objects.put(key, bytes.subarray(0, 150_000)) // the scanner has seen a part of it when it ends
  await run(sweepFiles)
  expect(await scanOf(lost)).toMatchObject({ scan: 'unreadable' })
  await desk.ctx.objects.put(key, bytes)
  await setFiles({ ...USUAL_FILES, openUnscanned: false })
  expect((await fetch(here((await scanOf(lost))?.url))).status).toBe(403)
  await run(sweepFiles)
  expect(await scanOf(lost)).toMatchObject({ scan: 'clean' })
  expect((await fetch(here((await scanOf(lost))?.url))).status).toBe(200)
})
