import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { ignoredOf } from '../../backend/features/intake/ignoring/remembering.ts'
import { sendersOf } from '../../backend/features/intake/ignoring/senders.ts'
import { timesOf } from '../../backend/features/tickets/contacts/handle-time.ts'
import { mergingSql } from '../../backend/features/tickets/merging/history.ts'
import { candidatesOf } from '../../backend/features/tickets/merging/previewing.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let app: pg.Client

const MANY = 20_000
const ticketId = '01890000-0000-7000-8000-000000000001'
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets, of which each was merged, split, linked and worked on once, and as many ignored mails. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
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
  app = new pg.Client({ connectionString: desk.database.url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [workspace])
}, 60_000)
afterAll(async () => {
  await app.end()
  await desk.stop()
})

type Node = {
  'Node Type': string
  'Index Name'?: string
  'Rows Removed by Filter'?: number
  'Actual Rows': number
  Plans?: Node[]
}

async function nodesOf(sql: Prisma.Sql): Promise<Node[]> {
  const { rows } = await app.query(`explain (analyze, format json, timing off) ${sql.text}`, sql.values as unknown[])
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

async function expectIndexed(sql: Prisma.Sql, indexes: string[]): Promise<void> {
  const nodes = await nodesOf(sql)
  expect(nodes.map((node) => node['Index Name'])).toEqual(
    expect.arrayContaining(indexes.map((name) => expect.stringContaining(name))),
  )
  for (const node of nodes) expect(node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)).toBeLessThan(200)
}

test('what a card says of merges, splits and links is found by the ticket', async () => {
  const card = Prisma.sql`select ${mergingSql()} as row from desk.ticket t where t.workspace_id = ${desk.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  await expectIndexed(card, [
    'ticket_regrouping_workspace_id_from_id_at',
    'ticket_regrouping_workspace_id_to_id_at',
    'ticket_link_pkey',
    'ticket_link_workspace_id_high_id',
  ])
})

test('tickets to merge with and time that was worked are found by customer and ticket', async () => {
  await expectIndexed(candidatesOf(desk.workspaceId, ticketId), ['ticket_workspace_id_customer_id_last_message_at'])
  await expectIndexed(timesOf(desk.workspaceId, ticketId), ['handle_time_pkey', 'ticket_merged_into'])
})

test('the lists of ignored senders and mails walk their indexes, on the first page and far inside', async () => {
  const far = new Date(desk.clock.now().getTime() - 10_000 * 60_000).toISOString()
  await expectIndexed(sendersOf(desk.workspaceId, null, 51), ['ignored_sender_workspace_id_created_at_key'])
  await expectIndexed(sendersOf(desk.workspaceId, [far, 's5@x'], 51), ['ignored_sender_workspace_id_created_at_key'])
  await expectIndexed(ignoredOf(desk.workspaceId, null, 51), ['ignored_mail_workspace_id_at_id'])
  await expectIndexed(ignoredOf(desk.workspaceId, [far, ticketId], 51), ['ignored_mail_workspace_id_at_id'])
})
