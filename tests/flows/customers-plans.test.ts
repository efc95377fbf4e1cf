import { afterAll, beforeAll, test } from '@jest/globals'
import { documentsSql } from '../../backend/features/customer-records/documents.ts'
import { boughtSql } from '../../backend/features/customer-records/orders.ts'
import { ticketsSql } from '../../backend/features/customer-records/tickets.ts'
import { customerSql } from '../../backend/features/customer-records/viewing.ts'
import { historySql } from '../../backend/features/fields/history.ts'
import { fieldsSql } from '../../backend/features/fields/rows.ts'
import { tasksDueSql } from '../../backend/features/tasks/counting.ts'
import { tasksSql } from '../../backend/features/tasks/listing.ts'
import { cardOf } from '../../backend/features/tickets/viewing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const TICKETS = 20_000
const CUSTOMERS = 500
const idOf = (kind: number, n: string) => `('01890000-0000-7000-800${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const customerId = '01890000-0000-7000-8001-000000000007'
/** Ticket 6 is one of customer 7's forty. */
const ticketId = '01890000-0000-7000-8002-000000000006'

/** Twenty thousand tickets of five hundred customers, each with a mail; every tenth mail has something attached. Tasks, fields and orders beside. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const write = (sql: string, ...more: unknown[]) => owner.query(sql, [workspace, ...more])
  await write(
    `insert into desk.customer select $1, ${idOf(1, 'n')}, 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, ${CUSTOMERS}) n`,
  )
  await write(
    `insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
     select $1, 'c' || n || '@x.example', ${idOf(1, 'n')}, 'c' || n || '@x.example', now() from generate_series(1, ${CUSTOMERS}) n`,
  )
  await write(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf(2, 'n')}, n + 100000, 'Ticket ' || n, ${idOf(1, `n % ${CUSTOMERS} + 1`)}, (case when n % 50 = 0 then 'open' else 'closed' end), '{}',
       now(), now() - make_interval(mins => n), now() from generate_series(1, ${TICKETS}) n`,
  )
  await write(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, automatic, sent_at, envelope, excerpt, body, created_at)
     select $1, ${idOf(3, 'n')}, ${idOf(2, 'n')}, 'in', 'customer', false, now() - make_interval(mins => n), '', '', '', now() from generate_series(1, ${TICKETS}) n`,
  )
  await write(
    `insert into desk.attachment (workspace_id, id, message_id, position, name, content_type, size, object_key)
     select $1, ${idOf(4, 'n')}, ${idOf(3, 'n')}, 0, '', 'text/plain', 1, 'k' || n from generate_series(10, ${TICKETS}, 10) n`,
  )
  await write(
    `insert into desk.task (workspace_id, id, ticket_id, words, assignee_id, due_on, created_at, done_at)
     select $1, ${idOf(5, 'n')}, ${idOf(2, 'n')}, '', $2, current_date + n % 30, now(), case when n % 10 > 0 then now() end from generate_series(1, ${TICKETS}) n`,
    nora,
  )
  await write(
    `insert into desk.custom_field (workspace_id, id, about, label, kind, categories, position, created_at)
     select $1, ${idOf(6, 'n')}, 'ticket', 'Field ' || n, 'text', '{}', n, now() from generate_series(1, 10) n`,
  )
  await write(
    `insert into desk.field_value (workspace_id, owner_id, field_id, value, changed_at)
     select $1, ${idOf(2, 'n')}, ${idOf(6, 'f')}, '', now() from generate_series(1, ${TICKETS}, 4) n cross join generate_series(1, 2) f`,
  )
  await write(
    `insert into desk.field_change (workspace_id, id, owner_id, field_id, by_kind, content, changed_at)
     select $1, ${idOf(7, 'n')}, ${idOf(2, 'n % 5000 + 1')}, ${idOf(6, 'n % 10 + 1')}, 'system', '', now() from generate_series(1, ${TICKETS}) n`,
  )
  await owner.query('vacuum analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** Tables that hold a row for each person, field or workspace at most. */
const SMALL = ['staff', 'workspace', 'mailbox', 'customer', 'custom_field', 'custom_field_choice', 'api_key']

const isIndexed = async (sql: Prisma.Sql, indexes: string[], most: number) =>
  expectIndexed(await planner.plan(sql), { indexes, most, small: SMALL })

const CUSTOMERS_TICKETS = 'ticket_workspace_id_customer_id_last_message_at_idx'

test('one customer is read by keys, and their tickets by their index, from any page on', async () => {
  await isIndexed(customerSql(desk.workspaceId, customerId), [CUSTOMERS_TICKETS], 200)
  await isIndexed(ticketsSql(desk.workspaceId, customerId, null, 16), [CUSTOMERS_TICKETS], 120)
  const place = [desk.clock.now().toISOString(), ticketId]
  await isIndexed(ticketsSql(desk.workspaceId, customerId, place, 16), [CUSTOMERS_TICKETS], 120)
})

test('documents are read among the mails of their customer alone', async () => {
  const indexes = [CUSTOMERS_TICKETS, 'attachment_workspace_id_message_id_position_idx']
  await isIndexed(documentsSql(desk.workspaceId, customerId, null, 21), indexes, 100)
  const place = [desk.clock.now().toISOString(), ticketId]
  await isIndexed(documentsSql(desk.workspaceId, customerId, place, 21), indexes, 100)
})

test('orders of a customer are looked up by their addresses', async () => {
  await isIndexed(boughtSql(desk.workspaceId, customerId, null, 11), [], 20)
  await isIndexed(boughtSql(desk.workspaceId, customerId, [desk.clock.now().toISOString(), ticketId], 11), [], 20)
})

/** Of two thousand open tasks of one person; names of customers are few enough here to be read at once. */
test('open tasks of one person are walked in their order, a page at a time; those of a ticket are read alone', async () => {
  const mine = { kind: 'open', assigneeId: desk.staff.nora.id } as const
  await isIndexed(tasksSql(desk.workspaceId, mine, null, 21), ['task_open_of_assignee'], CUSTOMERS)
  const place = ['2020-01-01', ticketId]
  await isIndexed(tasksSql(desk.workspaceId, mine, place, 21), ['task_open_of_assignee'], CUSTOMERS)
  await isIndexed(
    tasksSql(desk.workspaceId, { kind: 'open', assigneeId: null }, null, 21),
    ['task_open_of_assignee'],
    20,
  )
  for (const state of ['open', 'done'] as const) {
    await isIndexed(
      tasksSql(desk.workspaceId, { kind: 'ticket', id: ticketId, state }, null, 21),
      ['task_of_ticket'],
      20,
    )
    await isIndexed(
      tasksSql(desk.workspaceId, { kind: 'customer', id: customerId, state }, null, 21),
      ['task_of_customer'],
      20,
    )
  }
  const due = tasksDueSql(desk.staff.nora.id, desk.clock.now())
  const home = Prisma.sql`select ${due} from desk.workspace w where w.workspace_id = ${desk.workspaceId}::uuid`
  await isIndexed(home, ['task_open_of_assignee'], 110)
})

test('values of one ticket are found by their key, and so are its last changes; the card reads no more', async () => {
  const owner = { about: 'ticket', id: ticketId, category: 'order' } as const
  await isIndexed(fieldsSql(desk.workspaceId, owner), ['field_value_pkey'], 20)
  await isIndexed(historySql(desk.workspaceId, ticketId), ['field_change_workspace_id_owner_id_id_idx'], 20)
  const at = { me: desk.staff.nora.id, now: desk.clock.now(), parts: desk.ctx.cardParts }
  const indexes = ['field_value_pkey', 'task_of_ticket', 'task_of_customer']
  await isIndexed(cardOf(desk.workspaceId, ticketId, at), indexes, 500)
})
