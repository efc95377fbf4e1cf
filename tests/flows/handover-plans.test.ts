import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { notHandedOverSql } from '../../backend/features/handover/index.ts'
import { openWorkOf } from '../../backend/features/handover/open/statement.ts'
import { getHandoverCard, listOpenWork, MOST_HANDED } from '../../shared/handover.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { textOf } from '../support/panel-hands.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets of four people, two in a hundred open, each with what was once open on it: a claim, a reminder, a promise. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const people = ['nora', 'sam', 'vera', 'ada'] as const
  const staff = `(array[${people.map((name) => `'${desk.staff[name].id}'`).join()}]::uuid[])[n % 4 + 1]`
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const series = `generate_series(1, ${TICKETS}) n`
  await owner.query(
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    [desk.workspaceId],
  )
  await owner.query(
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, queue_at, due_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, customer.id, case when n % 50 = 0 then 'open' else 'closed' end, '{}',
       ${staff}, ${now}, ${now} + make_interval(hours => n % 500), ${now}, ${now}
     from ${series} join customer on customer.c = n % 500 + 1`,
    [desk.workspaceId],
  )
  for (const statement of [
    `insert into desk.ticket_claim (workspace_id, id, ticket_id, staff_id, since, touched_at, until, ended_at)
     select $1, gen_random_uuid(), ${idOf('n')}, ${staff}, ${now}, ${now}, ${now} + interval '1 h', case when n % 1000 > 0 then ${now} end from ${series}`,
    `insert into desk.reminder (workspace_id, id, ticket_id, staff_id, remind_at, words, created_at, done_at)
     select $1, gen_random_uuid(), ${idOf('n')}, ${staff}, ${now} + make_interval(hours => n % 100), '', ${now}, case when n % 1000 > 0 then ${now} end from ${series}`,
    `insert into desk.spoken_promise (workspace_id, id, ticket_id, message_id, staff_id, due_at, words, state, found_at)
     select $1, gen_random_uuid(), ${idOf('n')}, gen_random_uuid(), ${staff}, ${now} + make_interval(hours => n % 100), '', case when n % 1000 > 0 then 'dropped' else 'proposed' end, ${now} from ${series}`,
    `insert into desk.send_intent (workspace_id, ticket_id, staff_id, kind, made_at)
     select $1, ${idOf('n')}, case when n % 1000 = 0 then ${staff} else gen_random_uuid() end, 'solve', ${now} from ${series}`,
    `insert into desk.work_session (workspace_id, id, staff_id, started_at, ended_at, ended_how)
     select $1, ${idOf('n')}, ${staff}, ${now} - make_interval(hours => n), ${now} - make_interval(hours => n - 1), 'self' from generate_series(1, 1000) n`,
    `insert into desk.left_ticket (workspace_id, session_id, ticket_id, staff_id, left_at, settled_at, settled_how)
     select $1, ${idOf('n % 1000 + 1')}, ${idOf('n')}, ${staff}, ${now}, case when n % 1000 > 0 then ${now} end, case when n % 1000 > 0 then 'over' end from ${series}`,
  ])
    await owner.query(statement, [desk.workspaceId])
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Tables that hold a row for each person at most, or nothing in this desk. */
const SMALL = ['staff', 'combined_action', 'shift']

test('what is open of somebody is read by what is theirs and open, not by all that ever was', async () => {
  const at = { workspaceId: desk.workspaceId, now: desk.clock.now() }
  expectIndexed(await planner.plan(openWorkOf(at, { staffIds: [desk.staff.nora.id], limit: 50 })), {
    indexes: [
      'ticket_claim_of_staff',
      'reminder_waiting',
      'spoken_promise_of_staff',
      'send_intent_workspace_id_staff_id_idx',
      'ticket_open_by_assignee',
    ],
    most: 200,
    small: SMALL,
  })
})

test('what people left is read by what is not settled', async () => {
  expectIndexed(await planner.plan(notHandedOverSql(desk.workspaceId, { limit: 51 })), {
    indexes: ['left_ticket_waiting'],
    most: 200,
    small: SMALL,
  })
})

test('of more than one hand-over takes the nearest are listed, and it says how many more there are', async () => {
  await workAt(desk).planned('nora', 450 * 60, 458 * 60)
  const { items, more } = await desk.as('nora').call(listOpenWork)
  const waits = items.map(({ by }) => by ?? '')
  expect([items.length, waits]).toEqual([MOST_HANDED, waits.toSorted()])
  expect(more).toBeGreaterThan(MOST_HANDED)
  const words = `and ${more} tickets more, which can wait longer. What you do not hand over is shown to your supervisor.`
  const card = await desk.as('nora').call(getHandoverCard)
  expect([card.subtitle, textOf(card)]).toEqual([`${MOST_HANDED + more} tickets open`, expect.stringContaining(words)])
  const nora = pageReader(desk, 'nora')
  await nora.open('/desk/handover')
  expect(nora.words()).toContain(words)
})
