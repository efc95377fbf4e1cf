import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { wantedOf } from '../../backend/features/assignment/giving.ts'
import { standingSql } from '../../backend/features/assignment/standing.ts'
import { nextOf } from '../../backend/features/assignment/taking-next.ts'
import { claimantsSql, claimSql } from '../../backend/features/claims/holding.ts'
import { cardOf } from '../../backend/features/tickets/viewing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const ticketId = '01890000-0000-7000-8000-000000000032'

/** Twenty thousand tickets, two in a hundred open: of these half have somebody, and each had a claim once. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  await owner.query(
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    [workspace],
  )
  await owner.query(
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, queue_at, due_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, customer.id, (case when n % 50 = 0 then 'open' else 'closed' end), '{}',
       case when n % 100 = 0 then $2::uuid end, ${now} - make_interval(mins => n), ${now} + make_interval(mins => n), ${now} - make_interval(mins => n), ${now}
     from generate_series(1, ${TICKETS}) n join customer on customer.c = n % 500 + 1`,
    [workspace, nora],
  )
  await owner.query(
    `insert into desk.ticket_claim (workspace_id, id, ticket_id, staff_id, since, touched_at, until, ended_at)
     select $1, gen_random_uuid(), ${idOf('n')}, $2, ${now}, ${now}, ${now} + interval '1 h', case when n % 50 > 0 then ${now} end from generate_series(1, ${TICKETS}) n`,
    [workspace, nora],
  )
  await owner.query(
    `update desk.ticket set merged_into_id = ${idOf('number - 100001')}, void_reason = 'merged' where workspace_id = $1 and number % 10 = 1 and number > 100001`,
    [workspace],
  )
  await owner.query(
    `insert into desk.ticket_giving (workspace_id, ticket_id, state, at, staff_id, how)
     select $1, ${idOf('n')}, case when n % 100 = 50 then 'waiting' else 'given' end, ${now}, $2, 'round_robin' from generate_series(1, ${TICKETS}) n`,
    [workspace, nora],
  )
  await owner.query(`insert into desk.agent_profile (workspace_id, staff_id, available) values ($1, $2, true)`, [
    workspace,
    nora,
  ])
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Tables that hold a row for each person or workspace at most. */
const SMALL = ['workspace', 'staff', 'agent_profile', 'assignment_setting', 'customer', 'mailbox']

const isIndexed = async (sql: Prisma.Sql, indexes: string[], most: number) =>
  expectIndexed(await planner.plan(sql), { indexes, most, small: SMALL })

const onTicket = (expression: Prisma.Sql) =>
  Prisma.sql`select ${expression} from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`

test('the next ticket is the first of its index: nothing is sorted and hardly anything read', async () => {
  await isIndexed(nextOf(desk.workspaceId, desk.staff.sam.id, desk.clock.now()), ['ticket_open_by_assignee'], 250)
  const nodes = await planner.plan(nextOf(desk.workspaceId, desk.staff.nora.id, desk.clock.now()))
  expect(nodes.flatMap((node) => node['Sort Key'] ?? []).filter((key) => key.startsWith('t.'))).toEqual([])
})

test('who is on a ticket is read by its index, in a list and on the card', async () => {
  await isIndexed(onTicket(Prisma.sql`(${claimSql(desk.clock.now())})`), ['ticket_claim_open'], 10)
  const at = { me: desk.staff.nora.id, now: desk.clock.now(), parts: desk.ctx.cardParts }
  await isIndexed(cardOf(desk.workspaceId, ticketId, at), ['ticket_claim_open', 'ticket_giving_pkey'], 500)
})

test('who was on tickets, or on those that were merged into them, is found by their claims, however many answers are filed at once', async () => {
  const later = new Date(desk.clock.now().getTime() + 30 * 60_000)
  const ids = Array.from(
    { length: 50 },
    (_, n) => `01890000-0000-7000-8000-${(n * 100 + 50).toString(16).padStart(12, '0')}`,
  )
  for (const asked of [ids.slice(0, 1), ids])
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
      const sql = claimantsSql(
        desk.workspaceId,
        asked.map((id) => ({ ticketId: id, at: later })),
      )
      expectIndexed(await planner.planPrepared(sql, mode), {
        indexes: ['ticket_merged_into', 'ticket_claim_workspace_id_ticket_id_since_idx'],
        most: asked.length * 3,
      })
    }
})

test('what waits to be given is found among what waits, not among all', async () => {
  const now = desk.clock.now()
  await isIndexed(
    wantedOf({ workspaceId: desk.workspaceId, now }, [desk.staff.nora.id], 50),
    ['ticket_giving_waiting'],
    1_000,
  )
})

test('how somebody stands counts their open work alone', async () => {
  await isIndexed(
    Prisma.sql`select ${standingSql(Prisma.sql`${desk.workspaceId}::uuid`, desk.staff.nora.id, desk.clock.now())} as standing`,
    ['ticket_open_by_assignee'],
    500,
  )
})
