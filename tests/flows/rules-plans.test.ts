import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runsSql } from '../../backend/features/rules/acting/guard.ts'
import { inOrderSql } from '../../backend/features/rules/definitions/rows.ts'
import { factsSql } from '../../backend/features/rules/judging/facts.ts'
import { runsBefore } from '../../backend/features/rules/listing.ts'
import { dueSoonSql, sweepSql } from '../../backend/features/rules/timing/sources.ts'
import { historySql, pastSql } from '../../backend/features/rules/trials/record.ts'
import { mailsSql } from '../../backend/features/rules/trials/tickets.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { indexesIn } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const ticketId = '01890000-0000-7000-8000-000000000100'
const ruleId = '01890000-0000-7000-8000-00000000abcd'
const NONE = '00000000-0000-0000-0000-000000000000'

/** Twenty thousand tickets, two in a hundred of them open, each with a mail and a few events, within the last twenty days. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const { workspaceId } = desk
  const now = desk.clock.now()
  const id = `('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  const at = `$2::timestamptz - make_interval(secs => n * 86)`
  await owner.query(`insert into desk.customer select $1, $2, 'C', 'c@x.example', now()`, [workspaceId, ticketId])
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, due_at, last_message_at, created_at)
     select $1, ${id}, n + 100000, 'T', $3, case when n % 50 = 0 then 'open' else 'closed' end, '{}', ${at},
       case when n % 50 = 0 then $2::timestamptz + make_interval(mins => n) else '9999-12-31' end, ${at}, ${at} from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now, ticketId],
  )
  await owner.query(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
     select $1, gen_random_uuid(), ${id}, 'in', 'customer', ${at}, '', '', '', ${at} from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now],
  )
  await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
     select $1, ${at} + make_interval(secs => k), gen_random_uuid(), ${at} + make_interval(secs => k), (array['mail.received', 'ticket.moved', 'ticket.tagged'])[k],
       'system', ${id}, '{"from": "new", "to": "open"}' from generate_series(1, ${TICKETS}) n, generate_series(1, 3) k`,
    [workspaceId, now],
  )
  await owner.query(
    `insert into desk.rule (workspace_id, id, position, name, state, trigger, definition, created_at, updated_at)
     select $1, gen_random_uuid(), n, 'R', case when n <= 40 then 'on' else 'removed' end, 'noted', '{}', now(), now() from generate_series(1, 2000) n`,
    [workspaceId],
  )
  await owner.query(
    `insert into desk.rule_run (workspace_id, id, rule_id, cause_id, root_id, ticket_id, at, outcome, words)
     select $1, gen_random_uuid(), (select id from desk.rule where position = 1 + n % 40), gen_random_uuid(), gen_random_uuid(), ${id}, ${at}, 'applied', '{}'
     from generate_series(1, ${TICKETS}) n`,
    [workspaceId, now],
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** A workspace has few rules. */
const isIndexed = async (sql: Prisma.Sql, most: number) =>
  expectIndexed(await planner.plan(sql), { indexes: [], most, small: ['rule'] })

const now = () => desk.clock.now()
const before = (hours: number) => new Date(now().getTime() - hours * 3_600_000)

test('rules in their order, without those that were removed', async () => {
  expect(indexesIn(await planner.plan(inOrderSql(desk.workspaceId)))).toContain('rule_in_order')
})

test('what rules know of a ticket, and how often they changed it today', async () => {
  await isIndexed(factsSql(desk.workspaceId, ticketId), 1)
  await isIndexed(runsSql(desk.workspaceId, { ruleId, rootId: ruleId, ticketId, since: before(24 * 30) }), 1)
})

test('the log, of all rules and of one', async () => {
  await isIndexed(runsBefore(desk.workspaceId, null, null, 51), 51 * 2)
  const { rows } = await planner.app.query(
    `select id::text, (select max(at) from desk.rule_run) as at from desk.rule where state = 'on' limit 1`,
  )
  await isIndexed(runsBefore(desk.workspaceId, rows[0].id, [rows[0].at.toISOString(), ticketId], 51), 51 * 2)
})

test('what stands or waits for long enough is read on from where the last look ended', async () => {
  const sweep = {
    workspaceId: desk.workspaceId,
    ruleId,
    from: { at: before(50), id: NONE },
    until: before(48),
    now: now(),
  }
  const hours = { hours: 48, unit: 'hours' } as const
  await isIndexed(sweepSql({ on: 'in_status', status: 'open', ...hours }, sweep), 600)
  await isIndexed(sweepSql({ on: 'waiting', ...hours }, sweep), 600)
})

test('what is due soon is read from its index, as far as it is due', async () => {
  const until = new Date(now().getTime() + 3_600_000 * 10)
  await isIndexed(dueSoonSql({ workspaceId: desk.workspaceId, ruleId, until, now: now() }), 100)
})

test('a dry run reads the record backwards in pages, and each ticket by its own index', async () => {
  const types = ['ticket.moved', 'ticket.tagged']
  const reading = { since: before(24 * 30), types, limit: 500 }
  await isIndexed(pastSql(desk.workspaceId, { ...reading, place: null }), 800)
  await isIndexed(pastSql(desk.workspaceId, { ...reading, place: [before(200), ruleId] }), 800)
  await isIndexed(historySql(desk.workspaceId, [ticketId]), 10)
  await isIndexed(mailsSql(desk.workspaceId, [{ ticketId, at: now() }]), 10)
})
