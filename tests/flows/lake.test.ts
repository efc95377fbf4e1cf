import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { keepLake } from '../../backend/features/analytics/index.ts'
import { forgetTickets } from '../../backend/features/retention/tickets.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { createLog } from '../../backend/platform/log.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { moveTicket } from '../../shared/tickets.ts'
import { whileAway } from '../support/away.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf, openTicket } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'
import { backendEnvironment } from '../support/processes/backend-environment.ts'
import { startProcess } from '../support/processes/backend-process.ts'
import { until } from '../support/until.ts'

let desk: Desk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

let mails = 0
const opened = () => openTicket(desk, ++mails)
const rows = () => lakeRows(lake, desk.workspaceId)
const idsIn = async () => (await rows()).ticket.map(({ id }) => id)

test('a ticket is in the figures after the next pull, with its mails, moves and clocks', async () => {
  await lake.pull()
  const ticket = await opened()
  await desk.travel('10 min')
  await desk
    .as('nora')
    .call(moveTicket, { params: { ticketId: ticket.id }, body: { status: 'solved', version: ticket.version } })
  await lake.pull()
  const found = await rows()
  expect(found.ticket).toEqual([
    expect.objectContaining({ id: ticket.id, number: 1, status: 'solved', mails_in: 1, historical: false }),
  ])
  expect(Number(found.ticket[0]?.['resolution_seconds'])).toBeGreaterThanOrEqual(600)
  expect(found.ticket[0]).toMatchObject({ resolved_by_id: desk.staff.nora.id, first_out_at: null, first_seconds: null })
  expect(found.message).toEqual([expect.objectContaining({ ticket_id: ticket.id, direction: 'in', staff_id: null })])
  expect(found.move).toEqual([
    expect.objectContaining({ kind: 'status', after: 'solved', by_kind: 'staff', by_id: desk.staff.nora.id }),
  ])
  expect(found.clock.map(({ target, state }) => [target, state])).toEqual([
    ['first', 'stopped'],
    ['resolution', 'stopped'],
  ])
  expect(found.staff).toHaveLength(6)
  expect(found.mailbox).toHaveLength(1)
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'fresh' })
})

test('a clock of the desk that runs ahead, as in a story, does not make figures old that are followed', async () => {
  await lake.pull()
  await desk.travel('1 h')
  expect(await lake.place.freshness(desk.clock.now())).toMatchObject({ state: 'fresh' })
})

test('what commits late is taken when it has ended, exactly once; what is rolled back never', async () => {
  const [late, never] = [await opened(), await opened()]
  await lake.pull()
  const write = async (ticketId: string, priority: string) => {
    const client = new pg.Client({ connectionString: desk.database.ownerUrl })
    await client.connect()
    await client.query('begin')
    await client.query('update desk.ticket set priority = $2 where id = $1', [ticketId, priority])
    await client.query(
      `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
       values ($1, $3, gen_random_uuid(), $3, 'ticket.prioritised', 'system', $2, '{"before": "normal", "priority": "low"}')`,
      [desk.workspaceId, ticketId, desk.clock.now()],
    )
    return client
  }
  const [slow, given] = [await write(late.id, 'low'), await write(never.id, 'low')]
  const between = await opened()
  await lake.pull()
  expect(await idsIn()).toContain(between.id)
  const priorityOf = async (id: string) => (await rows()).ticket.find((ticket) => ticket['id'] === id)?.['priority']
  expect(await priorityOf(late.id)).not.toBe('low')
  await slow.query('commit')
  await given.query('rollback')
  await slow.end()
  await given.end()
  await lake.pull()
  expect(await priorityOf(late.id)).toBe('low')
  expect(await priorityOf(never.id)).not.toBe('low')
  const moves = (await rows()).move.filter(({ ticket_id }) => ticket_id === late.id || ticket_id === never.id)
  expect(moves).toEqual([expect.objectContaining({ ticket_id: late.id, kind: 'priority', after: 'low' })])
  const before = await lake.place.root()
  await lake.pull()
  expect((await lake.place.root())?.commit).toBe(before?.commit) // nothing came twice
})

test('a ticket that stops counting leaves nothing in the figures', async () => {
  const ticket = await opened()
  await lake.pull()
  expect(await idsIn()).toContain(ticket.id)
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  await owner.query(`update desk.event set historical = true where ticket_id = $1 and type = 'ticket.created'`, [
    ticket.id,
  ])
  await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
     values ($1, $3, gen_random_uuid(), $3, 'ticket.tagged', 'system', $2, '{"added": 0, "removed": 0}')`,
    [desk.workspaceId, ticket.id, desk.clock.now()],
  )
  await owner.end()
  await lake.pull()
  const found = await rows()
  for (const table of [found.message, found.move, found.clock])
    expect(table.filter(({ ticket_id }) => ticket_id === ticket.id)).toEqual([])
  expect(await idsIn()).not.toContain(ticket.id)
})

test('a ticket that is forgotten altogether is taken out of every table, and comes back by no older file', async () => {
  const [ticket, other] = [await opened(), await opened()]
  await lake.pull()
  expect(await idsIn()).toEqual(expect.arrayContaining([ticket.id, other.id]))
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    forgetTickets(desk.ctx, tx, {
      ticketIds: [ticket.id],
      mode: 'delete',
      runId: newId(),
      by: systemOf(desk.workspaceId),
    }),
  )
  expect(
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.ticket.count({ where: { id: ticket.id } }), {
      reads: true,
    }),
  ).toBe(0)
  await lake.pull()
  const gone = async () => {
    const found = await rows()
    expect(found.ticket.map(({ id }) => id)).not.toContain(ticket.id)
    expect(found.ticket.map(({ id }) => id)).toContain(other.id)
    for (const table of [found.message, found.move, found.clock])
      expect(table.filter(({ ticket_id }) => ticket_id === ticket.id)).toEqual([])
  }
  await gone()
  while (await lake.tidy());
  await gone()
})

test('the lake may read the columns that it names, and nothing that people wrote or are called', async () => {
  const login = new pg.Client({ connectionString: desk.database.lakeUrl })
  await login.connect()
  await expect(login.query('select id, status, category from desk.ticket limit 1')).resolves.toBeDefined()
  for (const wish of [
    'subject from desk.ticket',
    'body from desk.message',
    'excerpt from desk.message',
    'email from desk.customer',
    'name from desk.customer',
    'email from desk.staff',
    'name from desk.staff',
    'email_key from desk.compensation',
    'content from desk.combined_action',
    'code from desk.gift_card_issue',
    'kind from desk.leave',
    'address from desk.mailbox',
    '* from desk.customer_address',
    '* from desk.data_key',
  ])
    await expect(login.query(`select ${wish} limit 1`)).rejects.toThrow(/permission denied/)
  await expect(login.query('update desk.ticket set number = 1')).rejects.toThrow(/permission denied/)
  await login.end()
})

test('no column that the lake may read is sealed, a name, an address or words', async () => {
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows: columns } = await owner.query<{ name: string; type: string }>(`
    select table_name || '.' || column_name as name, data_type as type from information_schema.columns
    where table_schema = 'desk' and has_column_privilege('desk_lake', format('desk.%I', table_name), column_name, 'select')`)
  await owner.end()
  expect(columns.length).toBeGreaterThan(100)
  expect(columns.filter(({ type }) => type === 'bytea')).toEqual([])
  expect(
    columns
      .filter(({ name }) => /name|email|address|subject|phone|title|word|excerpt|body|code$/.test(name))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['action_step.reason_code', 'combined_action.reason_code', 'gift_card_issue.reason_code'])
})

test('one writes at a time: a second one waits, and takes over when the first is gone', async () => {
  const second = lakeOf(desk)
  await expect(second.pull()).rejects.toThrow('Another writer has the lake')
  const ticket = await opened()
  await lake.stop()
  await second.pull()
  expect(await idsIn()).toContain(ticket.id)
  lake = lakeOf(desk)
  await expect(lake.pull()).rejects.toThrow('Another writer has the lake')
  await second.stop()
  await lake.pull()
})

test('a lake that starts while the database is away says so, and catches up by itself', async () => {
  await lake.stop()
  const lines = new PassThrough()
  const log = createLog('debug', 'lake', { destination: lines })
  let said = ''
  lines.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  let keeping: { stop(): Promise<void> } | undefined
  try {
    await whileAway(desk.database, async () => {
      keeping = await keepLake({ ...desk.ctx, log }, { everyMs: 20 })
      await until('a pull to fail', () => said.includes('a pull into the lake failed'), { everyMs: 10 })
    })
    await opened()
    await until('the ticket to come', () => said.includes('the lake moved on'), { everyMs: 20 })
  } finally {
    await keeping?.stop()
  }
  lake = lakeOf(desk)
})

test('the process of the lake goes on running when its first pull fails', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-lake-'))
  const { ownerUrl: owner, url: app, jobsUrl: jobs, lakeUrl } = desk.database
  const masterKey = randomBytes(32).toString('base64')
  const urls = { owner, app, jobs, lake: lakeUrl }
  const env = backendEnvironment({ urls, folder, googleUrl: desk.google.url, masterKey, port: 0 })
  await whileAway(desk.database, async () => {
    const running = await startProcess('backend/lake.ts', env, /a pull into the lake failed/)
    expect(await running.kill('SIGTERM')).toEqual({ code: 0, signal: null })
  })
  rmSync(folder, { recursive: true })
})
