import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { quietSql } from '../../backend/features/drafts/closing/ticking.ts'
import { sendingSql } from '../../backend/features/drafts/sending/picking.ts'
import { sayingPart } from '../../backend/features/saying/card-part.ts'
import { afterSendingSql } from '../../backend/features/tickets/after-sending.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const ticketId = '01890000-0000-7000-8000-000000000032'

/** Twenty thousand tickets that are quiet, one in forty since long; each had a promise, a difference and a choice. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const rows = 'from generate_series(1, 20000) n'
  await owner.query(`insert into desk.customer select $1, ${idOf('1')}, 'C', 'c@x.example', now()`, [workspace])
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('1')}, 'solved', '{}', now(), now(), now() ${rows}`,
    [workspace],
  )
  await owner.query(
    `insert into desk.idle_ticket select $1, ${idOf('n')}, case when n % 2 = 0 then 'solved' else 'pending' end, now() - make_interval(hours => n % 1000),
       case when n % 20 = 1 then now() - make_interval(hours => n % 500) end ${rows}`,
    [workspace],
  )
  await owner.query(`insert into desk.send_intent select $1, ${idOf('n')}, $2, 'solve', null, now() ${rows}`, [
    workspace,
    nora,
  ])
  await owner.query(
    `insert into desk.spoken_promise select $1, ${idOf('n')}, ${idOf('n')}, ${idOf('n')}, $2, now() + interval '1 h', 'x',
       case when n % 10 = 0 then 'proposed' else 'dropped' end, now() ${rows}`,
    [workspace, nora],
  )
  await owner.query(
    `insert into desk.said_otherwise select $1, ${idOf('n')}, ${idOf('n')}, ${idOf('n')}, $2, 1, 'x', now(), case when n % 10 > 0 then now() end ${rows}`,
    [workspace, nora],
  )
  await owner.query(
    `insert into desk.journal_entry (workspace_id, id, kind, state, ticket_id, actor_kind, request, created_at, updated_at)
     select $1, ${idOf('n')}, 'gmail.reminder', 'done', ${idOf('n')}, 'system', '', now(), now() ${rows}`,
    [workspace],
  )
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

test.each([
  ['solved', 'idle_ticket_quiet'],
  ['pending', 'idle_ticket_quiet'],
  ['reminded', 'idle_ticket_reminded'],
] as const)('tickets that are quiet (%s) are walked in the order of %s', async (kind, index) => {
  const tenDaysAgo = new Date(desk.clock.now().getTime() - 10 * 86_400_000)
  const nodes = await planner.plan(quietSql(desk.workspaceId, kind, tenDaysAgo, 200))
  expect(nodes[0]?.['Actual Rows']).toBe(200)
  expectIndexed(nodes, { indexes: [index], most: 200, small: ['workspace'] })
  expect(nodes.flatMap((node) => node['Sort Key'] ?? [])).toEqual([])
})

test('what a card says of sending and of promises is found by index', async () => {
  const now = desk.clock.now()
  const me = desk.staff.nora.id
  const parts = [sendingSql(me, now), sayingPart.sql({ me, now })]
  const about = Prisma.sql`(select ${desk.workspaceId}::uuid as workspace_id, ${ticketId}::uuid as id, null::text as category) t`
  const nodes = await planner.plan(Prisma.sql`select ${parts[0]} as a, ${parts[1]} as b from ${about}`)
  const indexes = ['send_intent_pkey', 'spoken_promise_open', 'said_otherwise_unseen']
  expectIndexed(nodes, { indexes, most: 1, small: ['staff', 'sending_default', 'workspace'] })
})

test('what is to happen after answers is found by their tickets, however many are filed at once', async () => {
  const about = Array.from({ length: 50 }, (_, n) => ({
    ticket: {
      id: `01890000-0000-7000-8000-${(n * 100 + 50).toString(16).padStart(12, '0')}`,
      category: null,
      customerId: ticketId,
    },
    staffId: n % 2 === 0 ? desk.staff.nora.id : null,
  }))
  for (const answers of [about.slice(0, 1), about])
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
      expectIndexed(
        await planner.planPrepared(
          afterSendingSql({ workspaceId: desk.workspaceId, now: desk.clock.now() }, answers),
          mode,
        ),
        {
          indexes: ['send_intent_pkey'],
          most: answers.length,
          small: ['sending_default', 'custom_field', 'field_value'],
        },
      )
})
