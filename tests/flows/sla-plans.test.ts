import { afterAll, beforeAll, test } from '@jest/globals'
import { countsSql } from '../../backend/features/sla/escalations/counting.ts'
import { ticketsSql } from '../../backend/features/sla/keeping/rows.ts'
import { BEGINNING, staleSql } from '../../backend/features/sla/keeping/stale.ts'
import { slaPart } from '../../backend/features/sla/showing/card-part.ts'
import { trialSql } from '../../backend/features/sla/trying/trials.ts'
import { dueSql } from '../../backend/features/sla/watching/ticking.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'

/** Twenty thousand tickets with clocks, two in a hundred of them running. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const id = `('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await owner.query(`insert into desk.customer select $1, $2, 'C', 'c@x.example', now()`, [desk.workspaceId, ticketId])
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${id}, n + 100000, 'T', $2, case when n % 50 = 0 then 'open' else 'closed' end, '{}', now(), now(), now() from generate_series(1, ${TICKETS}) n`,
    [desk.workspaceId, ticketId],
  )
  await owner.query(
    `insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, state, told, check_at)
     select $1, ${id}, '[]', case when n % 100 = 0 then 1 else 2 end, 'default', case when n % 50 = 0 then 'running' else 'ended' end, '{}',
       case when n % 50 = 0 then now() + make_interval(mins => n - 10000) else '9999-12-31' end from generate_series(1, ${TICKETS}) n`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.sla_setting (workspace_id, version, rules, updated_at) values ($1, 2, '{}', now())`,
    [desk.workspaceId],
  )
  await owner.query(
    `insert into desk.sla_escalation (workspace_id, id, ticket_id, by_id, to_id, reason, at)
     select $1, ${id}, ${id}, $2, $2, 'legal', now() - make_interval(days => n) from generate_series(20, 5000) n`,
    [desk.workspaceId, ticketId],
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Hardly a row is read, and none in vain. */
const isIndexed = async (sql: Prisma.Sql, indexes: string[], most: number) =>
  expectIndexed(await planner.plan(sql), { indexes, most, inVain: 0, small: ['workspace', 'sla_setting'] })

test('what is to be told next is read from its index, a batch at a time', async () => {
  await isIndexed(dueSql(desk.workspaceId, desk.clock.now(), 100), ['sla_clock_to_check', 'ticket_pkey'], 100)
})

test('what an edit has to judge anew is read from its index, whatever is over', async () => {
  await isIndexed(staleSql(desk.workspaceId, BEGINNING, 50), ['sla_clock_open', 'ticket_pkey'], 50)
})

test('tickets of new mails are read with their own clocks, however many came before', async () => {
  const ids = Array.from(
    { length: 80 },
    (_, n) => `01890000-0000-7000-8000-${(TICKETS - n).toString(16).padStart(12, '0')}`,
  )
  await isIndexed(ticketsSql(desk.workspaceId, ids), ['sla_clock_pkey', 'ticket_pkey'], 80)
})

test('escalations of a month are counted by their time', async () => {
  const since = new Date(desk.clock.now().getTime() - 30 * 86_400_000)
  await isIndexed(countsSql(desk.workspaceId, since), ['sla_escalation_workspace_id_at_idx'], 20)
})

test('the card reads its clock and its newest escalation by key', async () => {
  const part = slaPart.sql({ me: null, now: desk.clock.now() })
  const sql = Prisma.sql`select (${part}) from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  await isIndexed(sql, ['sla_clock_pkey'], 1)
})

test('rules are tried on the past page by page, along the clocks', () =>
  isIndexed(trialSql(desk.workspaceId, ticketId, 400), ['sla_clock_pkey', 'ticket_pkey'], 400))
