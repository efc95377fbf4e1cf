import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { labelsOf } from '../../backend/features/analytics/figures/labels.ts'
import { sheetsLogSchedule } from '../../backend/features/analytics/index.ts'
import { churnRisks } from '../../backend/features/analytics/insight/churn.ts'
import { newTicketsSql } from '../../backend/features/analytics/reading/opening.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'
import { askedBy } from '../support/statements.ts'

const MANY = 30_000
let desk: Desk
let planner: Planner

/** Thirty thousand addresses of which 30 take no mail; as many lines of actions about three products; as many rows in a sheet's log, and a history of as many tickets. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const all = `from generate_series(1, ${MANY}) n`
  const id = `('01890000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const write = (text: string) => owner.query(text, [desk.workspaceId])
  await owner.query('set session_replication_role = replica')
  await write(`insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at, undeliverable_at)
    select $1, 'c' || n || '@home.example', ${id}, 'c' || n || '@home.example', now(), case when n % 1000 = 0 then now() end ${all}`)
  await write(`insert into desk.action_line (workspace_id, action_id, position, product_id, variant_id, title, quantity, minor, currency)
    select $1, ${id}, 0, n % 3 + 1, n % 3 + 1, 'Pot ' || n, 1, 100, 'GBP' ${all}`)
  await write(`insert into desk.sheets_log (workspace_id, spreadsheet_id, sheet_name, client_email, key, "on", since)
    values ($1, 'log-0123456789', 'RepLog', 'robot@robots.example', '', true, now())`)
  await write(`insert into desk.sheets_log_row (workspace_id, action_id, ended_at, entry_id, written_at)
    select $1, ${id}, now() - make_interval(mins => n), ${id}, now() ${all}`)
  await write(`insert into desk.event (workspace_id, recorded_at, occurred_at, id, type, actor_kind, ticket_id, payload, historical, row_xid)
    select $1, now(), now(), ${id}, 'ticket.created', 'system', ${id}, '{}', true, '3'::xid8 ${all}`)
  for (const table of ['customer_address', 'action_line', 'sheets_log_row', 'event'])
    await owner.query(`vacuum (analyze) desk.${table}`)
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** What is asked of a table meanwhile, each with its plan. */
async function plansOf(about: RegExp, work: () => Promise<unknown>) {
  const asked = await askedBy(about, work)
  expect(asked.length).toBeGreaterThan(0)
  return Promise.all(asked.slice(0, 3).map((one) => planner.plan(one as unknown as Prisma.Sql)))
}

test('customers whose address takes no mail are found among all without looking at the others', async () => {
  const ask = () => churnRisks(desk.ctx, desk.workspaceId, { limit: 50 })
  for (const nodes of await plansOf(/from desk\.customer_address/, ask))
    expectIndexed(nodes, { indexes: ['customer_address_undeliverable'], most: MANY / 1_000 })
})

/** So many of the newest tell a name. */
const NEWEST = 20

test.each([
  ['product', 'action_line_workspace_id_product_id_action_id_idx'],
  ['line', 'action_line_workspace_id_variant_id_action_id_idx'],
] as const)(
  'the name of a %s is read of its newest lines, however many actions were about it',
  async (dimension, index) => {
    const ask = () => labelsOf(desk.ctx, desk.workspaceId, new Map([[dimension, new Set(['1', '2', '3'])]]))
    expect((await ask())(dimension, '1')).toBe(`Pot ${MANY}`)
    for (const nodes of await plansOf(/desk\.action_line/, ask))
      expectIndexed(nodes, { indexes: [index], most: 3 * NEWEST })
  },
)

test('whether anything waits for the sheet is seen without reading what stands there', async () => {
  const tick = async () => {
    await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      for (const { job } of sheetsLogSchedule) await enqueue(tx, job as unknown as Job<object, never>, {})
    })
    await desk.settle()
  }
  for (const nodes of await plansOf(/SELECT.*sheets_log_row/s, tick))
    expectIndexed(nodes, { indexes: [/sheets_log_row_(unwritten|waiting)/], most: 1 })
})

test('whether there are tickets that the lake has not seen is told by what was recorded since, however long the history', async () => {
  const { rows } = await planner.app.query<{ seen: string }>('select pg_current_snapshot()::text as seen')
  const nodes = await planner.plan(newTicketsSql(desk.workspaceId, rows[0]?.seen ?? ''))
  // in a month that has no part of its own yet, the desk's first events are in the part for all others
  expectIndexed(nodes, { indexes: [/row_xid/], most: 20, small: ['event_other'] })
})
