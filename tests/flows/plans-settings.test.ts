import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { changesSql } from '../../backend/features/settings/changes.ts'
import { forgottenAddresses, nextDue, sentTo, takeDue } from '../../backend/features/webhooks/queries.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const ROWS = 20_000
const webhookId = '01890000-0000-7000-8000-0000000000aa'
const otherId = '01890000-0000-7000-8000-0000000000bb'

/** Two addresses with twenty thousand messages, few of which wait, and as many changes of settings. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  for (const id of [webhookId, otherId])
    await owner.query(
      `insert into desk.webhook (workspace_id, id, name, url, events, state, secret, created_at) values ($1, $2, 'x', 'x', '{ticket.created}', 'on', '', now())`,
      [desk.workspaceId, id],
    )
  await owner.query(
    `insert into desk.webhook_delivery (workspace_id, id, webhook_id, type, data, state, next_at, occurred_at, created_at)
     select $1, gen_random_uuid(), case when n % 2 = 0 then $2::uuid else $3::uuid end, 'ticket.created', '{}',
       case when n % 50 = 0 then 'waiting' else 'done' end, now() - make_interval(mins => n), now(), now() - make_interval(mins => n)
     from generate_series(1, ${ROWS}) n`,
    [desk.workspaceId, webhookId, otherId],
  )
  await owner.query(
    `insert into desk.setting_change
     select $1, ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'workspace', 'system', null, '', now() from generate_series(1, ${ROWS}) n`,
    [desk.workspaceId],
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Walks an index, and reads hardly more than it shows. */
async function expectWalked(sql: Prisma.Sql, index: string, most = 120): Promise<void> {
  const nodes = await planner.plan(sql)
  expectIndexed(nodes, { indexes: [index], most, small: ['webhook'] })
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Incremental Sort')
}

test('the log of an address walks its index, on its first and on a later page', async () => {
  const later = [new Date(desk.clock.now().getTime() - 86_400_000).toISOString(), otherId] as [string, string]
  await expectWalked(
    sentTo(desk.workspaceId, webhookId, null, 51),
    'webhook_delivery_workspace_id_webhook_id_created_at_id_idx',
  )
  await expectWalked(
    sentTo(desk.workspaceId, webhookId, later, 51),
    'webhook_delivery_workspace_id_webhook_id_created_at_id_idx',
  )
})

test('what is due is taken by the index of what waits', async () => {
  const now = desk.clock.now()
  await expectWalked(takeDue(desk.workspaceId, webhookId, { now, until: now, limit: 10 }), 'webhook_delivery_due')
  await expectWalked(nextDue(desk.workspaceId, webhookId), 'webhook_delivery_due')
  await expectWalked(forgottenAddresses(desk.workspaceId, now), 'webhook_delivery_due', 500)
})

test('changes of settings are read by their key', async () => {
  await expectWalked(changesSql(desk.workspaceId, null, 26), 'setting_change_pkey')
  await expectWalked(changesSql(desk.workspaceId, '01890000-0000-7000-8000-000000002710', 26), 'setting_change_pkey')
})
