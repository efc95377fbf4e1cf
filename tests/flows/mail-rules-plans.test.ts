import { afterAll, beforeAll, test } from '@jest/globals'
import { ignoredBySql } from '../../backend/features/intake/mail-rules/listing.ts'
import { newestSql } from '../../backend/features/intake/mail-rules/trying-rules.ts'
import { undeliveredSql } from '../../backend/features/intake/returned/card-part.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const MANY = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const FIRST = '01890000-0000-7000-8000-000000000001'

/** Twenty thousand tickets with one answer each, of which each came back, and as many mails that were ignored. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (sql: string, ...more: string[]) => owner.query(sql, [desk.workspaceId, ...more])
  await write(
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at, undeliverable_at)
     select $1, 'c' || n || '@x.example', ${idOf('n')}, 'c' || n || '@x.example', now(), now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n')}, 'pending', '{}', now(), now(), now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
     select $1, ${idOf(`n + ${MANY} * k`)}, ${idOf('n')}, case k when 0 then 'out' else 'in' end, 'unknown', now() - interval '1 h', '', '', '', now()
     from generate_series(1, ${MANY}) n, generate_series(0, 1) k`,
  )
  await write(
    `insert into desk.delivery_failure (workspace_id, id, message_id, report_id, email_key, kind, code, at)
     select $1, gen_random_uuid(), ${idOf('n')}, ${idOf(`n + ${MANY}`)}, 'c' || n || '@x.example', 'failed', '5.1.1', now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.ignored_mail (workspace_id, id, mailbox_id, gmail_id, rule_id, at, content)
     select $1, gen_random_uuid(), $2, 'g' || n, ${idOf('n % 40')}, now() - make_interval(mins => n), '' from generate_series(1, ${MANY}) n`,
    desk.mailbox.mailboxId,
  )
  await write(
    `insert into desk.raw_mail (workspace_id, stored_at, id, size, content)
     select $1, date_trunc('hour', now()), ${idOf('n')}, 1, '' from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, raw_id, raw_at, state, outcome, received_at, ended_at)
     select $1, $2, 'm' || n, '{}', ${idOf('n')}, date_trunc('hour', now()), 'ended', 'ignored', now() - make_interval(secs => n), now()
     from generate_series(1, ${MANY}) n`,
    desk.mailbox.mailboxId,
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

test('what a card says of mail that did not arrive is found by the ticket', async () => {
  const sql = Prisma.sql`select (${undeliveredSql()}) as row from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${FIRST}::uuid`
  expectIndexed(await planner.plan(sql), {
    indexes: ['delivery_failure_workspace_id_message_id_idx', 'customer_address_workspace_id_customer_id_idx'],
    most: 10,
  })
})

test('how much each rule ignored is counted by the rule, and to a thousand only', async () => {
  const ids = Array.from({ length: 5 }, (_, n) => `01890000-0000-7000-8000-00000000000${n}`)
  const since = new Date(desk.clock.now().getTime() - 30 * 86_400_000)
  expectIndexed(await planner.plan(ignoredBySql(desk.workspaceId, ids, since)), {
    indexes: ['ignored_mail_workspace_id_rule_id_at_idx'],
    most: 1_000 * ids.length,
  })
})

test('the last 200 mails of a trial are walked to by the index of their mailbox', async () => {
  expectIndexed(await planner.plan(newestSql(desk.workspaceId, [desk.mailbox.mailboxId])), {
    indexes: ['mailbox_mail_workspace_id_mailbox_id_received_at_idx', /raw_mail.*_pkey/],
    most: 200,
  })
})
