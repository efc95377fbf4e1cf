import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pauseEffects, zoneOf } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listStaff } from '../../shared/settings.ts'
import { createTicket, getTicket, listTickets } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let ada: ReturnType<typeof visitor>
let vera: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startDesk()
  ada = visitor(desk, 'ada')
  vera = visitor(desk, 'vera')
})
afterAll(() => desk.stop())

const staff = async () => (await desk.as('ada').call(listStaff)).items
const memberAt = async (email: string) => (await staff()).find((member) => member.email === email)
const texts = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('everything that can be set is found from one page, and each sees what their role may open', async () => {
  const all = (await ada.open('/settings')).text
  for (const path of [
    'workspace',
    'staff',
    'domains',
    'mailboxes',
    'changes',
    'keys',
    'webhooks',
    'actions',
    'reasons',
  ])
    expect(all).toContain(`href="/settings/${path}"`)
  const some = (await vera.open('/settings')).text
  expect(some).toContain('href="/settings/staff"')
  expect(some).not.toContain('href="/settings/keys"')
  expect((await ada.open('/settings/staff')).text).toMatch(/href="\/settings" aria-current="true"/)
  expect((await visitor(desk, 'frank').open('/')).text).not.toContain('/settings')
})

test('the workspace has a name, a time zone and languages; the first language leads', async () => {
  const path = '/settings/workspace'
  const saved = await ada.send(path, { name: 'Fern', timeZone: 'Europe/Berlin', language: 'de', languages: 'en' })
  expect(saved.path).toBe(`${path}?saved=1`)
  expect(saved.text).toContain('name="timeZone" value="Europe/Berlin"')
  expect(await inWorkspace(desk.ctx, desk.workspaceId, zoneOf, { reads: true })).toBe('Europe/Berlin')
  const { languages } = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.workspace.findFirstOrThrow(), {
    reads: true,
  })
  expect(languages).toEqual(['de', 'en'])
})

test.each(['Europe/Kyiv', 'Asia/Kolkata', 'Europe/Kiev', 'Asia/Calcutta', 'Etc/GMT+5'])(
  'a time zone counts and stays as it is called, by its new or by its old name: %s',
  async (timeZone) => {
    const path = '/settings/workspace'
    const saved = await ada.send(path, { name: 'Fern', timeZone, language: 'en' })
    expect(saved.path).toBe(`${path}?saved=1`)
    expect(saved.text).toContain(`name="timeZone" value="${timeZone}"`)
    expect(saved.text).toContain('<option value="Europe/Kyiv">')
    expect(saved.text).not.toContain('<option value="Europe/Kiev">')
    expect(await inWorkspace(desk.ctx, desk.workspaceId, zoneOf, { reads: true })).toBe(timeZone)
    expect((await ada.open('/desk/wall')).status).toBe(200)
    expect((await ada.open('/dashboard')).text).toContain(`by the clocks of ${timeZone}`)
    expect((await ada.open('/settings/hours')).text).toContain('<option value="Europe/Kyiv">')
  },
)

test.each([
  [{ name: ' ', timeZone: 'UTC', language: 'en' }, 'name of 1 to 80'],
  [{ name: 'Kept', timeZone: 'Europe/Atlantis', language: 'en' }, 'no time zone'],
  [{ name: 'Kept', timeZone: '+05:30', language: 'en' }, 'no time zone'],
  [{ name: 'Kept', timeZone: 'UTC', language: 'xx' }, 'one language'],
])('a workspace that cannot be is refused in words', async (fields, words) => {
  const refused = await ada.send('/settings/workspace', fields)
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).toContain(`value="${fields.name}"`)
})

test('an admin invites somebody, changes their role, ends their access and lets them in again', async () => {
  const path = '/settings/staff'
  const email = 'lea@fern.example'
  const invited = await ada.send(path, { email, name: 'Lea', role: 'agent' })
  expect(invited.text).toContain('Nothing was mailed')
  expect(await memberAt(email)).toMatchObject({ name: 'Lea', role: 'agent', state: 'invited' })
  await ada.send(`${path}/role`, { email, role: 'supervisor' }, path)
  expect(await memberAt(email)).toMatchObject({ role: 'supervisor' })
  await ada.send(`${path}/access`, { email, access: 'end' }, path)
  expect(await memberAt(email)).toMatchObject({ state: 'deactivated' })
  await ada.send(`${path}/access`, { email, access: 'give' }, path)
  expect(await memberAt(email)).toMatchObject({ state: 'invited' })
  expect(texts((await ada.open('/settings/changes')).text)).toMatch(
    /Staff: Lea Changed by Ada, [^:]+:\d\d role : supervisor \(was agent\)/,
  )
  expect((await desk.events('staff.role_changed')).at(-1)).toMatchObject({
    actorId: desk.staff.ada.id,
    payload: { role: 'supervisor', before: 'agent' },
  })
})

test('an invitation that cannot be is refused, and keeps what was typed', async () => {
  const refused = await ada.send('/settings/staff', { email: 'eve@rival.example', name: 'Eve', role: 'finance' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('not in a domain of this workspace')
  for (const kept of ['value="eve@rival.example"', 'value="Eve"']) expect(refused.text).toContain(kept)
  const strange = await ada.send('/settings/staff', { email: 'eve', name: 'Eve', role: 'king' })
  expect(strange.status).toBe(400)
})

test('the only admin stays one, also when two take it from each other at the same moment', async () => {
  const path = '/settings/staff'
  const refused = await ada.send(`${path}/access`, { email: 'ada@fern.example', access: 'end' }, path)
  expect(refused.text).toContain('the only admin')
  await ada.send(`${path}/role`, { email: 'vera@fern.example', role: 'admin' }, path)
  const both = await Promise.all([
    ada.send(`${path}/role`, { email: 'vera@fern.example', role: 'agent' }, path),
    vera.send(`${path}/role`, { email: 'ada@fern.example', role: 'agent' }, path),
  ])
  const admins = (
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.staff.findMany({ where: { role: 'admin' } }), {
      reads: true,
    })
  ).map(({ name }) => name)
  expect(admins).toHaveLength(1)
  const statuses = both.map(({ status }) => status).sort() // whoever comes second is no admin any more, or the only one
  expect([
    [200, 403],
    [200, 409],
  ]).toContainEqual(statuses)
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.staff.updateMany({ where: { name: 'Ada' }, data: { role: 'admin' } })
    await tx.staff.updateMany({ where: { name: 'Vera' }, data: { role: 'supervisor' } })
  })
})

test('a supervisor sees the staff and changes nothing', async () => {
  const page = await vera.open('/settings/staff')
  expect(page.text).toContain('nora@fern.example')
  expect(page.text).not.toContain('End access')
  expect((await vera.send('/settings/staff/role', { email: 'nora@fern.example', role: 'admin' }, '/')).status).toBe(403)
})

test('domains and mailboxes are shown with how they stand', async () => {
  expect((await ada.open('/settings/domains')).text).toContain('fern.example')
  const mailboxes = texts((await vera.open('/settings/mailboxes')).text)
  expect(mailboxes).toContain('support@fern.example is read')
})

test('a key is shown once, says when it was used, is replaced with a day to change over, and revoked', async () => {
  const path = '/settings/keys'
  const made = await ada.send(path, { name: 'Reports', scopes: 'tickets:read', days: '' })
  const [key = ''] = /sdk_[\w-]{43}/.exec(made.text) ?? []
  expect(texts((await ada.open(path)).text)).toContain('Last used never')
  const read = (token: string) => desk.withToken(token).call(listTickets, { query: {} })
  await read(key)
  const usedAt = async () =>
    (await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.apiKey.findFirstOrThrow(), { reads: true })).usedAt
  const first = await usedAt()
  expect(first).not.toBeNull()
  await read(key)
  expect(await usedAt()).toEqual(first)
  await desk.travel('61 min')
  await read(key)
  expect(await usedAt()).not.toEqual(first)
  const page = await ada.open(path)
  expect(page.text).not.toContain(key)
  const [replace = ''] = /\/settings\/keys\/[0-9a-f-]{36}\/replacement/.exec(page.text) ?? []
  const [second = ''] = /sdk_[\w-]{43}/.exec((await ada.send(replace, {}, path)).text) ?? []
  await read(second)
  await read(key)
  await desk.travel('25 h')
  expect(await refusalOf(read(key))).toMatchObject({ status: 401, message: expect.stringContaining('its end') })
  const [revoke = ''] = /\/settings\/keys\/[0-9a-f-]{36}\/revocation/.exec((await ada.open(path)).text) ?? []
  await ada.send(revoke, {}, path)
  expect(await refusalOf(read(second))).toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('a key ends when it was made to, and so does the one that replaces it', async () => {
  const made = await ada.send('/settings/keys', { name: 'Visit', scopes: 'tickets:read', days: '2' })
  const [key = ''] = /sdk_[\w-]{43}/.exec(made.text) ?? []
  const [replace = ''] =
    /\/settings\/keys\/[0-9a-f-]{36}\/replacement/.exec((await ada.open('/settings/keys')).text) ?? []
  const [second = ''] = /sdk_[\w-]{43}/.exec((await ada.send(replace, {}, '/settings/keys')).text) ?? []
  for (const token of [key, second]) await desk.withToken(token).call(listTickets, { query: {} })
  await desk.travel('2 days')
  for (const token of [key, second])
    expect(await refusalOf(desk.withToken(token).call(listTickets, { query: {} }))).toMatchObject({ status: 401 })
  expect(texts((await ada.open('/settings/keys')).text)).not.toContain('Visit')
  expect((await ada.send(replace, {}, '/settings/keys')).text).toContain('no such key in use')
})

test('keys that have ended take no place: of a hundred that are in use one must go first', async () => {
  const add = () => ada.send('/settings/keys', { name: 'One more', scopes: 'tickets:read', days: '' })
  const { now } = desk.clock
  const hundred = Array.from({ length: 100 }, (_, n) => ({
    workspaceId: desk.workspaceId,
    id: crypto.randomUUID(),
    name: `Key ${n}`,
    keyHash: `hash ${n}`,
    scopes: ['tickets:read'],
    createdAt: now(),
    expiresAt: new Date(now().getTime() + 3_600_000),
  }))
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.apiKey.createMany({ data: hundred }))
  expect((await add()).text).toContain('at most 100 keys')
  await desk.travel('2 h')
  expect((await add()).text).toMatch(/sdk_[\w-]{43}/)
})

test.each([
  [{ name: ' ', scopes: 'tickets:read' }, 'what the key is for'],
  [{ name: 'x' }, 'what the key may do'],
  [{ name: 'x', scopes: 'everything' }, 'what the key may do'],
  [{ name: 'x', scopes: 'tickets:read', days: '0' }, 'whole days'],
])('a key that cannot be is refused in words', async (fields, words) => {
  const refused = await ada.send('/settings/keys', fields as Record<string, string>)
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).not.toContain('sdk_')
})

test('a key does what its scopes say and no more', async () => {
  const made = await ada.send('/settings/keys', { name: 'Reader', scopes: 'tickets:read' })
  const [key = ''] = /sdk_[\w-]{43}/.exec(made.text) ?? []
  const body = {
    messageId: '<k@ada.example>',
    subject: 'Jar',
    from: 'ada@ada.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  const { id } = await desk.as('nora').call(createTicket, { body })
  expect((await desk.withToken(key).call(getTicket, { params: { ticketId: id } })).id).toBe(id)
  expect(await refusalOf(desk.withToken(key).call(createTicket, { body }))).toMatchObject({ status: 403 })
})

test('who set what, from what to what, is there for admins, newest first, page by page; nobody can rewrite it', async () => {
  const page = await ada.open('/settings/changes')
  const shown = texts(page.text)
  expect(shown).toMatch(/API keys: Reader Added by Ada, .*name : Reader/)
  for (let day = 1; day <= 26; day++)
    await ada.send('/settings/workspace', { name: `Fern ${day}`, timeZone: 'UTC', language: 'en' })
  const first = await ada.open('/settings/changes')
  expect(texts(first.text)).toContain('name : Fern 26 (was Fern 25)')
  const [, cursor = ''] = /cursor=([^"]+)"/.exec(first.text) ?? []
  const second = texts((await ada.open(`/settings/changes?cursor=${cursor}`)).text)
  expect(second).toContain('name : Fern 1 (was Fern)')
  expect(second).not.toContain('Fern 26')
  expect((await ada.open('/settings/changes?cursor=x.y')).status).toBe(400)
  const [event] = (await desk.events('setting.changed')).slice(-1)
  expect(event).toMatchObject({ payload: { setting: 'workspace' }, actorId: desk.staff.ada.id })
  expect(JSON.stringify(event?.payload)).not.toContain('Fern')
  const rewriting = inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.settingChange.deleteMany())
  await expect(rewriting).rejects.toThrow()
})

test('what stays as it was is no change', async () => {
  const before = (await desk.events('setting.changed')).length
  await ada.send('/settings/workspace', { name: 'Fern 26', timeZone: 'UTC', language: 'en' })
  expect(await desk.events('setting.changed')).toHaveLength(before)
})

test('what the operator changes is in the changes as well', async () => {
  const { addDomain } = await import('../../backend/features/settings/index.ts')
  await addDomain(desk.ctx, desk.workspaceId, 'fig.example')
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  const [change] = (await desk.events('setting.changed')).slice(-1)
  expect(change).toMatchObject({ actorKind: systemOf(desk.workspaceId).kind, payload: { setting: 'domains' } })
  expect(texts((await ada.open('/settings/changes')).text)).toMatch(
    /Domains Added by whoever runs the desk, \S+ \S+ \S+ \S+ fig\.example/,
  )
})
