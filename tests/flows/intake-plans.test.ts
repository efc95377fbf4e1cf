import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { moveTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { flat, type PlanNode } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'
import { askedBy } from '../support/statements.ts'
import { threadingAt } from '../support/threading-desk.ts'

let desk: Desk
let planner: Planner
/** Tables that grow, and their indexes, but for those of open work alone, which are short. */
let large: Set<string>
let whole: Set<string>

const MANY = 20_000
/** Whatever holds so many rows grows with the desk. */
const LARGE = 5_000
const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Twenty thousand tickets with all that a mail, an answer and what follows them write beside a ticket. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  const now = `'${desk.clock.now().toISOString()}'::timestamptz`
  const [mailbox, nora] = [`'${desk.mailbox.mailboxId}'::uuid`, `'${desk.staff.nora.id}'::uuid`]
  const rows = `from generate_series(1, ${MANY}) n`
  for (const statement of [
    `insert into desk.customer select $1, ${idOf('n')}, 'C' || n, 'c' || n || '@x.example', ${now} ${rows}`,
    `insert into desk.customer_address (workspace_id, email_key, email, customer_id, created_at)
     select $1, 'c' || n || '@x.example', 'c' || n || '@x.example', ${idOf('n')}, ${now} ${rows}`,
    `insert into desk.known_sender (workspace_id, key, shape, last_at) select $1, 'c' || n || '@x.example', 'c' || n, ${now} ${rows}`,
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${idOf('n')}, n + 100000, 'Ticket ' || n, ${idOf('n')}, 'pending', '{}', ${now}, ${now}, ${now} ${rows}`,
    `update desk.ticket set merged_into_id = ${idOf('number - 100001')}, void_reason = 'merged' where workspace_id = $1 and number % 10 = 1 and number > 100001`,
    `insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, author_id, mail_key, sent_at, envelope, excerpt, body, created_at)
     select $1, ${idOf('n')}, ${idOf('n')}, 'in', 'customer', ${idOf('n')}, 'k' || n, ${now}, '', '', '', ${now} ${rows}`,
    `insert into desk.message_reference (workspace_id, mail_key, ticket_id, message_id) select $1, 'k' || (n - 1), ${idOf('n')}, ${idOf('n')} ${rows}`,
    `insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes) select $1, ${idOf('n')}, ${idOf('n')}, ${now}, 'word' ${rows}`,
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, thread_id, labels, state, outcome, message_id, received_at, ended_at)
     select $1, ${mailbox}, 'g' || n, 't' || (n / 3), '{}', 'ended', 'ticket', ${idOf('n')}, ${now}, ${now} ${rows}`,
    `insert into desk.raw_mail (workspace_id, stored_at, id, size, content) select $1, ${now}, ${idOf('n')}, 1, '\\x00' ${rows}`,
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload, historical)
     select $1, ${now}, gen_random_uuid(), ${now}, 'mail.received', 'customer', ${idOf('n')}, '{}', false ${rows}`,
    `insert into desk.ticket_claim (workspace_id, id, ticket_id, staff_id, since, touched_at, until, ended_at)
     select $1, gen_random_uuid(), ${idOf('n')}, ${nora}, ${now}, ${now}, ${now} + interval '1 h', ${now} ${rows}`,
    `insert into desk.ticket_giving (workspace_id, ticket_id, state, at, staff_id, how) select $1, ${idOf('n')}, 'given', ${now}, ${nora}, 'round_robin' ${rows}`,
    `insert into desk.idle_ticket select $1, ${idOf('n')}, 'pending', ${now} ${rows}`,
    `insert into desk.send_intent select $1, ${idOf('n')}, ${nora}, 'solve', null, ${now} ${rows}`,
    `insert into desk.unanswered_thread (workspace_id, ticket_id, mailbox_id, last_at) select $1, ${idOf('n')}, ${mailbox}, ${now} ${rows}`,
    `insert into desk.ticket_suggestion (workspace_id, id, ticket_id, kind, other_id, cause, at)
     select $1, gen_random_uuid(), ${idOf('n + 1')}, 'join', ${idOf('n')}, 'same_subject', ${now} from generate_series(1, ${MANY - 1}) n`,
    `insert into desk.journal_entry (workspace_id, id, kind, state, ticket_id, actor_kind, request, created_at, updated_at)
     select $1, ${idOf('n')}, 'gmail.reply', 'done', ${idOf('n')}, 'system', '', ${now}, ${now} ${rows}`,
  ])
    await owner.query(statement, [desk.workspaceId])
  await owner.query('vacuum analyze')
  const found = await owner.query<{ table: string; index: string | null }>(
    `select t.relname as table, i.relname as index from pg_class t
     left join pg_index x on x.indrelid = t.oid and x.indpred is null left join pg_class i on i.oid = x.indexrelid
     where t.relnamespace = 'desk'::regnamespace and t.relkind = 'r' and t.reltuples >= $1`,
    [LARGE],
  )
  large = new Set(found.rows.map(({ table }) => table))
  whole = new Set(found.rows.flatMap(({ index }) => index ?? []))
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

/** A plan for any values. */
async function planned(text: string): Promise<PlanNode[]> {
  const { rows } = await planner.app.query(`explain (generic_plan, format json) ${text}`)
  return flat(rows[0]['QUERY PLAN'][0].Plan)
}

/** Whether a step goes through all that a workspace has in a table that grows: every index begins with the workspace. */
const readsAll = (node: PlanNode): boolean =>
  (node['Node Type'] === 'Seq Scan' && large.has(node['Relation Name'] ?? '')) ||
  (whole.has(node['Index Name'] ?? '') && !/\b(?!workspace_id\b)\w+ (=|<|>|<=|>=) /.test(node['Index Cond'] ?? ''))

/** What the team sent as the shared address; nothing in it says who. */
const answered = (name: string) =>
  desk.google.users.send('sam@fern.example', {
    bytes: Buffer.from(
      `From: ${SUPPORT}\r\nTo: ${name}@p.example\r\nSubject: Re: Of ${name}\r\nMessage-ID: <ours-${name}@x>\r\nIn-Reply-To: <${name}@x>\r\n\r\nWe look into it.`,
    ),
    at: desk.clock.now(),
  })

/** What takes more questions than its ids: a copy, words of a machine, thanks, a number or a word in the subject, several tickets, a closed one. */
async function others() {
  const at = threadingAt(desk)
  const { number } = await at.card('p4@x')
  const closed = await at.card('p5@x')
  await desk
    .as('nora')
    .call(moveTicket, { params: { ticketId: closed.id }, body: { status: 'closed', version: closed.version } })
  await desk.settle()
  return [
    { from: 'p3@p.example', id: 'p3@x', subject: 'Of p3' },
    { from: 'p3@p.example', id: 'copy@x', subject: 'Re: Of p3' },
    { from: 'p4@p.example', id: 'number@x', subject: `About ${number}` },
    { from: 'p0@p.example', id: 'thanks@x', subject: 'Re: Of p0', inReplyTo: 'p0@x', text: 'Thank you!' },
    {
      from: 'p1@p.example',
      id: 'machine@x',
      subject: 'Re: Of p1',
      inReplyTo: 'p1@x',
      headers: { 'Auto-Submitted': 'auto-replied' },
    },
    { from: 'p2@p.example', id: 'both@x', subject: 'Re: Of p2', inReplyTo: 'p2@x', references: ['new-p2@x', 'p2@x'] },
    { from: 'p5@p.example', id: 'late@x', subject: 'Re: Of p5', inReplyTo: 'p5@x' },
  ]
}

test('nothing that is asked or written while mails are filed goes through a table that grows, whatever the values', async () => {
  const at = threadingAt(desk)
  const people = Array.from({ length: 6 }, (_, n) => `p${n}`)
  for (const name of people) at.deliver({ from: `${name}@p.example`, id: `${name}@x`, subject: `Of ${name}` })
  const asked = await askedBy(/\bdesk\./, async () => {
    await archiveOf(desk).poll()
    for (const name of people.slice(0, 3)) answered(name)
    for (const name of people) {
      at.deliver({ from: `new-${name}@p.example`, id: `new-${name}@x`, subject: `New of ${name}` })
      const about = { subject: `Re: Of ${name}`, inReplyTo: `${name}@x` }
      if (name > 'p2') at.deliver({ from: `${name}@p.example`, id: `${name}2@x`, ...about })
    }
    await archiveOf(desk).poll()
    for (const mail of await others()) at.deliver(mail)
    await archiveOf(desk).poll()
  })
  const statements = [...new Set(asked.map(({ text }) => text))]
  for (const table of [
    'message',
    'ticket_claim',
    'send_intent',
    'idle_ticket',
    'known_sender',
    'mailbox_mail',
    'raw_mail',
  ])
    expect(statements.some((text) => text.includes(`desk.${table}`))).toBe(true)
  const found: string[] = []
  for (const text of statements)
    for (const node of await planned(text))
      if (readsAll(node)) found.push(`${node['Relation Name'] ?? node['Index Name']}: ${text}`)
  expect(found).toEqual([])
})
