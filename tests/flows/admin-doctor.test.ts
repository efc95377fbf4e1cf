import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { addDomain, createWorkspace, inviteStaff, pauseEffects } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { listTickets } from '../../shared/tickets.ts'
import { type Admin, adminWith } from '../support/admin.ts'
import { caller } from '../support/caller.ts'
import { ARCHIVE, CLEO, type Ground, NORA, OMAR, SUPPORT, startGround } from '../support/ground.ts'
import { adminProcessWith } from '../support/processes/admin-process.ts'

type Check = { about: string; state: string; says: string; todo?: string }

let ground: Ground
let url: string
let workspaceId: string
let worker: { stop(): Promise<void> }

beforeAll(async () => {
  ground = await startGround()
  url = await ground.startApi()
})
afterAll(() => ground.stop())

/** What the doctor finds, as a program reads it. */
async function found(more: Record<string, string> = {}) {
  const admin = adminWith({ ...ground.env, PUBLIC_URL: url, ...more })
  const { code, out } = await examined(admin)
  const { problems, checks } = JSON.parse(out) as { problems: number; checks: Check[] }
  expect(code).toBe(problems > 0 ? 1 : 0)
  expect(checks.filter(({ state, todo }) => state === 'problem' && !todo)).toEqual([])
  expect(out).not.toContain(ground.env.MASTER_KEY)
  return {
    problems: checks.filter(({ state }) => state === 'problem').map(({ about, says }) => `${about}: ${says}`),
    of: (about: string) => checks.find((check) => check.about === about),
  }
}

async function examined(admin: Admin) {
  try {
    return await admin.run('doctor', '--json')
  } finally {
    admin.end()
  }
}

const connect = (address: string, account: string) =>
  connectMailbox(ground.ctx, workspaceId, {
    address,
    archiveAddress: account,
    access: 'refresh_token',
    secret: ground.google.users.refreshToken(account, 'desk-client'),
  })

test('with nothing set up it names the first steps, and a bad configuration variable by variable', async () => {
  const { problems } = await found()
  expect(problems).toEqual([expect.stringContaining('worker: No worker runs'), 'workspace: There is no workspace.'])
  const { out, code } = await examined(adminWith({ PORT: 'x' }))
  expect(code).toBe(1)
  expect(out).toContain('MASTER_KEY: is missing')
})

test('a workspace without domain, staff and mailbox is told so', async () => {
  workspaceId = (await createWorkspace(ground.ctx, 'Honey Hill')).workspaceId
  const { problems } = await found()
  expect(problems).toEqual(
    expect.arrayContaining([
      'domains: No domain: nobody can sign in.',
      'staff: Nobody is on the staff.',
      'mailbox: No mailbox is connected.',
    ]),
  )
})

test('a desk at work has no problem', async () => {
  await addDomain(ground.ctx, workspaceId, 'honeyhill.example')
  await inviteStaff(ground.ctx, workspaceId, { email: NORA, name: 'Nora', role: 'agent' }, systemOf(workspaceId))
  worker = await ground.startWorker()
  const { mailboxId } = await connect(SUPPORT, ARCHIVE)
  expect((await found()).of(`${SUPPORT}: delivery`)).toMatchObject({
    state: 'problem',
    says: expect.stringContaining('No customer mail'),
  })
  expect((await found()).of('staff')).toMatchObject({ state: 'note', says: `Never signed in: ${NORA}.` })

  await ground.google.customers.write({ from: CLEO, to: SUPPORT, subject: 'Jar', text: 'Broken.' })
  const reply = ['From: Honey Hill <support@honeyhill.example>', `To: ${CLEO}`, 'Subject: Re: Jar', '', 'Sorry!', '']
  ground.google.users.send(NORA, { bytes: Buffer.from(reply.join('\r\n')) })
  const read = await ground.admin.run('mailbox', 'check')
  expect(read.out).toContain('became a ticket')
  const token = ground.google.users.identityToken(NORA, 'addon-client')
  await caller(url, () => token).call(listTickets, { query: { view: 'open' } })

  const healthy = await found()
  expect(healthy.problems).toEqual([])
  expect(healthy.of(`${SUPPORT}: sent mail`)).toMatchObject({ state: 'ok' })
  expect(healthy.of('staff')).toMatchObject({ state: 'ok', says: '1 person signed in' })
  const words = adminProcessWith({ ...ground.env, PUBLIC_URL: url })
  expect((await words.run('doctor')).out).toContain('No problem found')
  words.end()
  expect(mailboxId).toBeTruthy()
})

test('paused effects are found, for one workspace and for all', async () => {
  await pauseEffects(ground.ctx, workspaceId, true)
  expect((await found()).problems).toEqual(['effects: This workspace is paused: replies wait.'])
  await pauseEffects(ground.ctx, workspaceId, false)
  expect((await found({ EFFECTS_PAUSED: 'true' })).problems).toEqual([expect.stringContaining('EFFECTS_PAUSED')])
})

test('a mailbox whose alias is missing and a Group that does not deliver are found', async () => {
  await connect('help@honeyhill.example', OMAR)
  const { problems } = await found()
  expect(problems).toContainEqual(expect.stringContaining(`${OMAR} may not send as help@honeyhill.example`))
  expect(problems).toContainEqual(`help@honeyhill.example: delivery: No customer mail was ever read in ${OMAR}.`)
})

test('access that Google took away is found, before and after the worker saw it', async () => {
  ground.google.users.revoke(OMAR)
  expect((await found()).problems).toContainEqual(
    expect.stringContaining('help@honeyhill.example: access: Google refused'),
  )
  await ground.admin.run('mailbox', 'check', 'help@honeyhill.example')
  expect((await ground.admin.run('mailbox', 'list')).out).toContain('needs access: connect it again')
  await connect('help@honeyhill.example', OMAR)
  expect((await found()).of('help@honeyhill.example: access')).toMatchObject({ state: 'ok' })
})

test('a mail that nobody could read is found', async () => {
  const parts = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(2_000)
  const head = [`From: ${CLEO}`, `To: ${SUPPORT}`, 'Subject: Bomb', 'Content-Type: multipart/mixed; boundary=b']
  ground.google.deliver(Buffer.from(`${head.join('\r\n')}\r\n\r\n${parts}--b--`), { from: CLEO, to: [SUPPORT] })
  await ground.admin.run('mailbox', 'check', SUPPORT)
  expect((await found()).problems).toContainEqual(
    expect.stringContaining(`${SUPPORT}: unreadable: 1 mail could not be read`),
  )
})

test('a job that failed for good is found', async () => {
  const owner = new pg.Client({ connectionString: ground.database.ownerUrl })
  await owner.connect()
  await owner.query(`select graphile_worker.add_job('intake:sync', '{"workspaceId":7}', max_attempts => 1)`)
  await ground.admin.run('mailbox', 'check', SUPPORT)
  await owner.end()
  const { problems } = await found()
  expect(problems).toContainEqual(
    expect.stringContaining('jobs: 1 job "intake:sync" failed for good. Last error: ZodError: workspaceId: Invalid'),
  )
})

test('without a worker, mail that was not read for an hour and a push that has ended are found', async () => {
  await worker.stop()
  const offset = join(ground.admin.folder, 'offset')
  writeFileSync(offset, String(3_600_000))
  const push = { PUBSUB_TOPIC: 'projects/p/topics/t', PUBSUB_ACCOUNT: 'push@fern.iam.example' }
  const { problems } = await found({ CLOCK_OFFSET_FILE: offset, ...push })
  expect(problems).toContainEqual(expect.stringContaining('worker: No worker runs'))
  expect(problems).toContainEqual(expect.stringMatching(/reading: It was last read 6\d minutes ago/))
  expect(problems).toContainEqual(expect.stringContaining('push: Google was not asked for pushes'))
  const { problems: half } = await found({ PUBSUB_TOPIC: push.PUBSUB_TOPIC })
  expect(half).toEqual([expect.stringMatching(/^configuration: [\s\S]*PUBSUB_ACCOUNT: is missing/)])
})

test('an address that nobody reaches, a clock that is wrong and a master key of another database are found', async () => {
  const wrong = createServer((_, response) =>
    response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString()).end(),
  )
  await new Promise<void>((resolve) => wrong.listen(0, '127.0.0.1', resolve))
  const late = `http://127.0.0.1:${(wrong.address() as AddressInfo).port}`
  const { problems } = await found({
    PUBLIC_URL: 'http://desk.example',
    GOOGLE_CERTS_URL: late,
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  })
  expect(problems).toContainEqual(expect.stringContaining('Google calls https only'))
  expect(problems).toContainEqual(expect.stringMatching(/clock: This machine is 3\d{3} seconds ahead of/))
  expect(problems).toContainEqual(expect.stringContaining('The stored access cannot be opened'))
  const closed = await found({
    PUBLIC_URL: 'https://127.0.0.1:1',
    DATABASE_URL: ground.env.DATABASE_URL.replace(/\/[^/]*$/, '/nowhere'),
  })
  expect(closed.problems).toContainEqual(expect.stringContaining('does not answer as Sidedesk'))
  expect(closed.problems).toContainEqual(expect.stringContaining('database: '))
  wrong.close()
})
