import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { actionPageOf } from '../../backend/features/combined-actions/listing.ts'
import { actingSql, runningSql } from '../../backend/features/combined-actions/running-actions.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { type Desk, startDesk } from '../support/desk.ts'

const MANY = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'
const idOf = (n: number) => `01890000-0000-7000-9000-${n.toString(16).padStart(12, '0')}`

let desk: Desk
let app: pg.Client

/** Twenty thousand actions of fifty agents, one in a hundred open, as the owner writes them; asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const write = (text: string) => owner.query(text, [desk.workspaceId, shopId])
  const id = (n: string) => `('01890000-0000-7000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
  const at = `timestamptz '2026-11-20 12:00Z' - make_interval(mins => n)`
  const all = `from generate_series(1, ${MANY}) n`
  await write(`
    insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
    values ($1, $2, 'fern.myshopify.com', 'Fern', 'GBP', 'Europe/London', 'client_credentials', 'connected', now())`)
  await write(`
    insert into desk.shop_order (workspace_id, id, shop_id, shopify_id, name, placed_at, updated_at, checked_at, financial, fulfilment, payment_kind, summary, document)
    select $1, ${id('n')}, $2, n, 'FF-' || n, ${at}, now(), now(), 'PAID', 'FULFILLED', 'prepaid', '', '' ${all}`)
  await write(`
    insert into desk.combined_action (workspace_id, id, draft_id, ticket_id, shop_id, order_id, by_id, by_role, state, reason_code, currency,
      value_minor, moves_money, causes, content, created_at, shop_day)
    select $1, ${id('n')}, ${id('n')}, ${id('n')}, $2, ${id('n')}, ${id('n % 50')}, 'agent',
      case when n % 400 = 7 then 'waiting_approval' when n % 100 = 7 then 'running' else 'done' end, 'late', 'GBP', 100, true, '{}', '', ${at}, (${at})::date ${all}`)
  await write(`
    insert into desk.action_step (workspace_id, id, action_id, position, kind, state, reason_code, minor, currency)
    select $1, ${id('n * 2 + k')}, ${id('n')}, k, case k when 0 then 'refund' else 'tag' end, 'done', 'late', 100, 'GBP'
    from (select n, $2::uuid ${all}) n cross join generate_series(0, 1) k`)
  await write(`
    insert into desk.action_approval (workspace_id, id, action_id, approver_id, asked_at)
    select $1, ${id('n')}, ${id('n')}, $2, now() ${all}`)
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
  'Relation Name'?: string
  'Index Name'?: string
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

async function nodesOf(sql: Prisma.Sql): Promise<Node[]> {
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${sql.text}`, sql.values as unknown[])
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** By its index, in the order that it gives, with hardly a row read in vain. */
async function expectIndexed(sql: Prisma.Sql, index: string): Promise<void> {
  const nodes = await nodesOf(sql)
  const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== 'staff')
  expect(scanned).toEqual([])
  expect(nodes.map((node) => node['Index Name'])).toContainEqual(expect.stringContaining(index))
  for (const node of nodes) expect(node['Rows Removed by Filter'] ?? 0).toBeLessThan(250)
}

const AFTER = ['2026-11-15T12:00:00Z', shopId]

test.each([
  ['all', idOf(7), 'combined_action_workspace_id_created_at_id'],
  ['open', idOf(7), 'combined_action_open'],
  ['mine', idOf(7), 'combined_action_workspace_id_by_id_created_at'],
  ['to_approve', shopId, 'combined_action_open'],
] as const)('the list of %s actions reads its index, on its first page and deep inside', async (view, me, index) => {
  await expectIndexed(actionPageOf(desk.workspaceId, { view, me }, null, 51), index)
  await expectIndexed(actionPageOf(desk.workspaceId, { view, me }, AFTER, 51), index)
})

test('the running actions of somebody are read by their index, and the steps of each', async () => {
  const workspace = Prisma.sql`${desk.workspaceId}::uuid`
  const sql = Prisma.sql`select ${runningSql(workspace, idOf(7))} as running`
  await expectIndexed(sql, 'combined_action_open_of_agent')
  await expectIndexed(sql, 'action_step_workspace_id_action_id_kind')
  const { rows } = await app.query(sql.text, sql.values as unknown[])
  expect(rows[0].running).toHaveLength(10)
})

test('who acts on an order is found by the order', async () => {
  const workspace = Prisma.sql`${desk.workspaceId}::uuid`
  const sql = Prisma.sql`select ${actingSql(workspace)} as acting from desk.shop_order o where o.workspace_id = ${workspace} and o.id = ${idOf(7)}::uuid`
  await expectIndexed(sql, 'combined_action_open_on_order')
  const { rows } = await app.query(sql.text, sql.values as unknown[])
  expect(rows[0].acting).toMatchObject({ id: idOf(7), byId: idOf(7) })
})
