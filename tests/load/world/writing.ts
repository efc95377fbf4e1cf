import type pg from 'pg'
import { dataKey, seal } from '../../../backend/platform/crypto.ts'
import { randomFrom } from '../../support/random.ts'
import { textOf, zipfWords } from './words.ts'
import type { WorldPlan } from './world.ts'

/** Bodies to draw from; sealed values of true size and entropy, which only the measured cards' own ones can be opened. */
const SAMPLES = 500
const SUBJECTS = 5_000

/** Texts that the rows are drawn from, as temporary tables of this session. */
export async function writeSamples(client: pg.ClientBase, plan: WorldPlan): Promise<void> {
  const random = randomFrom(plan.seed)
  const word = zipfWords(plan.vocabulary, random)
  const words = (count: number) => Array.from({ length: count }, word).join(' ')
  await client.query('create temporary table subject (n int primary key, text text, lexemes tsvector)')
  const subjects = Array.from({ length: SUBJECTS }, () => words(3 + Math.floor(random() * 6)))
  await client.query(
    `insert into subject select n - 1, text, app.lexemes_of(text, '', '', '') from unnest($1::text[]) with ordinality as s (text, n)`,
    [subjects],
  )
  const key = dataKey(1, Buffer.alloc(32, 'samples'))
  const sealed = (content: string) => seal(key, { workspaceId: '', table: '', id: '' }, content)
  const bodies = Array.from({ length: SAMPLES }, () => textOf(word, 300 + Math.floor(random() * random() * 6_000)))
  await client.query(
    'create temporary table sample (n int primary key, envelope bytea, excerpt bytea, body bytea, lexemes tsvector)',
  )
  await client.query(
    `insert into sample select n - 1, e, x, b, app.lexemes_of('', '', '', t)
     from unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::text[]) with ordinality as s (e, x, b, t, n)`,
    [
      bodies.map(() => sealed(JSON.stringify({ subject: words(6), from: words(3), to: [words(2)] }))),
      bodies.map((body) => sealed(body.slice(0, 400))),
      bodies.map(sealed),
      bodies,
    ],
  )
}

/** Customers, tickets, their events and messages of one workspace, made by the database from numbers; the newest has the highest number. */
export async function writeTickets(
  client: pg.ClientBase,
  plan: WorldPlan,
  workspaceId: string,
  count: number,
): Promise<void> {
  const customers = Math.ceil(count / plan.ticketsPerCustomer)
  await writeCustomers(client, workspaceId, customers)
  await numberTickets(client, plan, count)
  await client.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, priority, category, tags, assignee_id, queue_at, due_at,
       last_message_at, solved_at, message_count, created_at)
     select $1, t.id, t.n, s.text, c.id, case when open then (array['new', 'open', 'pending', 'on_hold'])[1 + dice % 4] when dice < 80 then 'solved' else 'closed' end,
       (array['normal', 'normal', 'normal', 'low', 'high', 'urgent'])[1 + dice % 6], (array['order', 'product', 'billing', 'technical', 'other'])[1 + dice % 5],
       case dice % 16 when 0 then array['vip'] when 1 then array['glass', 'spring'] else array[]::text[] end,
       case when dice % 10 < 7 then staff.ids[1 + dice % cardinality(staff.ids)] end,
       case when open and dice % 4 < 2 then t.at else '9999-12-31T00:00:00Z' end,
       case when open and dice % 4 < 2 then t.at + interval '4 hours' else '9999-12-31T00:00:00Z' end, t.at + interval '2 days' * dice / 1024,
       case when not open and dice < 80 then t.at + interval '2 days' * dice / 1024 else '1970-01-01T00:00:00Z' end, $2, t.at
     from made_ticket t join subject s on s.n = t.n % ${SUBJECTS} join made_customer c on c.n = 1 + t.n % $3::int
       cross join (select array_agg(id) as ids from desk.staff where workspace_id = $1) staff`,
    [workspaceId, plan.messagesPerTicket, customers],
  )
  await client.query(
    `insert into desk.ticket_tag (workspace_id, tag, due_at, queue_at, ticket_id)
     select t.workspace_id, tag, t.due_at, t.queue_at, t.id from desk.ticket t cross join unnest(t.tags) tag
     where t.workspace_id = $1 and t.status in ('new', 'open', 'pending', 'on_hold')`,
    [workspaceId],
  )
  await client.query('update desk.workspace set next_ticket_number = $2 where workspace_id = $1', [
    workspaceId,
    count + 1,
  ])
  await writeEvents(client, workspaceId)
  if (!plan.narrow) await writeMessages(client, plan, workspaceId)
  await client.query('drop table made_customer, made_ticket')
}

async function writeCustomers(client: pg.ClientBase, workspaceId: string, count: number): Promise<void> {
  await client.query(
    'create temporary table made_customer as select n, uuidv7(make_interval(secs => n - $1::int)) as id from generate_series(1, $1::int) n',
    [count],
  )
  await client.query(
    `insert into desk.customer (workspace_id, id, name, email, created_at)
     select $1, id, initcap(s.text), format('customer%s@example.com', c.n), now() from made_customer c join subject s on s.n = c.n % ${SUBJECTS}`,
    [workspaceId],
  )
  await client.query(
    `insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
     select $1, format('customer%s@example.com', n), id, format('customer%s@example.com', n), now() from made_customer`,
    [workspaceId],
  )
}

/** Which tickets there are and when they came: ever more of them towards today, where most of the open ones are. */
const numberTickets = (client: pg.ClientBase, { openShare, years }: WorldPlan, count: number): Promise<unknown> =>
  client.query(
    `create temporary table made_ticket as
     select n, uuidv7(at - now()) as id, at, n > $1::int * (1 - $2::float8) or n % 331 = 0 as open, (hashint4(n) & 1023) as dice
     from (select n, now() - make_interval(secs => $3::float8 * power(1 - n / ($1::float8 + 1), 1.2)) as at from generate_series(1, $1::int) n) numbered`,
    [count, openShare - 1 / 331, years * 365 * 86_400],
  )

const writeEvents = (client: pg.ClientBase, workspaceId: string): Promise<unknown> =>
  client.query(
    `insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload, historical)
     select $1, at, uuidv7(at - now()), at, 'ticket.created', 'customer', id, '{}', false from made_ticket`,
    [workspaceId],
  )

async function writeMessages(client: pg.ClientBase, plan: WorldPlan, workspaceId: string): Promise<void> {
  await client.query(
    `with made as (
       select uuidv7(t.at - now()) as id, t.id as ticket_id, m, t.at + m * interval '3 hours' as sent_at, t.at, s.envelope, s.excerpt, s.body,
         u.lexemes || s.lexemes as lexemes
       from made_ticket t cross join generate_series(1, $2::int) m join sample s on s.n = (t.n * 7 + m) % ${SAMPLES} join subject u on u.n = t.n % ${SUBJECTS}),
     stored as (
       insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, mail_key, sent_at, envelope, excerpt, body, created_at)
       select $1, id, ticket_id, case when m % 2 = 1 then 'in' else 'out' end, case when m % 2 = 1 then 'customer' else 'staff' end,
         translate(encode(sha256(format('%s/%s', ticket_id, m)::bytea), 'base64'), '+/=', '-_'), sent_at, envelope, excerpt, body, at from made)
     insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes) select $1, id, ticket_id, sent_at, lexemes from made`,
    [workspaceId, plan.messagesPerTicket],
  )
}

/** An index of words is built at once in a fraction of the time that its entries take one by one. @returns what builds it */
export async function withoutWordIndex(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_indexdef('desk.search_document_lexemes'::regclass) as definition`,
  )
  await client.query('drop index desk.search_document_lexemes')
  return async () => {
    await client.query("set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 2")
    await client.query(rows[0]?.definition ?? '')
  }
}
