import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { countsSql } from '../../backend/features/sla/escalations/counting.ts'
import { staleSql } from '../../backend/features/sla/keeping/stale.ts'
import { slaPart } from '../../backend/features/sla/showing/card-part.ts'
import { dueSql } from '../../backend/features/sla/watching/ticking.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let app: pg.Client

const TICKETS = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'

/** Twenty thousand tickets with clocks, two in a hundred of them running. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const id = `('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await owner.query(`insert into desk.customer select $1, $2, 'C', 'c@x.example', now()`, [desk.workspaceId, ticketId])
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${id}, n + 100000, 'T', $2, case when n % 50 = 0 then 'open' else 'closed' end, '{}', now(), now(), now() from generate_series(1, ${TICKETS}) n`,
    [desk.workspaceId, ticketId],
  )
  await owner.query(
    `insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, state, told, check_at)
     select $1, ${id}, '[]', case when n % 100 = 0 then 1 else 2 end, 'default', case when n % 50 = 0 then 'running' else 'ended' end, '{}',
       case when n % 50 = 0 then now() + make_interval(mins => n - 10000) else '9999-12-31' end from generate_series(1, ${TICKETS}) n`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.sla_setting (workspace_id, version, rules, updated_at) values ($1, 2, '{}', now())`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.sla_escalation (workspace_id, id, ticket_id, by_id, to_id, reason, at)
     select $1, ${id}, ${id}, $2, $2, 'legal', now() - make_interval(days => n) from generate_series(20, 5000) n`,
    [desk.workspaceId, ticketId],
  )
  await owner.query('analyze')
  await owner.end()
  app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [desk.workspaceId])
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
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

async function nodesOf(sql: Prisma.Sql): Promise<Node[]> {
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${sql.text}`, sql.values as unknown[])
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** Reads these indexes, and hardly a row in vain. */
async function expectIndexed(sql: Prisma.Sql, indexes: string[], most: number): Promise<void> {
  const nodes = await nodesOf(sql)
  expect(nodes.map((node) => node['Index Name'])).toEqual(expect.arrayContaining(indexes))
  for (const node of nodes) {
    expect([node['Relation Name'], node['Rows Removed by Filter'] ?? 0]).toEqual([node['Relation Name'], 0])
    expect(node['Actual Rows']).toBeLessThanOrEqual(most)
  }
}

test('what is to be told next is read from its index, a batch at a time', async () => {
  await expectIndexed(dueSql(desk.workspaceId, desk.clock.now(), 100), ['sla_clock_to_check', 'ticket_pkey'], 100)
})

test('what an edit has to judge anew is read from its index, whatever is over', async () => {
  await expectIndexed(staleSql(desk.workspaceId, 50), ['sla_clock_open', 'ticket_pkey'], 50)
})

test('escalations of a month are counted by their time', async () => {
  const since = new Date(desk.clock.now().getTime() - 30 * 86_400_000)
  await expectIndexed(countsSql(desk.workspaceId, since), ['sla_escalation_workspace_id_at_idx'], 20)
})

test('the card reads its clock and its newest escalation by key', async () => {
  const part = slaPart.sql({ me: null, now: desk.clock.now() })
  const sql = Prisma.sql`select (${part}) from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  await expectIndexed(sql, ['sla_clock_pkey'], 1)
})
