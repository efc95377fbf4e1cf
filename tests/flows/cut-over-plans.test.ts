import { afterAll, beforeAll, test } from '@jest/globals'
import { firstSql, storedSql } from '../../backend/features/intake/comparing/stored.ts'
import { unansweredSql } from '../../backend/features/intake/cut-over/listing.ts'
import { waitingSql } from '../../backend/features/intake/reading.ts'
import { standingSql } from '../../backend/features/settings/shadow/door.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner

const COUNT = 20_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets of the past, all unanswered, and as many mails, of which a few hundred wait. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const mailbox = `'${desk.mailbox.mailboxId}'::uuid`
  const series = `generate_series(1, ${COUNT}) n`
  for (const statement of [
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', ${now} from generate_series(1, 500) n`,
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, mailbox_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, customer.id, ${mailbox}, 'closed', '{}', '9999-12-31', ${now}, ${now}
     from ${series} join customer on customer.c = n % 500 + 1`,
    `insert into desk.unanswered_thread (workspace_id, ticket_id, mailbox_id, last_at)
     select $1, ${idOf('n')}, ${mailbox}, ${now} - make_interval(mins => n) from ${series}`,
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, accepted_at, labels, raw_id, raw_at, state, outcome, historical, received_at, ended_at)
     select $1, ${mailbox}, 'm' || n, ${now} - make_interval(mins => n), '{}', ${idOf('n')}, ${now}, case when n % 100 = 0 then 'received' else 'ended' end, case when n % 100 > 0 then 'ticket' end,
       n % 200 = 0, ${now}, case when n % 100 > 0 then ${now} end from ${series}`,
    `insert into desk.raw_mail (workspace_id, stored_at, id, size, content) select $1, ${now}, ${idOf('n')}, 1, '\\x00' from ${series}`,
    `insert into desk.shadow_period (workspace_id, id, began_at, ended_at)
     select $1, gen_random_uuid(), ${now} - make_interval(days => n), ${now} - make_interval(days => n, hours => -1) from generate_series(1, 2000) n`,
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

test('a page of what the past left unanswered is read from its place, wherever that is', async () => {
  const { workspaceId, mailbox } = desk
  const since = new Date(0)
  const after = { lastAt: new Date(desk.clock.now().getTime() - 8_000 * 60_000), ticketId: crypto.randomUUID() }
  for (const place of [null, after])
    expectIndexed(
      await planner.plan(unansweredSql(workspaceId, { mailboxId: mailbox.mailboxId, since, after: place, limit: 51 })),
      {
        indexes: ['unanswered_thread_workspace_id_mailbox_id_last_at_ticket_id_idx', 'ticket_pkey', 'customer_pkey'],
        most: 60,
      },
    )
})

test('what waits to be filed is read by its kind and place, not by all that ever came', async () => {
  for (const historical of [false, true])
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
      expectIndexed(
        await planner.planPrepared(waitingSql(desk.workspaceId, desk.mailbox.mailboxId, { historical, seq: 0n }), mode),
        {
          indexes: ['mailbox_mail_received'],
          most: 80, // a batch
        },
      )
})

test('a stretch of mails that is compared with Gmail is read from its own time on, and so is the next mail behind a gap', async () => {
  const { workspaceId, mailbox } = desk
  const minutes = (n: number) => new Date(desk.clock.now().getTime() - n * 60_000)
  const indexes = ['mailbox_mail_workspace_id_mailbox_id_accepted_at_idx']
  const window = { from: minutes(10_100), to: minutes(10_000) }
  expectIndexed(await planner.plan(storedSql(workspaceId, mailbox.mailboxId, window, 1_001)), { indexes, most: 110 })
  const gap = { from: minutes(COUNT * 2), to: minutes(0) }
  expectIndexed(await planner.plan(firstSql(workspaceId, mailbox.mailboxId, gap)), { indexes, most: 5 })
})

test('the door to other systems costs one look, also after many periods of shadow mode', async () => {
  const plan = await planner.plan(standingSql(desk.workspaceId, { ticketId: crypto.randomUUID() }, desk.clock.now()))
  expectIndexed(plan, {
    indexes: ['shadow_period_open', 'shadow_period_workspace_id_ended_at_idx'],
    most: 1,
    small: ['workspace'],
  })
})
