import { afterAll, beforeAll, test } from '@jest/globals'
import { threadSql } from '../../backend/features/intake/placing-by-thread.ts'
import { standingSql } from '../../backend/features/threading/bringing-together.ts'
import { suggestionsSql } from '../../backend/features/threading/card-part.ts'
import { alikeSql } from '../../backend/features/threading/suggesting.ts'
import { afterMailsSql } from '../../backend/features/tickets/after-mail.ts'
import { hitsSql } from '../../backend/features/tickets/hits.ts'
import { askedSql } from '../../backend/features/tickets/replying.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner
let mailboxId = ''

const MANY = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets of a mail each, which names the one before, is supposed to belong to it, and was said to be received. */
beforeAll(async () => {
  desk = await startDesk()
  mailboxId = desk.mailbox.mailboxId
  const owner = await ownerOf(desk.database)
  const write = (sql: string, ...more: string[]) => owner.query(sql, [desk.workspaceId, ...more])
  await write(
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, 5000) n`,
  )
  await write(
    `insert into desk.customer_address (workspace_id, email_key, email, customer_id, created_at) select $1, 'c' || n || '@x.example', 'c' || n || '@x.example', ${idOf('n')}, now() from generate_series(1, 5000) n`,
  )
  await write(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n % 5000 + 1')}, 'open', '{}', now(), now(), now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, author_id, mail_key, sent_at, envelope, excerpt, body, created_at)
     select $1, ${idOf('n')}, ${idOf('n')}, 'in', 'customer', ${idOf('n % 5000 + 1')}, 'k' || n, now(), '', '', '', now() from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.message_reference (workspace_id, mail_key, ticket_id, message_id)
     select $1, 'k' || (n - 1), ${idOf('n')}, ${idOf('n')} from generate_series(1, ${MANY}) n`,
  )
  await write(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, thread_id, labels, state, outcome, message_id, received_at, ended_at)
     select $1, $2, 'g' || n, 't' || (n / 3), '{}', 'ended', 'ticket', ${idOf('n')}, now(), now() from generate_series(1, ${MANY}) n`,
    mailboxId,
  )
  await write(
    `insert into desk.ticket_suggestion (workspace_id, id, ticket_id, kind, other_id, cause, at)
     select $1, gen_random_uuid(), ${idOf('n + 1')}, 'join', ${idOf('n')}, 'same_subject', now() from generate_series(1, ${MANY - 1}) n`,
  )
  await write(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload, historical)
     select $1, now(), gen_random_uuid(), now(), 'mail.received', 'customer', ${idOf('n')}, '{}', false from generate_series(1, ${MANY}) n`,
  )
  await owner.query('analyze')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** In a month that has no part of its own yet, the desk's first events are in the part for all others. */
const SMALL = ['staff', 'event_other']

const isIndexed = async (sql: Prisma.Sql, ...indexes: string[]) =>
  expectIndexed(await planner.plan(sql), { indexes, most: 200, small: SMALL })

/** What is asked while mails are filed is planned once for all values, so it is held to both. */
async function isIndexedForAny(sql: Prisma.Sql, ...indexes: string[]) {
  for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
    expectIndexed(await planner.planPrepared(sql, mode), { indexes, most: 200 })
}

test('the mails that a mail names, and those that name it, are found by their keys', async () => {
  await isIndexedForAny(
    hitsSql(desk.workspaceId, ['k7', 'k8', 'k9', 'unknown'], ['c7@x.example', 'c8@x.example']),
    'message_workspace_id_mail_key_key',
    'message_reference_pkey',
    'message_pkey',
    'ticket_pkey',
  )
})

test('a conversation of Gmail is found by its mailbox and its number', async () => {
  const which = { workspaceId: desk.workspaceId, mailboxId, gmailId: 'g10' }
  await isIndexedForAny(
    threadSql(which, new Map()),
    'mailbox_mail_workspace_id_mailbox_id_thread_id_idx',
    'message_pkey',
  )
})

test('other tickets under the same subject are looked for among those of the customer', async () => {
  await isIndexedForAny(
    alikeSql(desk.workspaceId, [ticketId], 7),
    'ticket_pkey',
    'ticket_workspace_id_customer_id_last_message_at_idx',
  )
})

test('what is supposed of a ticket is found from both ends', async () => {
  const card = Prisma.sql`select ${suggestionsSql()} as row from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  await isIndexed(
    card,
    'ticket_suggestion_workspace_id_ticket_id_other_id_key',
    'ticket_suggestion_workspace_id_other_id_idx',
  )
})

test('whether anybody works on tickets is asked of their own events', async () => {
  await isIndexed(standingSql(desk.workspaceId, [ticketId]), 'ticket_pkey')
})

const later = new Date(Date.UTC(2100, 0, 1))
const ids = Array.from(
  { length: 50 },
  (_, n) => `01890000-0000-7000-8000-${(n * 100 + 1).toString(16).padStart(12, '0')}`,
)

test('when customers first asked is found by their tickets, however many answers are filed at once', async () => {
  const answers = ids.map((id) => ({
    messageId: ticketId,
    ticket: { id, createdAt: later },
    mail: { sentAt: later },
  }))
  for (const some of [answers.slice(0, 1), answers])
    await isIndexedForAny(askedSql(desk.workspaceId, some), 'message_workspace_id_ticket_id_sent_at_id_idx')
})

test('how tickets stand after mails is written by their ids, however many mails are filed at once', async () => {
  const after = { status: 'open', queueAt: later, lastMessageAt: later, voidReason: null } as const
  const tickets = ids.map((id) => ({ ...after, id }))
  for (const some of [tickets.slice(0, 1), tickets])
    await isIndexedForAny(afterMailsSql({ workspaceId: desk.workspaceId, now: later }, some), 'ticket_pkey')
})
