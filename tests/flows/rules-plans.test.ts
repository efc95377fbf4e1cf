import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { runsSql } from '../../backend/features/rules/acting/guard.ts'
import { inOrderSql } from '../../backend/features/rules/definitions/rows.ts'
import { factsSql } from '../../backend/features/rules/judging/facts.ts'
import { runsBefore } from '../../backend/features/rules/listing.ts'
import { dueSoonSql, sweepSql } from '../../backend/features/rules/timing/sources.ts'
import { historySql, pastSql } from '../../backend/features/rules/trials/record.ts'
import { mailsSql } from '../../backend/features/rules/trials/tickets.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let app: pg.Client

const TICKETS = 20_000
const ticketId = '01890000-0000-7000-8000-000000000100'
const ruleId = '01890000-0000-7000-8000-00000000abcd'
const NONE = '00000000-0000-0000-0000-000000000000'

/** Twenty thousand tickets, two in a hundred of them open, each with a mail and a few events, within the last twenty days. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { workspaceId } = desk
  const now = desk.clock.now()
  const id = `('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const at = `$2::timestamptz - make_interval(secs => n * 86)`
  await owner.query(`insert into desk.customer select $1, $2, 'C', 'c@x.example', now()`, [workspaceId, ticketId])
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, due_at, last_message_at, created_at)
     select $1, ${id}, n + 100000, 'T', $3, case when n % 50 = 0 then 'open' else 'closed' end, '{}', ${at},
       case when n % 50 = 0 then $2::timestamptz + make_interval(mins => n) else '9999-12-31' end, ${at}, ${at} from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now, ticketId],
  )
  await owner.query(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
     select $1, gen_random_uuid(), ${id}, 'in', 'customer', ${at}, '', '', '', ${at} from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now],
  )
  await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
     select $1, ${at} + make_interval(secs => k), gen_random_uuid(), ${at} + make_interval(secs => k), (array['mail.received', 'ticket.moved', 'ticket.tagged'])[k],
       'system', ${id}, '{"from": "new", "to": "open"}' from generate_series(1, ${TICKETS}) n, generate_series(1, 3) k`,
    [workspaceId, now],
  )
  await owner.query(
    `insert into desk.rule (workspace_id, id, position, name, state, trigger, definition, created_at, updated_at)
     select $1, gen_random_uuid(), n, 'R', case when n <= 40 then 'on' else 'removed' end, 'noted', '{}', now(), now() from generate_series(1, 2000) n`,
    [workspaceId],
  )
  await owner.query(
    `insert into desk.rule_run (workspace_id, id, rule_id, cause_id, root_id, ticket_id, at, outcome, words)
     select $1, gen_random_uuid(), (select id from desk.rule where position = 1 + n % 40), gen_random_uuid(), gen_random_uuid(), ${id}, ${at}, 'applied', '{}'
     from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now],
  )
  await owner.query('analyze')
  await owner.end()
  app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [workspaceId])
}, 60_000)
afterAll(async () => {
  await app.end()
  await desk.stop()
})

type Node = {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

async function nodesOf(sql: Prisma.Sql): Promise<Node[]> {
  await app.query('begin')
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${sql.text}`, sql.values as unknown[])
  await app.query('rollback')
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** No table with anything in it is walked but by an index, and hardly a row is read in vain; a workspace has few rules. */
async function expectIndexed(sql: Prisma.Sql, most: number): Promise<void> {
  for (const node of await nodesOf(sql)) {
    if (!node['Relation Name'] || node['Relation Name'] === 'rule') continue
    const name = [node['Node Type'], node['Relation Name'], node['Index Name']]
    const rows = node['Actual Rows'] * node['Actual Loops']
    const inVain = (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops']
    if (node['Node Type'] === 'Seq Scan') expect([...name, rows + inVain]).toEqual([...name, 0])
    expect([...name, rows <= most, inVain <= most]).toEqual([...name, true, true])
  }
}

const now = () => desk.clock.now()
const before = (hours: number) => new Date(now().getTime() - hours * 3_600_000)

test('rules in their order, without those that were removed', async () => {
  const names = (await nodesOf(inOrderSql(desk.workspaceId))).map((node) => node['Index Name'])
  expect(names).toContain('rule_in_order')
})

test('what rules know of a ticket, and how often they changed it today', async () => {
  await expectIndexed(factsSql(desk.workspaceId, ticketId), 1)
  await expectIndexed(runsSql(desk.workspaceId, { ruleId, rootId: ruleId, ticketId, since: before(24 * 30) }), 1)
})

test('the log, of all rules and of one', async () => {
  await expectIndexed(runsBefore(desk.workspaceId, null, null, 51), 51 * 2)
  const { rows } = await app.query(
    `select id::text, (select max(at) from desk.rule_run) as at from desk.rule where state = 'on' limit 1`,
  )
  await expectIndexed(runsBefore(desk.workspaceId, rows[0].id, [rows[0].at.toISOString(), ticketId], 51), 51 * 2)
})

test('what stands or waits for long enough is read on from where the last look ended', async () => {
  const sweep = {
    workspaceId: desk.workspaceId,
    ruleId,
    from: { at: before(50), id: NONE },
    until: before(48),
    now: now(),
  }
  const hours = { hours: 48, unit: 'hours' } as const
  await expectIndexed(sweepSql({ on: 'in_status', status: 'open', ...hours }, sweep), 600)
  await expectIndexed(sweepSql({ on: 'waiting', ...hours }, sweep), 600)
})

test('what is due soon is read from its index, as far as it is due', async () => {
  const until = new Date(now().getTime() + 3_600_000 * 10)
  await expectIndexed(dueSoonSql({ workspaceId: desk.workspaceId, ruleId, until, now: now() }), 100)
})

test('a dry run reads the record backwards in pages, and each ticket by its own index', async () => {
  const types = ['ticket.moved', 'ticket.tagged']
  const reading = { since: before(24 * 30), types, limit: 500 }
  await expectIndexed(pastSql(desk.workspaceId, { ...reading, place: null }), 800)
  await expectIndexed(pastSql(desk.workspaceId, { ...reading, place: [before(200), ruleId] }), 800)
  await expectIndexed(historySql(desk.workspaceId, [ticketId]), 10)
  await expectIndexed(mailsSql(desk.workspaceId, [{ ticketId, at: now() }]), 10)
})
