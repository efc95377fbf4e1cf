import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { candidates } from '../../backend/features/combined-actions/approving/choosing.ts'
import { decisionOn } from '../../backend/features/combined-actions/approving/outline.ts'
import { waitingIds } from '../../backend/features/combined-actions/pages/approvals-page.ts'
import { inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { readsOf } from '../support/plans/counted-reads.ts'

const ACTIONS = 20_000
const shopId = '01890000-0000-7000-8000-0000000000ff'
const actionId = '01890000-0000-7000-9000-000000000001'

let desk: Desk

/** Twenty thousand actions that Vera was asked about; one in two hundred waits. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const id = (kind: string) => `('01890000-0000-7000-${kind}-' || lpad(to_hex(n), 12, '0'))::uuid`
  const at = `timestamptz '${desk.clock.now().toISOString()}' - make_interval(mins => n)`
  await owner.query(
    `insert into desk.combined_action (workspace_id, id, draft_id, ticket_id, shop_id, order_id, by_id, by_role, state, reason_code, currency,
       value_minor, moves_money, causes, content, created_at, shop_day)
     select $1, ${id('9000')}, ${id('9001')}, ${id('9002')}, $2, ${id('9003')}, $3, 'agent',
       case when n % 200 = 1 then 'waiting_approval' else 'done' end, 'spilled', 'GBP', 500, true, '{action_limit}', '', ${at}, current_date
     from generate_series(1, ${ACTIONS}) n`,
    [desk.workspaceId, shopId, desk.staff.nora.id],
  )
  await owner.query(
    `insert into desk.action_approval (workspace_id, id, action_id, approver_id, asked_at)
     select $1, ${id('9004')}, ${id('9000')}, $2, ${at} from generate_series(1, ${ACTIONS}) n`,
    [desk.workspaceId, desk.staff.vera.id],
  )
  await owner.query('analyze')
  await owner.end()
})
afterAll(() => desk.stop())

test.each<[string, number, (tx: Tx) => Promise<unknown>]>([
  ['who is asked next', 10, (tx) => candidates(tx, { id: actionId, byId: desk.staff.nora.id }, ['a@b.example'])],
  ['who decided', 5, (tx) => decisionOn(tx, actionId)],
  ['what waits for approval', 110, waitingIds],
])('%s is found without reading a table', async (_what, most, ask) => {
  const { whole, byIndex } = await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    readsOf(tx, ['combined_action', 'action_approval'], () => ask(tx)),
  )
  expect(whole).toBe(0)
  expect(byIndex).toBeLessThanOrEqual(most)
})

test('supervisors come before admins, and who was asked longest ago before the others', async () => {
  const { ctx, workspaceId, staff } = desk
  const ask = () =>
    inWorkspace(ctx, workspaceId, (tx) => candidates(tx, { id: shopId, byId: staff.nora.id }, ['a@b.example']))
  const zoe = await inviteStaff(
    ctx,
    workspaceId,
    { email: 'zoe@fern.example', name: 'Zoe', role: 'supervisor' },
    systemOf(workspaceId),
  )
  expect((await ask()).map(({ id }) => id)).toEqual([zoe.id, staff.vera.id, staff.ada.id])
  await inWorkspace(ctx, workspaceId, (tx) =>
    tx.actionApproval.create({
      data: { workspaceId, id: newId(), actionId, approverId: zoe.id, askedAt: new Date(tx.now.getTime() + 1_000) },
    }),
  )
  expect((await ask()).map(({ id }) => id)).toEqual([staff.vera.id, zoe.id, staff.ada.id])
})
