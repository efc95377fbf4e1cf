import { afterAll, beforeAll, test } from '@jest/globals'
import { ignoredOf } from '../../backend/features/intake/ignoring/remembering.ts'
import { sendersOf } from '../../backend/features/intake/ignoring/senders.ts'
import { timesOf } from '../../backend/features/tickets/contacts/handle-time.ts'
import { mergingSql } from '../../backend/features/tickets/merging/history.ts'
import { candidatesOf } from '../../backend/features/tickets/merging/previewing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const MANY = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets, of which each was merged, split, linked and worked on once, and as many ignored mails. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const [workspace, nora] = [desk.workspaceId, desk.staff.nora.id]
  const write = (sql: string, ...more: string[]) => owner.query(sql, [workspace, ...more])
  await write(
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, 5000) n`,
  )
  await write(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n % 5000 + 1')}, 'open', '{}', now(), now(), now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.ticket_regrouping (workspace_id, id, kind, from_id, to_id, at, moved, stood)
     select $1, gen_random_uuid(), 'merge', ${idOf('n')}, ${idOf(`n % ${MANY} + 1`)}, now(), '{}', '{}' from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.ticket_link (workspace_id, low_id, high_id, at)
     select $1, ${idOf('n')}, ${idOf('n + 1')}, now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.handle_time (workspace_id, ticket_id, staff_id, seconds, changed_at)
     select $1, ${idOf('n')}, $2, 60, now() from generate_series(1, ${MANY}) n`,
    nora,
  )
  await write(
    `insert into desk.ignored_sender (workspace_id, key, proven, created_at)
     select $1, 's' || n || '@x.example', true, now() - make_interval(mins => n) from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.ignored_mail (workspace_id, id, mailbox_id, gmail_id, key, at, content)
     select $1, gen_random_uuid(), $2, 'g' || n, 's', now() - make_interval(mins => n), '' from generate_series(1, ${MANY}) n`,
    ticketId,
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

const isIndexed = async (sql: Prisma.Sql, ...indexes: string[]) =>
  expectIndexed(await planner.plan(sql), { indexes, most: 200, small: ['staff'] })

test('what a card says of merges, splits and links is found by the ticket', async () => {
  const card = Prisma.sql`select ${mergingSql()} as row from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  await isIndexed(
    card,
    'ticket_regrouping_workspace_id_from_id_at_idx',
    'ticket_regrouping_workspace_id_to_id_at_idx',
    'ticket_link_pkey',
    'ticket_link_workspace_id_high_id_idx',
  )
})

test('tickets to merge with and time that was worked are found by customer and ticket', async () => {
  await isIndexed(candidatesOf(desk.workspaceId, ticketId), 'ticket_workspace_id_customer_id_last_message_at_idx')
  await isIndexed(timesOf(desk.workspaceId, ticketId), 'handle_time_pkey', 'ticket_merged_into')
})

test('the lists of ignored senders and mails walk their indexes, on the first page and far inside', async () => {
  const far = new Date(desk.clock.now().getTime() - 10_000 * 60_000).toISOString()
  await isIndexed(sendersOf(desk.workspaceId, null, 51), 'ignored_sender_workspace_id_created_at_key_idx')
  await isIndexed(sendersOf(desk.workspaceId, [far, 's5@x'], 51), 'ignored_sender_workspace_id_created_at_key_idx')
  await isIndexed(ignoredOf(desk.workspaceId, null, 51), 'ignored_mail_workspace_id_at_id_idx')
  await isIndexed(ignoredOf(desk.workspaceId, [far, ticketId], 51), 'ignored_mail_workspace_id_at_id_idx')
})
