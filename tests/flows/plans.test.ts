import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { pageOf } from '../../backend/features/queues/views/pages.ts'
import { conversationOf } from '../../backend/features/tickets/conversation.ts'
import { timelineOf } from '../../backend/features/tickets/timeline.ts'
import { cardOf } from '../../backend/features/tickets/viewing.ts'
import type { Prisma } from '../../backend/generated/prisma/client.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'
const someone = '01890000-0000-7000-8000-0000000000ff'

/** A desk of twenty thousand tickets, two in a hundred open, as the owner writes them; asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const now = nowOf(desk)
  await owner.query(
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    [workspace],
  )
  await owner.query(
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, assignee_id, void_reason, queue_at, last_message_at, created_at)
     select $1, ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n + 100000, 'Ticket ' || n, customer.id,
       (case when n % 50 = 0 then 'open' when n % 2 = 0 then 'solved' else 'closed' end), '{}', case when n % 500 = 0 then $2::uuid when n % 100 = 0 then $3::uuid end,
       case when n % 97 = 0 then 'spam' end, ${now} - make_interval(mins => n), ${now} - make_interval(mins => n), ${now}
     from generate_series(1, ${TICKETS}) n join customer on customer.c = n % 500 + 1`,
    [workspace, nora, desk.staff.vera.id],
  )
  await owner.query(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
     select $1, gen_random_uuid(), ('01890000-0000-7000-8000-' || lpad(to_hex(n % ${TICKETS} + 1), 12, '0'))::uuid, 'in', 'customer', ${now} - make_interval(mins => n), '', '', '', ${now}
     from generate_series(1, ${TICKETS * 2}) n`,
    [workspace],
  )
  await owner.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
     select $1, ${now}, gen_random_uuid(), ${now} - make_interval(mins => n), 'mail.received', 'customer', ('01890000-0000-7000-8000-' || lpad(to_hex(n % ${TICKETS} + 1), 12, '0'))::uuid, '{}'
     from generate_series(1, ${TICKETS * 2}) n`,
    [workspace],
  )
  await writeOrders(owner, workspace)
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Rows are as old by the clock of the desk as the questions take them to be. */
const nowOf = ({ clock }: Desk) => `'${clock.now().toISOString()}'::timestamptz`

/** Twenty thousand orders of five thousand buyers, and what these got back. */
async function writeOrders(owner: pg.Client, workspace: string): Promise<void> {
  const now = nowOf(desk)
  const order = `('01890000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await owner.query(
    `insert into desk.shop (workspace_id, id, domain, name, currency, time_zone, access, state, created_at)
     values ($1, $2, 'fern.myshopify.com', 'Fern', 'EUR', 'UTC', 'client_credentials', 'connected', ${now})`,
    [workspace, someone],
  )
  await owner.query(
    `insert into desk.shop_order (workspace_id, id, shop_id, shopify_id, name, placed_at, updated_at, checked_at, financial, fulfilment, payment_kind, summary, document)
     select $1, ${order}, $2, n, 'FF-' || n, ${now} - make_interval(mins => n), ${now}, ${now}, 'PAID', 'FULFILLED', 'prepaid', '', '' from generate_series(1, ${TICKETS}) n`,
    [workspace, someone],
  )
  await owner.query(
    `insert into desk.order_key (workspace_id, kind, key, order_id, placed_at)
     select $1, kind, case kind when 'email' then 'c' || n % 5000 || '@x.example' when 'number' then 'FF' || n else $2 || ':' || n % 5000 end, ${order}, ${now} - make_interval(mins => n)
     from generate_series(1, ${TICKETS}) n cross join unnest(array['email', 'number', 'customer']) kind`,
    [workspace, someone],
  )
  await owner.query(
    `insert into desk.compensation (workspace_id, shop_id, source, kind, order_id, customer_shopify_id, email_key, minor, currency, at)
     select $1, $2, 'refund/' || n, 'refund', ${order}, n % 5000, 'c' || n % 5000 || '@x.example', 100, 'EUR', ${now} - make_interval(mins => n) from generate_series(1, ${TICKETS}) n`,
    [workspace, someone],
  )
  await owner.query(
    `insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
     select workspace_id, email, id, email, ${now} from desk.customer where workspace_id = $1`,
    [workspace],
  )
  await owner.query(
    `update desk.message m set proven_key = c.email, author_id = c.id from desk.ticket t, desk.customer c
     where t.workspace_id = m.workspace_id and t.id = m.ticket_id and c.workspace_id = t.workspace_id and c.id = t.customer_id and m.workspace_id = $1`,
    [workspace],
  )
}

/** Tables that hold a few rows here. */
const SMALL = [
  'workspace',
  'staff',
  'api_key',
  'customer',
  'attachment',
  'shop',
  'shop_feed',
  'mailbox',
  'ticket_order',
  'journal_entry',
]

const isIndexed = async (sql: Prisma.Sql, indexes: (string | RegExp)[]) =>
  expectIndexed(await planner.plan(sql), { indexes, most: 2_000, small: SMALL })

test('a conversation and a timeline read their indexes', async () => {
  const after = [desk.clock.now().toISOString(), someone]
  await isIndexed(conversationOf(desk.workspaceId, ticketId, null, 51), [
    'message_workspace_id_ticket_id_sent_at_id_idx',
  ])
  await isIndexed(conversationOf(desk.workspaceId, ticketId, after, 51), [
    'message_workspace_id_ticket_id_sent_at_id_idx',
  ])
  await isIndexed(timelineOf(desk.workspaceId, ticketId, null, 51), [/ticket_id_occurred_at_id/])
  await isIndexed(timelineOf(desk.workspaceId, ticketId, after, 51), [/ticket_id_occurred_at_id/])
})

test('a card finds its orders, and what their buyer got back, by their keys', async () => {
  await isIndexed(
    cardOf(desk.workspaceId, ticketId, { me: desk.staff.nora.id, now: desk.clock.now(), parts: desk.ctx.cardParts }),
    [
      'order_key_workspace_id_kind_key_placed_at_order_id_idx',
      'shop_order_pkey',
      'compensation_workspace_id_order_id_idx',
      'compensation_workspace_id_email_key_at_idx',
      'compensation_workspace_id_shop_id_customer_shopify_id_at_idx',
    ],
  )
})

test('a list that is asked for again and again is planned for its own workspace each time', async () => {
  const scene = { workspaceId: desk.workspaceId, me: desk.staff.nora.id, now: desk.clock.now() }
  const page = pageOf({ view: 'unassigned', of: null }, scene, null, 51)
  const plans = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      for (let time = 0; time < 12; time++) await tx.$queryRaw(page)
      return tx.$queryRaw<{ custom: number; generic: number }[]>`
        select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements where statement = ${page.text}`
    },
    { reads: true },
  )
  expect(plans).toEqual([{ custom: 10, generic: 0 }])
})
