import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { openSession } from '../../backend/features/settings/page-sessions.ts'
import { liveParts, pages } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { STAFF_ROLES } from '../../shared/roles.ts'
import { assignTicket, createTicket, getTicket } from '../../shared/tickets.ts'
import { logIn } from '../../shared/workforce.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'
import { visitor } from '../support/visitor.ts'
import { partAt, watching } from '../support/watching.ts'

const PEOPLE = { agent: 'nora', supervisor: 'vera', finance: 'frank', admin: 'ada', 'read-only': 'rhea' } as const
const SESSION = '__Host-sidedesk-session'

let desk: Desk
let ticketId: string
beforeAll(async () => {
  desk = await startDesk()
  const mail = { messageId: '<l@ada.example>', subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
  const body = { ...mail, sentAt: desk.clock.now().toISOString() }
  ticketId = (await desk.as('nora').call(createTicket, { body })).id
})
afterAll(() => desk.stop())

const filledIn = (path: string) =>
  partAt(path.replace(':ticketId', ticketId).replace(':view', 'open').replace(':report', 'sla'))

async function statusOf(who: ReturnType<typeof visitor>, path: string): Promise<number> {
  const response = await who.ask(filledIn(path))
  await response.body?.cancel()
  return response.status
}

test('every live part is for the roles that it names, and for nobody who is not signed in', async () => {
  const nobody = visitor(desk, 'vera')
  for (const { path } of liveParts) expect([path, await statusOf(nobody, path)]).toEqual([path, 401])
  for (const role of STAFF_ROLES) {
    const who = visitor(desk, PEOPLE[role])
    await who.open('/')
    for (const { path, roles } of liveParts)
      expect([role, path, await statusOf(who, path)]).toEqual([role, path, roles.includes(role) ? 200 : 403])
  }
})

test('an admin of another workspace sees nothing of ours by any of them', async () => {
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const person = { email: 'eve@rival.example', name: 'Eve', role: 'admin' as const }
  const { id, name } = await inviteStaff(desk.ctx, workspaceId, person, systemOf(workspaceId))
  await inWorkspace(desk.ctx, workspaceId, (tx) =>
    tx.staff.update({ where: { workspaceId_id: { workspaceId, id } }, data: { state: 'active', googleSub: '999' } }),
  )
  const eve = visitor(desk, 'vera')
  eve.cookies.set(SESSION, await openSession(desk.ctx, { kind: 'staff', id, workspaceId, name, role: 'admin' }))
  for (const { path } of liveParts) {
    const isOurs = path.includes('Id')
    expect([path, await statusOf(eve, path)]).toEqual([path, isOurs ? 404 : 200])
  }
})

test('each stands below the pages that show it, and at an address of its own', () => {
  const paths = [...liveParts, ...pages].map(({ path }) => path)
  for (const { path } of liveParts) {
    expect(path).toMatch(/^\/desk\/live\//)
    expect(paths.filter((one) => one === path)).toHaveLength(1)
  }
})

test('all parts of a page come in one stream, each under the name that its place has', async () => {
  const nora = visitor(desk, 'nora')
  const { text } = await nora.open('/desk')
  const places = [...text.matchAll(/data-live="([^"]+)"/g)].map(([, path = '']) => path.replaceAll('&amp;', '&'))
  const asked = places.map((path) => path.split('?'))
  expect(asked.map(([path]) => path)).toEqual(['/desk/live', '/desk/live'])
  const stream = watching(await nora.ask(`/desk/live?${asked.map(([, query]) => query).join('&')}`))
  await stream.hears('places')
  const [work = '', list = ''] = stream.said.find(({ event }) => event === 'places')?.data.split(' ') ?? []
  await desk.as('nora').call(logIn)
  await stream.shows('At work since')
  expect(stream.lastId()).toMatch(new RegExp(`^${work}\\.`))
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  await desk.as('nora').call(assignTicket, { params: { ticketId }, body: { assigneeId: desk.staff.nora.id, version } })
  await stream.shows('Jar')
  expect(stream.lastId()).toMatch(new RegExp(`^${list}\\.`))
  await stream.close()
  await until('the stream to be left', async () => desk.ctx.live.viewers === 0, { everyMs: 20 })
})

test('a stream is not opened for no part, for too many, for one that there is not, or with one that is not theirs to see', async () => {
  const nora = visitor(desk, 'nora')
  await nora.open('/')
  const [work, wall, none] = ['/desk/live/work', '/desk/live/wall', '/desk/live/nothing'].map(partAt)
  const both = `${work}&${new URLSearchParams({ part: '/desk/live/wall' })}`
  const many = Array.from({ length: 6 }, () => new URLSearchParams({ part: '/desk/live/work' })).join('&')
  for (const [path, status] of [
    ['/desk/live', 400],
    [`/desk/live?${many}`, 400],
    [none, 404],
    [wall, 403],
    [both, 403],
  ] as const) {
    const response = await nora.ask(path ?? '')
    expect([path, response.status]).toEqual([path, status])
    await response.arrayBuffer()
  }
  expect(desk.ctx.live.viewers).toBe(0)
})
