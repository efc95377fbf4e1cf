import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { createContext, serve } from '../../backend/app.ts'
import { addDomain, changeRole, createWorkspace, deactivateStaff } from '../../backend/features/settings/index.ts'
import { workBegan } from '../../backend/features/workforce/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { record } from '../../backend/platform/events.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'
import { visitor } from '../support/visitor.ts'
import { partAt, type Watching, watching } from '../support/watching.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
let owner: pg.Client
const open: Watching[] = []

beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  await work.empty()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const WALL = partAt('/desk/live/wall')

/** Somebody signs in and looks at the wallboard. */
async function look(name: StaffName) {
  const who = visitor(desk, name)
  await who.open('/')
  return { who, stream: await lookAgain(who) }
}

async function lookAgain(who: ReturnType<typeof visitor>, path = WALL) {
  const stream = watching(await who.ask(path))
  open.push(stream)
  return stream
}

/** Who listens to the database for live pages. */
const listeners = async (): Promise<number[]> => {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'sidedesk live'`,
  )
  return rows.map(({ pid }) => pid)
}

test('what somebody does is seen by whoever looks, without asking again', async () => {
  const { stream } = await look('vera')
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  expect(stream.headers.get('x-accel-buffering')).toBe('no')
  expect(stream.headers.get('cache-control')).toContain('no-store')
  await stream.shows('Nobody is logged in.')
  await work.in('nora')
  await stream.shows('Nora')
  await work.pause('nora')
  await stream.shows('Lunch, 0 of 30 min')
})

test('one making serves all who look, and whoever has seen it already is not sent it again', async () => {
  const { who, stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  const again = await lookAgain(who)
  await again.shows('Nobody is logged in.')
  expect(again.lastId()).toBe(stream.lastId())

  const back = await lookAgain(who, `${WALL}&seen=${stream.seen()}`)
  await work.in('sam')
  for (const each of [stream, again, back]) await each.shows('Sam')
  expect(back.parts()).toHaveLength(1)
  expect(new Set([stream, again, back].map((each) => each.lastId())).size).toBe(1)
})

test('the page shows what the stream would send, so that it is sent nothing at first', async () => {
  const who = visitor(desk, 'vera')
  const page = await who.open('/desk/wall')
  const [, path = ''] = /data-live="([^"]+)"/.exec(page.text) ?? []
  expect(path).toContain(`${WALL}&amp;seen=`)
  const stream = await lookAgain(who, path.replaceAll('&amp;', '&'))
  await work.in('nora')
  await stream.shows('Nora')
  expect(stream.parts()[0]?.data).toContain('Nora')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(page.text).toContain('<script type="module" src="/scripts/live.js">')
  const script = await who.ask('/scripts/live.js')
  expect(script.headers.get('content-type')).toContain('javascript')
  const text = await script.text()
  expect(text).toContain("from './morphing.js'")
  expect(text).not.toContain(': HTMLElement')
  expect((await who.ask('/scripts/morphing.js')).status).toBe(200)
  expect((await who.ask('/scripts/..%2Fapp.js')).status).toBe(404)
})

/** Between two makings of one part, at the least. */
const REST_MS = 250

test('fifty acts in a row are shown in a few makings, and the last one is the truth', async () => {
  const { stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  const [before, began] = [stream.parts().length, performance.now()]
  for (let time = 0; time < 25; time++) {
    await work.in('nora')
    await work.out('nora')
  }
  await work.in('nora')
  await work.in('sam')
  await stream.shows('Sam')
  expect(stream.part()).toContain('Nora')
  const rests = (performance.now() - began) / REST_MS // a slow machine has time for more of them
  expect(stream.parts().length - before).toBeLessThan(rests + 3)
})

test('what another process writes is heard as well', async () => {
  const { stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  const other = createContext(desk.ctx.config, { process: 'other', clock: desk.clock })
  try {
    await inWorkspace(other, desk.workspaceId, async (tx) => {
      const { workspaceId, now } = tx
      const session = { workspaceId, id: crypto.randomUUID(), staffId: desk.staff.sam.id, startedAt: now }
      await tx.workSession.create({ data: session })
      await record(tx, [workBegan({ staffId: session.staffId, sessionId: session.id, by: systemOf(workspaceId) })])
    })
  } finally {
    await other.close()
  }
  await stream.shows('Sam')
})

test('a listener whose connection is lost says so, comes back, and looks at what it missed', async () => {
  const { stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  await until('the listener', async () => (await listeners()).length > 0, { everyMs: 20 })
  const lost = await listeners()
  await owner.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [lost])
  await stream.hears('late')
  await work.in('nora')
  await stream.shows('Nora')
  await until('another listener', async () => (await listeners()).some((pid) => !lost.includes(pid)), { everyMs: 50 })
  await work.in('sam')
  await stream.shows('Sam')
})

test('whoever signs out, leaves, or gets another role sees nothing more', async () => {
  const { who, stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  await who.send('/sign-out', {}, '/')
  await stream.ends()
  expect(stream.said.at(-1)).toMatchObject({ event: 'gone', data: expect.stringContaining('not signed in any more') })
  const refused = await who.ask(WALL)
  expect(refused.status).toBe(401)

  const by = systemOf(desk.workspaceId)
  const { email } = desk.staff.vera
  const demoted = await look('vera')
  await demoted.stream.shows('Nobody is logged in.')
  await changeRole(desk.ctx, desk.workspaceId, email, 'agent', by)
  await demoted.stream.ends()
  expect(demoted.stream.said.at(-1)).toMatchObject({ event: 'gone', data: expect.stringContaining('another role') })
  expect((await demoted.who.ask(WALL)).status).toBe(403)
  await changeRole(desk.ctx, desk.workspaceId, email, 'supervisor', by)

  const left = await look('vera')
  await left.stream.shows('Nobody is logged in.')
  await deactivateStaff(desk.ctx, desk.workspaceId, email, by)
  await left.stream.ends()
  await owner.query(`update desk.staff set state = 'active' where email = $1`, [email])
})

test('a session that runs out is found out when the listener comes back, too', async () => {
  const { stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  await until('the listener', async () => (await listeners()).length > 0, { everyMs: 20 })
  await desk.travel('13 hours')
  await owner.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [await listeners()])
  await stream.ends()
  expect(stream.said.at(-1)).toMatchObject({ event: 'gone' })
})

test('one person has twenty windows at most, and the next one is told so', async () => {
  const { who, stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  for (let window = 1; window < 20; window++) await lookAgain(who)
  const refused = await who.ask(WALL)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('30')
  expect(await refused.text()).toContain('open 20 times already')
  await open.pop()?.close()
  await until('a window to be free', async () => desk.ctx.live.viewers === 19, { everyMs: 20 })
  expect((await lookAgain(who)).status).toBe(200)
})

test('agents do not see the wallboard, and another workspace hears nothing of ours', async () => {
  const nora = visitor(desk, 'nora')
  await nora.open('/')
  expect((await nora.ask(WALL)).status).toBe(403)
  expect((await nora.ask('/desk/wall')).status).toBe(403)

  const { stream } = await look('vera')
  await stream.shows('Nobody is logged in.')
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  await work.in('nora')
  await stream.shows('Nora')
  expect(stream.parts().every(({ data }) => !data.includes('Rival'))).toBe(true)
})

test('an API that stops ends its streams at once, and lets nothing wait for them', async () => {
  const ctx = createContext(desk.ctx.config, { process: 'second', clock: desk.clock })
  const api = await serve(ctx)
  const who = visitor(desk, 'vera')
  await who.open('/')
  const cookie = [...who.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const stream = watching(await fetch(`http://127.0.0.1:${api.port}${WALL}`, { headers: { cookie } }))
  await stream.shows('Nobody is logged in.')
  expect(ctx.live.viewers).toBe(1)
  await api.stop()
  await stream.ends()
  expect(ctx.live.viewers).toBe(0)
  await ctx.close()
})
