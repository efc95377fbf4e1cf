import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lookAt } from '../../backend/features/combined-actions/running/looking.ts'
import { forgotten } from '../../backend/features/combined-actions/running/taking-up.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { readsOf } from '../support/plans/counted-reads.ts'

const ACTIONS = 10_000
const shopId = '01890000-0000-7000-8000-0000000000ff'

let desk: Desk

/** Ten thousand actions that are over; of each hundred one still runs and nobody works on it, and one has goods to let go. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (text: string, ...more: string[]) => owner.query(text, [desk.workspaceId, ...more])
  const id = (kind: string) => `('01890000-0000-7000-${kind}-' || lpad(to_hex(n), 12, '0'))::uuid`
  const all = `from generate_series(1, ${ACTIONS}) n`
  const at = `timestamptz '${desk.clock.now().toISOString()}' - make_interval(mins => 10 + n)`
  await write(
    `insert into desk.combined_action (workspace_id, id, draft_id, ticket_id, shop_id, order_id, by_id, by_role, state, reason_code, currency,
       value_minor, moves_money, causes, content, created_at, shop_day)
     select $1, ${id('9000')}, ${id('9001')}, ${id('9002')}, $2, ${id('9003')}, $2, 'agent',
       case n % 100 when 0 then 'running' when 1 then 'undone' else 'done' end, 'spilled', 'GBP', 500, true, '{}', '', ${at}, current_date ${all}`,
    shopId,
  )
  await write(
    `insert into desk.action_step (workspace_id, id, action_id, position, kind, state, entry_id, reason_code)
     select $1, ${id('9004')}, ${id('9000')}, 0, case n % 100 when 1 then 'release' else 'refund' end,
       case when n % 100 < 2 then 'planned' else 'done' end, ${id('9005')}, 'spilled' ${all}`,
  )
  await write(
    `insert into desk.journal_entry (workspace_id, id, kind, state, actor_kind, request, created_at, updated_at)
     select $1, ${id('9005')}, case n % 100 when 1 then 'shopify.release' else 'shopify.refund' end,
       case when n % 100 < 2 then 'planned' else 'done' end, 'system', '', ${at}, ${at} ${all}`,
  )
  await owner.query('analyze')
  await owner.end()
})
afterAll(() => desk.stop())

test('what nobody works on is found among ten thousand actions without reading a table', async () => {
  const { found, whole } = await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    readsOf(tx, ['combined_action', 'action_step', 'journal_entry'], () => forgotten(tx)),
  )
  expect(found).toHaveLength(200)
  expect(whole).toBe(0)
})

test('a runner looks at one action by its key', async () => {
  const actionId = '01890000-0000-7000-9000-000000000064'
  const { state, steps } = await lookAt(desk.ctx, { workspaceId: desk.workspaceId, actionId })
  expect([state, steps.map(({ kind }) => kind)]).toEqual(['running', ['refund']])
})
