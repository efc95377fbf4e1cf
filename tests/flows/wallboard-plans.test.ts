import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { teamSql } from '../../backend/features/desk/supervisor/statement.ts'
import { wallSql } from '../../backend/features/wallboard/wall/statement.ts'
import { forgottenSql } from '../../backend/features/workforce/clocking/forgotten.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type PlanNode, rowsOf, rowsRead } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 30_000
const PEOPLE = 200
const DAYS = 100
const AT_WORK = 50
const SHOP = '01890000-0000-7000-8000-0000000000ff'
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Two years of tickets, of which two in a hundred are open; two hundred people with a hundred days each, fifty of them at work. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const at = `${now} - make_interval(mins => n * 20)`
  const [workspace] = [desk.workspaceId]
  await owner.query('set session_replication_role = replica')
  await owner.query(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at)
     select $1, ${idOf('p')}, p || '@fern.example', p || '@fern.example', 'Person ' || p, 'agent', 'active', ${now} from generate_series(1, ${PEOPLE}) p`,
    [workspace],
  )
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, queue_at, due_at, solved_at, last_message_at, created_at)
     select $1, uuidv7(${at} - clock_timestamp()), n, 'Jar', gen_random_uuid(), case when n % 50 = 0 then 'open' when n % 2 = 0 then 'solved' else 'closed' end, '{}',
       case when n % 3 > 0 then ${idOf(`n % ${AT_WORK} + 1`)} end, ${at}, ${at} + interval '4 hours', ${at}, ${at}, ${at}
     from generate_series(1, ${TICKETS}) n`,
    [workspace],
  )
  await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, payload)
     select $1, ${at}, gen_random_uuid(), ${at}, case when n % 9 = 0 then 'sla.met' when n % 100 = 0 then 'sla.breached' else 'ticket.noted' end, 'system', '{"target":"first"}'
     from generate_series(1, ${TICKETS}) n`,
    [workspace],
  )
  await owner.query(
    `insert into desk.work_session (workspace_id, id, staff_id, started_at, ended_at, ended_how)
     select $1, ${idOf('p * 1000 + d')}, ${idOf('p')}, ${now} - make_interval(days => d, hours => 5), case when d > 0 or p > ${AT_WORK} then ${now} - make_interval(days => d, hours => 1) end,
       case when d > 0 or p > ${AT_WORK} then case when d % 50 = 1 then 'forgotten' else 'self' end end from generate_series(1, ${PEOPLE}) p cross join generate_series(0, ${DAYS}) d`,
    [workspace],
  )
  await owner.query(
    `insert into desk.work_break (workspace_id, id, session_id, staff_id, kind, label, allowed_minutes, started_at, ended_at)
     select workspace_id, gen_random_uuid(), id, staff_id, 'lunch', 'Lunch', 30, started_at + interval '2 hours', started_at + interval '150 minutes' from desk.work_session where workspace_id = $1`,
    [workspace],
  )
  await owner.query(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     select $1, ${idOf('p * 1000 + d')}, ${idOf('p')}, (${now} - make_interval(days => d))::date, ${now} - make_interval(days => d, hours => 5), ${now} + make_interval(days => -d, hours => 3), 'template'
     from generate_series(1, ${PEOPLE}) p cross join generate_series(-50, ${DAYS}) d`,
    [workspace],
  )
  const nights = `from generate_series(1, 1000) n`
  await owner.query(
    `insert into desk.intake_certificate (workspace_id, id, mailbox_id, at, from_at, to_at, listed, late, unended)
     select $1, gen_random_uuid(), $2, ${now} - make_interval(days => n), ${now}, ${now}, 5, 0, 0 ${nights}`,
    [workspace, desk.mailbox.mailboxId],
  )
  await owner.query(
    `insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
     values ($1, $2, 'fern.myshopify.com', 'Fern', 'EUR', 'UTC', 'client_credentials', 'connected', ${now})`,
    [workspace, SHOP],
  )
  await owner.query(
    `insert into desk.reconciliation (workspace_id, id, shop_id, from_at, to_at, started_at, ended_at)
     select $1, gen_random_uuid(), $2, ${now}, ${now} - make_interval(days => n), ${now}, ${now} ${nights}`,
    [workspace, SHOP],
  )
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Tables that hold a few rows here; people are read with their work. */
const SMALL = ['workspace', 'staff', 'queue_setting', 'combined_action', 'shift_swap', 'mailbox', 'shop']

test('the wallboard reads open work, today and who is there, each by its index, whatever there was before', async () => {
  const nodes = await planner.planPrepared(wallSql(desk.workspaceId, desk.clock.now()), 'force_custom_plan')
  expectIndexed(nodes, {
    indexes: [/^ticket_open/, 'ticket_solved_lately', 'ticket_solved_and_closed'],
    most: PEOPLE * 6,
    small: SMALL,
  })
  expectOpenAlone(nodes)
})

test('one plan that is made for all workspaces reads no more', async () => {
  const nodes = await planner.planPrepared(wallSql(desk.workspaceId, desk.clock.now()), 'force_generic_plan')
  expectOpenAlone(nodes)
  for (const node of nodes) if (node['Relation Name'] === 'event') expect(rowsOf(node)).toBeLessThan(1_000)
})

/** Of tickets those that are open are read, and no step reads more. */
function expectOpenAlone(nodes: readonly PlanNode[]): void {
  const tickets = nodes.filter((node) => node['Relation Name'] === 'ticket')
  expect(tickets.length).toBeGreaterThan(0)
  for (const node of tickets) expect(rowsOf(node)).toBeLessThanOrEqual(TICKETS / 50)
}

test.each(['force_custom_plan', 'force_generic_plan'] as const)(
  'what a supervisor is told in short is open work, open rows and the last night (%s)',
  async (mode) => {
    const nodes = await planner.planPrepared(teamSql(desk.workspaceId, desk.clock.now()), mode)
    expectIndexed(nodes, {
      indexes: [
        /^ticket_open/,
        'work_session_open',
        'work_session_forgotten',
        /^intake_certificate_/,
        /^reconciliation_workspace_id_/,
      ],
      most: TICKETS / 50,
      small: SMALL,
    })
    expectOpenAlone(nodes)
    for (const name of ['intake_certificate', 'reconciliation']) expect(rowsRead(nodes, name)).toBe(1)
    expect(rowsRead(nodes, 'shift')).toBeLessThanOrEqual(PEOPLE * 2)
  },
)

test('the list of forgotten log-outs reads those that nobody has looked at, as many as it shows', async () => {
  const nodes = await planner.plan(forgottenSql(desk.workspaceId, 50))
  expectIndexed(nodes, { indexes: ['work_session_forgotten'], most: 50, small: SMALL })
})
