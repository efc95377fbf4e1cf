import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { assignTicket, createTicket, listTickets } from '../../shared/tickets.ts'
import { urlFor } from '../../workbench/postgres/logins.ts'
import { type Admin, adminWith, environmentOf } from '../support/admin.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { adminProcessWith } from '../support/processes/admin-process.ts'
import { announced, runOnServer } from '../support/test-server.ts'

let desk: Desk
let admin: Admin

beforeAll(async () => {
  desk = await startDesk()
  admin = adminWith(environmentOf(desk.ctx.config))
})

afterAll(async () => {
  admin.end()
  await desk.stop()
})

const inOtherWorkspace = (...args: string[]) => admin.run(...args, '--workspace', 'Honey Hill')

test('a new organisation is set up by four commands, each of which says what comes next', async () => {
  const created = await admin.run('workspace', 'create', 'Honey Hill')
  expect(created).toMatchObject({ code: 0, out: expect.stringContaining('domain add') })
  expect(await inOtherWorkspace('domain', 'add', 'Honeyhill.example')).toMatchObject({
    code: 0,
    out: expect.stringContaining('honeyhill.example belongs to Honey Hill'),
  })
  const invited = await inOtherWorkspace('staff', 'invite', 'lea.berg@honeyhill.example', '--role', 'admin')
  expect(invited.out).toContain('Invited Lea Berg <lea.berg@honeyhill.example> as admin')
  expect((await inOtherWorkspace('staff', 'list')).out).toMatch(/Lea Berg +lea\.berg@\S+ +admin +invited/)
  expect((await admin.run('workspace', 'list')).out).toMatch(/Honey Hill +honeyhill\.example +running/)
})

test('what cannot be meant is refused with what to do', async () => {
  const twice = await admin.run('workspace', 'create', 'Fern & Fig')
  expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('already') })
  expect((await admin.run('staff', 'list')).err).toContain('--workspace')
  expect((await admin.run('staff', 'list', '-w', 'Nowhere')).err).toContain(desk.workspaceId)
  expect((await inOtherWorkspace('staff', 'invite', 'ada@elsewhere.example')).err).toContain('Add its domain first')
  expect((await inOtherWorkspace('staff', 'invite', 'no address')).err).toContain('not a mail address')
  expect((await inOtherWorkspace('staff', 'invite', 'a@honeyhill.example', '-r', 'boss')).err).toContain('supervisor')
  expect((await inOtherWorkspace('domain', 'add', 'fern.example')).err).toContain('another workspace')
  expect((await inOtherWorkspace('domain', 'add', 'not a domain')).err).toContain('not a domain name')
  expect((await inOtherWorkspace('key', 'revoke', '7')).err).toContain('key list')
})

test('someone who leaves hands their open tickets back, and may come back', async () => {
  const mail = {
    messageId: '<t@cleo.example>',
    subject: 'Jar',
    from: 'cleo@mail.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  const { id, version } = await desk.as('sam').call(createTicket, { body: mail })
  await desk
    .as('nora')
    .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff.nora.id, version } })

  const out = await admin.run('staff', 'deactivate', 'nora@fern.example', '-w', 'Fern & Fig')
  expect(out.out).toContain('1 open ticket goes back to the queue')
  await desk.settle()
  expect((await desk.as('sam').call(listTickets, { query: { view: 'unassigned' } })).items).toHaveLength(1)
  expect((await admin.run('staff', 'deactivate', 'nora@fern.example', '-w', 'Fern & Fig')).out).toContain('already')

  expect((await admin.run('staff', 'reactivate', 'nora@fern.example', '-w', 'Fern & Fig')).out).toContain(
    'active again',
  )
  const promoted = await admin.run('staff', 'role', 'nora@fern.example', '--role', 'supervisor', '-w', 'Fern & Fig')
  expect(promoted.out).toContain('is supervisor now')
  const [event] = await desk.events('staff.role_changed')
  expect(event).toMatchObject({ actorKind: 'system', payload: { before: 'agent', role: 'supervisor' } })
})

test('a key is shown once, opens the API, and opens nothing after it was revoked', async () => {
  const made = await admin.run('key', 'create', 'Reports', '--scope', 'tickets:read', '-w', 'Fern & Fig')
  const key = made.out.trim()
  expect(key).toMatch(/^sdk_\S{40,}$/)
  await desk.withToken(key).call(listTickets, { query: { view: 'open' } })
  const list = await admin.run('key', 'list', '-w', 'Fern & Fig')
  expect(list.out).not.toContain(key)
  const [id = ''] = /[0-9a-f-]{36}/.exec(list.out) ?? []
  expect((await admin.run('key', 'revoke', id, '-w', 'Fern & Fig')).code).toBe(0)
  expect(await refusalOf(desk.withToken(key).call(listTickets, { query: { view: 'open' } }))).toMatchObject({
    status: 401,
  })
})

test('pausing and resuming a workspace is in the record, and repeating it says so', async () => {
  expect((await admin.run('workspace', 'pause', 'Fern & Fig')).out).toContain('nothing is sent until it is resumed')
  expect((await admin.run('workspace', 'pause', 'Fern & Fig')).out).toContain('paused already')
  expect((await admin.run('workspace', 'resume', desk.workspaceId)).out).toContain('acts outside again')
  const changes = await desk.events('effects.pause_changed')
  expect(changes.map(({ payload, actorKind }) => ({ payload, actorKind }))).toEqual([
    { payload: { paused: true }, actorKind: 'system' },
    { payload: { paused: false }, actorKind: 'system' },
  ])
})

test('a bad configuration is named variable by variable, and .env is read from the folder', async () => {
  const bare = adminProcessWith({ PUBLIC_URL: 'nowhere' })
  const refused = await bare.run('workspace', 'list')
  expect(refused.code).toBe(78)
  expect(refused.err).toContain('DATABASE_URL: is missing')
  expect(refused.err).toContain('PUBLIC_URL:')
  bare.end()

  const withFile = adminProcessWith({})
  const lines = Object.entries(environmentOf(desk.ctx.config)).map(([name, value]) => `${name}="${value}"`)
  writeFileSync(join(withFile.folder, '.env'), lines.join('\n'))
  expect((await withFile.run('workspace', 'list')).out).toContain('Fern & Fig')
  withFile.end()
})

test('the demo that runs in this folder is used when nothing else is configured, and the command says so', async () => {
  const inDemo = adminProcessWith({})
  const lines = Object.entries(environmentOf(desk.ctx.config)).map(([name, value]) => `${name}="${value}"`)
  mkdirSync(join(inDemo.folder, '.sidedesk/shop'), { recursive: true })
  writeFileSync(join(inDemo.folder, '.sidedesk/shop/demo.env'), lines.join('\n'))
  const { out, err } = await inDemo.run('workspace', 'list')
  expect(out).toContain('Fern & Fig')
  expect(err).toContain('about the demo')
  inDemo.end()
})

test('an empty database is prepared with its logins by one command that may be repeated', async () => {
  const { name, owner, drop } = await emptyDatabase()
  const url = (role: string) => urlFor(owner, { user: `${name}_${role}`, password: `secret-${role}'s` })
  const logins = { DATABASE_URL: url('app'), JOBS_DATABASE_URL: url('jobs'), LAKE_DATABASE_URL: url('lake') }
  const fresh = adminWith({ ...environmentOf(desk.ctx.config), ...logins })
  expect((await fresh.run('workspace', 'list')).err).toContain('database prepare --owner-url')

  const told = await fresh.run('database', 'prepare', '--owner-url', owner)
  expect(told.out).toContain(`create role "${name}_jobs" login password '...'; grant desk_jobs to "${name}_jobs";`)
  const made = await fresh.run('database', 'prepare', '--owner-url', owner, '--create-logins')
  expect(made.out).toContain(`Created ${name}_app, member of desk_app`)
  expect(told.out + made.out).not.toContain('secret-')
  const again = await fresh.run('database', 'prepare', '--owner-url', owner, '--create-logins')
  expect(again.out).toContain('at this version already')
  expect(again.out).toContain('Renewed')
  expect((await fresh.run('workspace', 'create', 'Anew')).code).toBe(0)
  fresh.end()
  await drop()
})

test('preparing is refused before anything changes when the login may not, or the address is none', async () => {
  const prepare = (url: string, ...more: string[]) => admin.run('database', 'prepare', '--owner-url', url, ...more)
  expect((await prepare('nonsense')).err).toContain('must look like')
  expect((await prepare(desk.database.url)).err).toContain('may not create roles and schemas')
  const bare = adminWith({})
  expect(
    (await bare.run('database', 'prepare', '--owner-url', desk.database.ownerUrl, '--create-logins')).err,
  ).toContain('DATABASE_URL must name the login to make')
  bare.end()
})

/** A database without tables, and what its owner has to take away again. */
async function emptyDatabase() {
  const { url } = announced()
  const name = `fresh_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  await runOnServer(url, `create database ${name}`)
  return {
    name,
    owner: Object.assign(new URL(url), { pathname: name }).href,
    async drop() {
      await runOnServer(url, `drop database ${name} with (force)`)
      for (const role of ['app', 'jobs', 'lake']) await runOnServer(url, `drop role ${name}_${role}`)
    },
  }
}

test('a database that is away is said in words, without its password', async () => {
  const env = environmentOf(desk.ctx.config)
  const url = new URL(env['DATABASE_URL'] ?? '')
  const { password } = url
  const away = adminProcessWith({ ...env, DATABASE_URL: Object.assign(new URL(url), { port: '1' }).href })
  const refused = await away.run('workspace', 'list')
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('cannot be reached') })
  expect(refused.err).not.toContain(password)
  expect(refused.err).not.toMatch(/ at \S+:\d+/)
  away.end()
})
