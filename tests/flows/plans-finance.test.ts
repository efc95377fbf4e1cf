import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { batchOf } from '../../backend/features/finance/exporting.ts'
import { pageOfPayouts } from '../../backend/features/finance/payouts.ts'
import { pageOfPeriods } from '../../backend/features/finance/periods.ts'
import { pageOfReconciliations } from '../../backend/features/finance/reconciling/listing.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

const MANY = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'
const periodId = '01890000-0000-7000-8000-0000000000fe'
const middle = '01890000-0000-7000-9000-000000002710'

let desk: Desk
let planner: Planner

/** The books of some years, a tenth of them in no period yet, as the owner writes them; asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (text: string) => owner.query(text, [desk.workspaceId, shopId])
  const id = `('01890000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const at = 'now() - make_interval(mins => n)'
  const all = `from generate_series(1, ${MANY}) n`
  await write(`
    insert into desk.finance_entry (workspace_id, id, shop_id, step_id, action_id, change, change_key, at, recorded_at, line, period_id)
    select $1, ${id}, $2, ${id}, ${id}, 'done', 'done', ${at}, ${at}, '', case when n % 10 > 0 then '${periodId}'::uuid end ${all}`)
  await write(`
    insert into desk.payout (workspace_id, id, action_id, step_id, shop_id, order_id, minor, currency, payee, state, created_at)
    select $1, ${id}, ${id}, ${id}, $2, ${id}, 100, 'GBP', '', case when n % 100 = 0 then 'to_pay' else 'paid' end, ${at} ${all}`)
  await write(`
    insert into desk.finance_period (workspace_id, id, shop_id, from_day, to_day, closed_at, by_id, rows)
    select $1, ${id}, $2, date '1900-01-01' + n, date '1900-01-01' + n, now(), ${id}, 0 ${all}`)
  await write(`
    insert into desk.reconciliation (workspace_id, id, shop_id, from_at, to_at, started_at, ended_at)
    select $1, ${id}, $2, ${at}, ${at}, ${at}, ${at} ${all}`)
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

const export_ = (period: string | null, after: string | null) => () =>
  batchOf(desk.workspaceId, { shop: { id: shopId }, periodId: period, startedAt: new Date() }, after)
const newest = new Date('2100-01-01').toISOString()

const LISTS: [string, () => Prisma.Sql, number][] = [
  ['the beginning of an open export', export_(null, null), 2_000],
  ['the middle of an open export', export_(null, middle), 1_000],
  ['the beginning of a closed period', export_(periodId, null), 2_000],
  ['the middle of a closed period', export_(periodId, middle), 2_000],
  ['payouts to pay', () => pageOfPayouts(desk.workspaceId, 'to_pay', null, 51), 51],
  ['paid ones, a later page', () => pageOfPayouts(desk.workspaceId, 'paid', ['2020-01-01T00:00:00Z', middle], 51), 51],
  ['closed periods', () => pageOfPeriods(desk.workspaceId, shopId, '1930-01-01', 51), 51],
  ['comparisons', () => pageOfReconciliations(desk.workspaceId, shopId, [newest, middle], 51), 51],
]

test.each(LISTS)('%s is read by its index, as far as it is shown and no further', async (_, sql, rows) => {
  const nodes = await planner.plan(sql())
  expect(nodes[0]?.['Actual Rows']).toBe(rows)
  expectIndexed(nodes, { indexes: [], most: rows * 1.2, small: ['staff'] }) // nine of ten entries are in one period: its page walks past the tenth
})
