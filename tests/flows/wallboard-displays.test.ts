import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { workspaceOfKey } from '../../backend/features/wallboard/displays/keys.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'
import { visitor } from '../support/visitor.ts'
import { wallAt } from '../support/wall-desk.ts'
import { type Watching, watching } from '../support/watching.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let owner: pg.Client
let work: ReturnType<typeof workAt>
let ada: ReturnType<typeof visitor>
const open: Watching[] = []
beforeAll(async () => {
  desk = await startDesk()
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  work = workAt(desk)
  ada = visitor(desk, 'ada')
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  await work.empty()
  await wallAt(desk, owner).empty()
  await owner.query('delete from desk.display_link')
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const PATH = '/settings/displays'

/** An admin makes a link, and reads it off the page. */
async function link(name = 'Kitchen'): Promise<string> {
  const made = await ada.send(PATH, { name })
  const [, path = ''] = /https:\/\/desk\.example(\/display\/[\w-]{64})/.exec(made.text) ?? []
  if (path === '') throw new Error(`No link was made: ${made.status} ${made.path} ${made.text.slice(-1_000)}`)
  return path
}

/** A screen has no session. */
const screen = (path: string) => fetch(desk.url + path)

async function watch(path: string): Promise<Watching> {
  const stream = watching(await screen(`${path}/live`))
  open.push(stream)
  return stream
}

const revoke = async (name: string) => {
  const { rows } = await owner.query<{ id: string }>('select id from desk.display_link where name = $1', [name])
  return ada.send(`${PATH}/${rows[0]?.id}/revocation`, {}, PATH)
}

test('a link is made, shown once, opens the wallboard on any screen, and is kept as a hash alone', async () => {
  const path = await link()
  expect(path).not.toBe('')
  const again = await ada.open(PATH)
  expect(again.text).toContain('Kitchen')
  expect(again.text).not.toContain(path)

  const shown = await screen(path)
  expect(shown.status).toBe(200)
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer')
  expect(shown.headers.get('x-robots-tag')).toBe('noindex')
  expect(shown.headers.get('cache-control')).toBe('no-store')
  expect(shown.headers.get('set-cookie')).toBeNull()
  const text = await shown.text()
  expect(text).toContain('<h1>Wallboard</h1>')
  expect(text).toContain('color-scheme: dark;')
  expect(await (await screen(`${path}?light`)).text()).not.toContain('color-scheme: dark;')

  const { rows } = await owner.query('select key_hash from desk.display_link')
  expect(JSON.stringify(rows)).not.toContain(path.slice('/display/'.length))
})

/** All bytes that a screen is sent, heads included, as long as it looks. */
async function eavesdropped(path: string) {
  const { hostname, port } = new URL(desk.url)
  const socket = connect(Number(port), hostname)
  const sent: Buffer[] = []
  socket.on('data', (bytes) => sent.push(bytes))
  const over = once(socket, 'close')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n`)
  const bytes = () => Buffer.concat(sent).toString('latin1')
  return { bytes, over, hears: (words: string) => until(`the bytes «${words}»`, () => bytes().includes(words)) }
}

test('a screen is sent no name, no kind of break, no customer and no id, in no byte of page and stream', async () => {
  const path = await link()
  const ticket = await desk.as('nora').call(createTicket, {
    body: {
      messageId: '<w@moss.example>',
      subject: 'Broken jar of Wanda Moss',
      from: 'wanda@moss.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'Broken.',
    },
  })
  await work.planned('sam', -60, 60)
  const stream = await eavesdropped(`${path}/live`)
  await stream.hears('Agent 1')
  await work.in('nora')
  await work.in('vera')
  await work.pause('vera', 'training')
  await stream.hears('On a break, 0 of 60 min')
  await stream.hears('Agent 3')
  const page = await eavesdropped(path)
  await page.over
  const unknown = await eavesdropped(`${path}x`)
  await unknown.over
  await revoke('Kitchen')
  await stream.over
  expect(stream.bytes()).toContain('event: gone')
  expect(page.bytes()).toContain('Agent 3')

  const everything = [stream, page, unknown].map(({ bytes }) => bytes()).join('\n')
  const sessions = [...(await work.sessionsOf('nora')), ...(await work.sessionsOf('vera'))]
  const people = Object.values(desk.staff)
  const names = people.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(everything))
  expect(names).toEqual([])
  const secrets = [
    ...people.flatMap(({ id, email }) => [id, email]),
    ...sessions.map(({ id }) => id),
    ...['raining', 'Fern', 'Wanda', 'moss', 'Moss', 'Broken', 'jar', 'Kitchen'],
    ...[ticket.id, ticket.number, desk.workspaceId],
  ]
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([])
})

test('a link that is revoked closes where it is open, opens nothing, and is on the record', async () => {
  const kitchen = await link('Kitchen')
  const hall = await link('Hall')
  const [first, second, other] = [await watch(kitchen), await watch(kitchen), await watch(hall)]
  for (const each of [first, second, other]) await each.shows('Nobody is logged in.')
  expect((await revoke('Kitchen')).status).toBe(200)
  for (const each of [first, second]) {
    await each.ends()
    expect(each.said.at(-1)).toMatchObject({ event: 'gone', data: expect.stringContaining('not valid any more') })
  }
  expect(other.isOver()).toBe(false)
  for (const path of [kitchen, `${kitchen}/live`]) expect((await screen(path)).status).toBe(404)
  expect((await screen(hall)).status).toBe(200)
  expect((await ada.open('/settings/changes')).text).toContain('Display links: Kitchen')
  expect(await desk.events('display.revoked')).toHaveLength(1)
  expect((await revoke('Kitchen')).status).toBe(404)
})

test('two who revoke at once, and a screen that is opened meanwhile: it is over for all', async () => {
  const path = await link()
  const { rows } = await owner.query<{ id: string }>('select id from desk.display_link')
  const at = `${PATH}/${rows[0]?.id}/revocation`
  const ended = await Promise.all([ada.send(at, {}, PATH), ada.send(at, {}, PATH), watch(path)])
  expect([ended[0].status, ended[1].status].sort()).toEqual([200, 404])
  if (ended[2].status === 200) await ended[2].ends()
  expect((await screen(path)).status).toBe(404)
})

test('what is no key opens nothing, and says what to do', async () => {
  const path = await link()
  const wrong = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`
  for (const at of [wrong, '/display/x', `/display/${'A'.repeat(64)}`, `${path}x`, `${path.slice(0, -1)}%00`]) {
    const refused = await screen(at)
    expect([at, refused.status]).toEqual([at, 404])
  }
  const page = await fetch(desk.url + wrong, { headers: { accept: 'text/html' } })
  expect(await page.text()).toContain('Ask an admin of the desk for a new one.')
})

test('a key of one workspace with the name of another one in it opens neither', async () => {
  const path = await link()
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  const bytes = Buffer.from(path.slice('/display/'.length), 'base64url')
  Buffer.from(workspaceId.replaceAll('-', ''), 'hex').copy(bytes)
  const forged = bytes.toString('base64url')
  expect(workspaceOfKey(forged)).toBe(workspaceId)
  expect((await screen(`/display/${forged}`)).status).toBe(404)
})

test('a link has a name, and a workspace has twenty of them', async () => {
  expect((await ada.send(PATH, { name: '  ' })).text).toContain('Say in 1 to 80 characters where the screen hangs.')
  expect((await ada.send(PATH, { name: 'x'.repeat(81) })).status).toBe(400)
  for (let number = 1; number <= 20; number++) expect(await link(`Screen ${number}`)).not.toBe('')
  const refused = await ada.send(PATH, { name: 'One more' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('20 display links at most')
  expect(refused.text).toContain('value="One more"')
})
