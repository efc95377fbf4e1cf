import { afterAll, beforeAll, test } from '@jest/globals'
import { knownFileSql } from '../../backend/features/files/keeping.ts'
import { toScanSql, unreadableSql } from '../../backend/features/files/scanning.ts'
import { namedSql } from '../../backend/features/files/sweeping.ts'
import { openSql } from '../../backend/features/intake/gmail-queue/due.ts'
import { lateSql } from '../../backend/features/intake/gmail-queue/jobs.ts'
import { dueSql, mailsSql } from '../../backend/features/intake/gmail-queue/reading.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const MANY = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const FIRST = '01890000-0000-7000-8000-000000000001'
const SMALL = ['gmail_queue_setting', 'mailbox', 'staff', 'queue_setting']

/** Twenty thousand tickets, one in fifty of them open, with a mail and a file each. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const write = (sql: string, ...more: string[]) => owner.query(sql, [desk.workspaceId, ...more])
  await write(
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, 100) n`,
  )
  await write(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at, due_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n % 100 + 1')}, case n % 50 when 0 then 'open' else 'closed' end, '{}', now(), now(), now(),
       case n % 50 when 0 then now() + make_interval(mins => n) else '9999-12-31' end from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, sent_at, envelope, excerpt, body, created_at)
     select $1, ${idOf('n')}, ${idOf('n')}, 'in', 'unknown', now(), '', '', '', now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, state, outcome, message_id, received_at, ended_at)
     select $1, $2, 'm' || n, '{INBOX}', 'ended', 'ticket', ${idOf('n')}, now(), now() from generate_series(1, ${MANY}) n`,
    desk.mailbox.mailboxId,
  )
  await write(`insert into desk.gmail_queue_setting values ($1, $2, true, true, now())`, desk.mailbox.mailboxId)
  await write(
    `insert into desk.gmail_queue_mail (workspace_id, mailbox_id, gmail_id, ticket_id, kinds, next_kinds, archived, late, written_at)
     select $1, $2, 'm' || n, ${idOf('n')}, '{}', '{}', false, false, now() from generate_series(1, ${MANY}) n`,
    desk.mailbox.mailboxId,
  )
  await write(
    `insert into desk.gmail_queue_due (workspace_id, ticket_id, revision, at)
     select $1, ${idOf('n')}, 1, now() - make_interval(secs => n) from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.stored_file (workspace_id, id, hash, size, content_type, scan, created_at)
     select $1, ${idOf('n')}, 'h' || n, 1, 'image/png', case n % 100 when 0 then 'waiting' else 'clean' end, now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.attachment (workspace_id, id, message_id, position, name, content_type, size, file_id)
     select $1, ${idOf('n')}, ${idOf('n')}, 0, '', 'image/png', 1, ${idOf('n')} from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.raw_mail (workspace_id, stored_at, id, size, object_key)
     select $1, now() - interval '1 min', ${idOf('n')}, 1, 'raw/' || n from generate_series(1, ${MANY}) n`,
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

const now = () => desk.clock.now()

test('files that could not be read are found by their index', async () => {
  expectIndexed(await planner.plan(unreadableSql(desk.workspaceId)), { indexes: ['stored_file_unreadable'], most: 20 })
})

test('files that wait for the scanner are walked to by their index', async () => {
  expectIndexed(await planner.plan(toScanSql(desk.workspaceId)), { indexes: ['stored_file_to_scan'], most: 20 })
})

test('a file that is kept already is found by its content', async () => {
  expectIndexed(await planner.plan(knownFileSql(desk.workspaceId, 'h77')), {
    indexes: ['stored_file_workspace_id_hash_key'],
    most: 1,
  })
})

test('a sweep asks for its objects one by one, in any number of mails', async () => {
  const ids = Array.from({ length: 50 }, (_, n) => `01890000-0000-7000-8000-0000000000${(n + 16).toString(16)}`)
  const keys = ids.map((id) => `${desk.workspaceId}/${id.slice(-2)}/${id}`)
  expectIndexed(await planner.plan(namedSql(desk.workspaceId, keys)), {
    indexes: [/raw_mail.*object_key/, 'stored_file_pkey'],
    most: 200,
    small: ['customer_export_part', 'attachment'],
  })
})

test('tickets whose labels are due are read in their order', async () => {
  expectIndexed(await planner.plan(dueSql(desk.workspaceId, new Date(Date.now() + 86_400_000))), {
    indexes: ['gmail_queue_due_workspace_id_at_idx'],
    most: 21,
  })
})

test('the mails of one ticket are found by it', async () => {
  expectIndexed(await planner.plan(mailsSql(desk.workspaceId, FIRST)), {
    indexes: [
      'message_workspace_id_ticket_id_sent_at_id_idx',
      'mailbox_mail_workspace_id_message_id_idx',
      'gmail_queue_mail_pkey',
    ],
    most: 10,
    small: SMALL,
  })
})

test('what becomes due next is looked for among open work alone', async () => {
  expectIndexed(await planner.plan(lateSql(desk.workspaceId, now())), {
    indexes: [/ticket/],
    most: 1_000,
    small: SMALL,
  })
})

test('switching labels on reads open work alone', async () => {
  expectIndexed(await planner.plan(openSql(desk.workspaceId, now())), { indexes: [/ticket/], most: MANY / 50 })
})
