import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { routes } from '../../backend/features.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let owner: pg.Client
let rival: string
let ticketId: string

beforeAll(async () => {
  desk = await startDesk()
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  await inviteStaff(
    desk.ctx,
    workspaceId,
    { email: 'eve@rival.example', name: 'Eve', role: 'admin' },
    systemOf(workspaceId),
  )
  rival = desk.tokenOf('eve@rival.example', '999', 'rival.example')
  const mail = {
    messageId: '<t@ada.example>',
    subject: 'Jar',
    from: 'ada@ada.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  ticketId = (await desk.as('nora').call(createTicket, { body: mail })).id
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const guarded = routes.filter((route) => !route.public).map(({ endpoint }) => endpoint)

/** Calls an endpoint about the first workspace's ticket with a body that no schema accepts: refusals of identity come first. */
async function statusOf(endpoint: (typeof guarded)[number], token: string | null): Promise<number> {
  const path = endpoint.path
    .replace(':ticketId', ticketId)
    .replace(':view', 'open')
    .replace(/:(\w+)/g, '01890000-0000-7000-8000-000000000000')
  const response = await fetch(desk.url + path, {
    method: endpoint.method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(endpoint.method === 'GET'
      ? {}
      : {
          body: JSON.stringify({
            version: 1,
            reason: 'spam',
            status: 'open',
            priority: 'low',
            category: null,
            add: ['x'],
            assigneeId: null,
            text: 'x',
            title: 'x',
          }),
        }),
  })
  await response.arrayBuffer()
  return response.status
}

test('no endpoint answers without an identity, or to one that Google did not sign', async () => {
  const forged = `${rival.split('.').slice(0, 2).join('.')}.${Buffer.from('forged').toString('base64url')}`
  for (const endpoint of guarded) {
    expect([endpoint.path, await statusOf(endpoint, null)]).toEqual([endpoint.path, 401])
    expect([endpoint.path, await statusOf(endpoint, forged)]).toEqual([endpoint.path, 401])
    expect([endpoint.path, await statusOf(endpoint, 'sdk_unknown')]).toEqual([endpoint.path, 401])
  }
})

test("another workspace's admin reaches none of our tickets through any endpoint", async () => {
  const about = guarded.filter(({ path }) => path.includes(':ticketId'))
  expect(about.length).toBeGreaterThan(10)
  for (const endpoint of about) {
    const status = await statusOf(endpoint, rival)
    const listsNothing = endpoint.path.endsWith('/messages') || endpoint.path.endsWith('/timeline')
    expect(`${endpoint.method} ${endpoint.path} ${status}`).toMatch(listsNothing ? / 200$/ : / (404|400)$/)
  }
  const { rows } = await owner.query('select version, message_count from desk.ticket where id = $1', [ticketId])
  expect(rows).toEqual([{ version: 1, message_count: 1 }])
})

test('every table of desk starts its keys with workspace_id and forces row-level security', async () => {
  const { rows: tables } = await owner.query(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      exists (select from pg_policies p where p.schemaname = 'desk' and p.tablename = c.relname and 'desk_app' = any(p.roles)) as policed
    from pg_class c where c.relnamespace = 'desk'::regnamespace and c.relkind in ('r', 'p')`)
  expect(tables.length).toBeGreaterThan(15)
  expect(tables.filter(({ forced, policed }) => !forced || !policed)).toEqual([])
  const { rows: keys } = await owner.query(`
    select c.conrelid::regclass::text as "table", c.conname, a.attname as first
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.connamespace = 'desk'::regnamespace and c.contype in ('p', 'u', 'f') and a.attname <> 'workspace_id'`)
  expect(keys).toEqual([])
  const { rows: uniques } = await owner.query(`
    select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where c.relnamespace = 'desk'::regnamespace and i.indisunique and a.attname <> 'workspace_id'`)
  expect(uniques).toEqual([])
})

test('the app role sees nothing without a workspace, cannot enter the directory or the partitions, and cannot rewrite the record', async () => {
  const app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  try {
    expect((await app.query('select count(*)::int as seen from desk.ticket')).rows).toEqual([{ seen: 0 }])
    await expect(app.query('select * from directory.domain')).rejects.toThrow(/permission denied/)
    await expect(app.query('select * from desk_parts.event_other')).rejects.toThrow(/permission denied/)
    await app.query(`select set_config('app.workspace_id', $1, false)`, [desk.workspaceId])
    await expect(app.query(`update desk.event set type = 'x'`)).rejects.toThrow(/permission denied/)
    await expect(app.query('delete from desk.event')).rejects.toThrow(/permission denied/)
    await expect(
      app.query(`insert into desk.domain values (gen_random_uuid(), 'stolen.example', now())`),
    ).rejects.toThrow(/row-level security/)
  } finally {
    await app.end()
  }
})
