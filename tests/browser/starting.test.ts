import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { removeData } from '../../workbench/start/data-folder.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { optionsIn } from '../../workbench/start/options.ts'
import { startWorkbench, type Workbench } from '../../workbench/start/workbench.ts'

const LETTER = [
  'From: Oda <oda@letters.example>',
  `To: ${SHOP.support}`,
  'Subject: From the attic',
  'Message-ID: <attic@letters.example>',
  '',
  'Caf\xe9, in an old charset.',
].join('\r\n')

let folder: string
let dataDir: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidedesk-start-'))
  dataDir = join(folder, 'data')
})
afterAll(async () => {
  removeData(dataDir)
  await rm(folder, { recursive: true, force: true })
})

const openTickets = async ({ google, backend }: Workbench) =>
  (await callAs(google, `nora@${SHOP.domain}`, `${backend.url}/v1/tickets?view=open&limit=100`, 'GET')) as {
    items: { id: string; subject: string }[]
  }

test('a first start makes the shop, a second one keeps it and delivers a folder of mail byte for byte', async () => {
  const first = await startWorkbench({ dataDir, port: 0 })
  const before = await openTickets(first)
  expect(before.items.length).toBeGreaterThan(15)
  await expect(startWorkbench({ dataDir, port: 0 })).rejects.toThrow('Is Sidedesk started twice?')
  expect(() => removeData(dataDir)).toThrow('PostgreSQL already runs')
  await first.stop()

  const mails = join(folder, 'mails')
  await mkdir(join(mails, 'old'), { recursive: true })
  await writeFile(join(mails, 'old', 'letter.eml'), Buffer.from(LETTER, 'latin1'))
  await writeFile(join(mails, 'shopping.txt'), 'figs\nferns\n')
  const second = await startWorkbench({ dataDir, port: 0, mail: [mails] })
  expect(second.folders).toEqual([
    { delivered: 1, left: [{ file: 'shopping.txt', why: expect.stringContaining('not a mail') }] },
  ])
  const arrived = second.google.users
    .mails(SHOP.archive)
    .find(({ head }) => head.messageId === '<attic@letters.example>')
  const bytes = arrived ? second.google.users.rawOf(arrived).toString('latin1') : ''
  expect(bytes.endsWith(LETTER)).toBe(true)
  const known = new Set((await openTickets(second)).items.map(({ id }) => id))
  expect(before.items.every(({ id }) => known.has(id))).toBe(true)
  await second.stop()

  expect(removeData(dataDir)).toContain(dataDir)
  expect(existsSync(dataDir)).toBe(false)
})

test('a taken port is said before anything is started', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    await expect(startWorkbench({ dataDir: join(folder, 'never'), port })).rejects.toThrow(`Port ${port} is taken`)
    expect(existsSync(join(folder, 'never'))).toBe(false)
  } finally {
    server.close()
  }
})

test('what stands behind npm start -- is read, and refused in words', () => {
  expect(optionsIn(['--port', '8123'])).toEqual({ port: 8123, mail: [] })
  expect(() => optionsIn(['--port', 'here'])).toThrow('--port takes a number')
  expect(() => optionsIn(['--mail', join(folder, 'nowhere')])).toThrow('there is nothing of that name')
  expect(optionsIn(['--scenario', 'busy-day'])).toMatchObject({ scenario: 'busy-day' })
  expect(() => optionsIn(['--scenario', 'calm'])).toThrow('There is no scenario "calm"')
  expect(() => optionsIn(['--speed'])).toThrow('Use: npm start')
})
