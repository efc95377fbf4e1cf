import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { wantedOf } from '../../backend/features/assignment/giving.ts'
import { standingSql } from '../../backend/features/assignment/standing.ts'
import { nextOf } from '../../backend/features/assignment/taking-next.ts'
import { claimSql } from '../../backend/features/claims/holding.ts'
import { cardOf } from '../../backend/features/tickets/viewing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let app: pg.Client

const TICKETS = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const ticketId = '01890000-0000-7000-8000-000000000032'

/** Twenty thousand tickets, two in a hundred open: of these half have somebody, and each had a claim once. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  await owner.query(
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    [workspace],
  )
  await owner.query(
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, queue_at, due_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, customer.id, (case when n % 50 = 0 then 'open' else 'closed' end), '{}',
       case when n % 100 = 0 then $2::uuid end, ${now} - make_interval(mins => n), ${now} + make_interval(mins => n), ${now} - make_interval(mins => n), ${now}
     from generate_series(1, ${TICKETS}) n join customer on customer.c = n % 500 + 1`,
    [workspace, nora],
  )
  await owner.query(
    `insert into desk.ticket_claim (workspace_id, id, ticket_id, staff_id, since, touched_at, until, ended_at)
     select $1, gen_random_uuid(), ${idOf('n')}, $2, ${now}, ${now}, ${now} + interval '1 h', case when n % 50 > 0 then ${now} end from generate_series(1, ${TICKETS}) n`,
    [workspace, nora],
  )
  await owner.query(
    `insert into desk.ticket_giving (workspace_id, ticket_id, state, at, staff_id, how)
     select $1, ${idOf('n')}, case when n % 100 = 50 then 'waiting' else 'given' end, ${now}, $2, 'round_robin' from generate_series(1, ${TICKETS}) n`,
    [workspace, nora],
  )
  await owner.query(`insert into desk.agent_profile (workspace_id, staff_id, available) values ($1, $2, true)`, [
    workspace,
    nora,
  ])
  await owner.query('vacuum analyze')
  await owner.end()
  app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [workspace])
}, 60_000)
afterAll(async () => {
  await app.end()
  await desk.stop()
})

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Sort Key'?: string[]
  Plans?: Node[]
}

async function nodesOf(sql: Prisma.Sql): Promise<Node[]> {
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${sql.text}`, sql.values as unknown[])
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** Tables that hold a row for each person or workspace at most. */
const SMALL = ['workspace', 'staff', 'agent_profile', 'assignment_setting', 'customer']

/** @param most rows that any step reads */
async function expectIndexed(sql: Prisma.Sql, indexes: string[], most: number): Promise<void> {
  const nodes = await nodesOf(sql)
  const large = nodes.filter((node) => !SMALL.includes(node['Relation Name'] ?? ''))
  expect(large.filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Rows'] > 0)).toEqual([])
  expect(nodes.map((node) => node['Index Name'])).toEqual(
    expect.arrayContaining(indexes.map((name) => expect.stringContaining(name))),
  )
  for (const node of nodes)
    expect(node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(most)
}

const onTicket = (expression: Prisma.Sql) =>
  Prisma.sql`select ${expression} from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`

test('the next ticket is the first of its index: nothing is sorted and hardly anything read', async () => {
  await expectIndexed(nextOf(desk.workspaceId, desk.staff.sam.id, desk.clock.now()), ['ticket_open_by_assignee'], 250)
  const nodes = await nodesOf(nextOf(desk.workspaceId, desk.staff.nora.id, desk.clock.now()))
  expect(nodes.flatMap((node) => node['Sort Key'] ?? []).filter((key) => key.startsWith('t.'))).toEqual([])
})

test('who is on a ticket is read by its index, in a list and on the card', async () => {
  await expectIndexed(onTicket(Prisma.sql`(${claimSql(desk.clock.now())})`), ['ticket_claim_open'], 10)
  const at = { me: desk.staff.nora.id, now: desk.clock.now(), parts: desk.ctx.cardParts }
  await expectIndexed(cardOf(desk.workspaceId, ticketId, at), ['ticket_claim_open', 'ticket_giving_pkey'], 500)
})

test('what waits to be given is found among what waits, not among all', async () => {
  const now = desk.clock.now()
  await expectIndexed(
    wantedOf({ workspaceId: desk.workspaceId, now }, [desk.staff.nora.id], 50),
    ['ticket_giving_waiting'],
    1_000,
  )
})

test('how somebody stands counts their open work alone', async () => {
  await expectIndexed(
    Prisma.sql`select ${standingSql(Prisma.sql`${desk.workspaceId}::uuid`, desk.staff.nora.id)} as standing`,
    ['ticket_open_by_assignee'],
    500,
  )
})
