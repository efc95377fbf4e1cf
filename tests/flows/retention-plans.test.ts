import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { oldBytesSql } from '../../backend/features/intake/ageing.ts'
import { deleteSql } from '../../backend/features/retention/beside-tickets.ts'
import { holdsSql } from '../../backend/features/retention/holding.ts'
import {
  agedSql,
  countAgedSql,
  LOOSE_START,
  looseSql,
  START,
  ticketsOfSql,
} from '../../backend/features/retention/picking.ts'
import { roundsSql } from '../../backend/features/retention/rounds.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner
const TICKETS = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const YEAR_MS = 365 * 86_400_000
const SMALL = ['legal_hold', 'combined_action', 'customer', 'staff']

/** Twenty thousand tickets over two years, nine of ten closed, most of the old ones forgotten already; as many loose mails. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const series = `generate_series(1, ${TICKETS}) n`
  const at = `${now} - make_interval(hours => n)`
  await owner.query(
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    [desk.workspaceId],
  )
  for (const statement of [
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, due_at, last_message_at, created_at, forgotten_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n % 500 + 1')}, case when n % 10 = 0 then 'open' else 'closed' end, '{}',
       ${now}, ${now}, ${at}, ${at}, case when n > 10000 then ${now} end from ${series}`,
    `insert into desk.journal_entry (workspace_id, id, kind, state, ticket_id, actor_kind, request, created_at, updated_at)
     select $1, gen_random_uuid(), 'gmail.reply', 'done', ${idOf('n')}, 'system', '', ${at}, ${at} from ${series}`,
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, raw_id, raw_at, state, outcome, received_at)
     select $1, '${desk.mailbox.mailboxId}', 'g' || n, '{}', case when n % 20 = 0 then gen_random_uuid() end, case when n % 20 = 0 then ${at} end,
       'ended', 'ignored', ${at} from ${series}`,
    `insert into desk.task (workspace_id, id, ticket_id, words, due_on, created_at)
     select $1, gen_random_uuid(), ${idOf('n')}, '', ${now}::date, ${at} from ${series}`,
    `insert into desk.forgetting_run (workspace_id, id, kind, mode, state, by_kind, stage, started_at, ended_at)
     select $1, gen_random_uuid(), 'retention', 'delete', 'done', 'system', 'end', ${at}, ${at} from generate_series(1, 3000) n`,
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

const before = () => new Date(desk.clock.now().getTime() - YEAR_MS)

test('the next old tickets are picked by their index, whatever was forgotten before', async () => {
  expectIndexed(await planner.plan(agedSql(desk.workspaceId, before(), START, 20)), {
    indexes: ['ticket_to_forget'],
    most: 80,
    small: SMALL,
  })
})

test('a preview reads what is old enough and no more', async () => {
  const old = new Date(desk.clock.now().getTime() - 9_700 * 3_600_000)
  await planner.app.query('set enable_seqscan = off') // as the preview does
  const nodes = await planner.plan(countAgedSql(desk.workspaceId, old, 100_000))
  await planner.app.query('reset enable_seqscan')
  expectIndexed(nodes, { indexes: ['ticket_to_forget'], most: 400, small: SMALL })
})

test('loose mails are picked by theirs', async () => {
  expectIndexed(await planner.plan(looseSql(desk.workspaceId, before(), LOOSE_START, 20)), {
    indexes: ['mailbox_mail_loose'],
    most: 40,
  })
})

test('old bytes of mail that became no ticket are picked by theirs, too', async () => {
  expectIndexed(await planner.plan(oldBytesSql(desk.workspaceId, before(), 200)), {
    indexes: ['mailbox_mail_loose'],
    most: 600,
  })
})

test('the tickets of one customer are read by the customer', async () => {
  const [customerId] = ['01890000-0000-7000-8000-000000000005']
  const nodes = await planner.plan(ticketsOfSql(desk.workspaceId, customerId ?? '', START.id, 20))
  expectIndexed(nodes, { indexes: [/^ticket_/], most: 100 })
})

test('what hangs on a ticket is deleted by it, and no table is read whole', async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `01890000-0000-7000-8000-${(n + 1).toString(16).padStart(12, '0')}`)
  expectIndexed(await planner.plan(deleteSql(desk.workspaceId, 'task', 'ticket_id', ids)), {
    indexes: ['task_of_ticket'],
    most: 80,
  })
})

test('reports and holds are pages by their time', async () => {
  const page = [desk.clock.now().toISOString(), START.id]
  expectIndexed(await planner.plan(roundsSql(desk.workspaceId, page, 51)), {
    indexes: ['forgetting_run_workspace_id_started_at_id_idx'],
    most: 60,
  })
  const holds = await planner.plan(holdsSql(desk.workspaceId, page, 51))
  expect(holds.length).toBeGreaterThan(0)
})
