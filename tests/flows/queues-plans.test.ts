import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { queueSql } from '../../backend/features/queues/reading.ts'
import type { SavedRow } from '../../backend/features/queues/saved/rows.ts'
import { inWords, type OwnCounts, type SharedCounts } from '../../backend/features/queues/views/counts.ts'
import { placeOf } from '../../backend/features/queues/views/orders.ts'
import { pageOf } from '../../backend/features/queues/views/pages.ts'
import type { TicketRow } from '../../backend/features/queues/views/rows.ts'
import { heldBy, type Wanted } from '../../backend/features/queues/views/views.ts'
import { createSavedView, SavedFilter, type SavedViewInput } from '../../shared/queues.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { indexesIn, type PlanNode, rowsRead } from '../support/plans/nodes.ts'
import { type Planner, plannerOf } from '../support/plans/planner.ts'

let desk: Desk
let planner: Planner
let small: string

const TICKETS = 60_000
const someone = '01890000-0000-7000-8000-0000000000ff'

/** A desk of sixty thousand tickets, one in twenty open, beside a hundred small ones; as the owner writes them, asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  await writeTickets(owner, desk.workspaceId, TICKETS)
  for (let n = 0; n < 100; n++) {
    small = `01890000-0000-7000-9000-${String(n).padStart(12, '0')}`
    await writeTickets(owner, small, 40)
  }
  await owner.query('vacuum (analyze)')
  await owner.end()
  planner = await plannerOf(desk.database, desk.workspaceId)
})
afterAll(async () => {
  await planner.end()
  await desk.stop()
})

async function writeTickets(owner: pg.Client, workspace: string, count: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  await owner.query(
    `insert into desk.workspace (workspace_id, name, created_at) values ($1, 'Shop', now()) on conflict do nothing`,
    [workspace],
  )
  await owner.query(
    `insert into desk.customer select $1, gen_random_uuid(), 'C' || n, 'c' || n || '@x.example', now() from generate_series(1, 20) n`,
    [workspace],
  )
  await owner.query(
    `with customer as (select id, row_number() over () as c from desk.customer where workspace_id = $1)
     insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, priority, category, tags, assignee_id, void_reason, snoozed_until,
       thanks_at, queue_at, due_at, last_message_at, created_at, solved_at)
     select $1, ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n + 100000, 'Ticket ' || n, customer.id,
       case when n % 20 = 0 then (array['new', 'open', 'open', 'pending', 'on_hold'])[1 + n / 20 % 5] when n % 2 = 0 then 'solved' else 'closed' end,
       (array['normal', 'normal', 'high', 'urgent', 'low'])[1 + n / 20 % 5], (array['order', 'product', 'billing', 'rare'])[case when n % 1000 = 0 then 4 else 1 + n / 20 % 3 end],
       case when n % 40 = 0 then array['vip'] when n % 20 = 0 then array['jar', 'glass'] else array[]::text[] end,
       case when n % 100 = 0 then $2::uuid when n % 60 = 0 then gen_random_uuid() end,
       case when n % 97 = 0 then 'spam' when n % 89 = 0 then 'duplicate' end, case when n % 400 = 0 then now() + make_interval(mins => n) end,
       case when n % 101 = 0 then now() end, case when n % 3 = 0 then '9999-12-31'::timestamptz else now() - make_interval(mins => n) end,
       case when n % 7 = 0 then '9999-12-31'::timestamptz else now() + make_interval(mins => n - 30000) end,
       now() - make_interval(mins => n * 10), now() - make_interval(mins => n * 10), now() - make_interval(mins => n * 7)
     from generate_series(1, ${count}) n join customer on customer.c = n % 20 + 1`,
    [workspace, desk.staff.nora.id],
  )
  await owner.query(
    `insert into desk.mention (workspace_id, id, ticket_id, message_id, staff_id, created_at, seen_at)
     select t.workspace_id, t.id, t.id, t.id, case when t.number % 1000 = 0 then $2::uuid else gen_random_uuid() end, now(), case when t.number % 3 = 1 then now() end
     from desk.ticket t where t.workspace_id = $1`,
    [workspace, desk.staff.nora.id],
  )
  await owner.query(
    `insert into desk.ticket_tag select t.workspace_id, tag, t.due_at, t.queue_at, t.id from desk.ticket t cross join unnest(t.tags) tag
     where t.workspace_id = $1 and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null and t.snoozed_until is null`,
    [workspace],
  )
  await owner.query(
    `insert into desk.ticket_tag select t.workspace_id, tag, t.due_at, t.queue_at, t.id from (values ('a-thousand', 1000), ('more', 1200)) given (tag, n)
     cross join lateral (select * from desk.ticket where workspace_id = $1 limit n) t`,
    [workspace],
  )
}

const ofTickets = (node: PlanNode) => node['Relation Name'] === 'ticket' || node['Relation Name'] === 'ticket_tag'

/** Rows of tickets and of their tags. */
const reads = (nodes: PlanNode[]) => rowsRead(nodes, 'ticket', 'ticket_tag')

/** Tickets that are read without an index, or whole before a few of them are taken. */
const sortedOrScanned = (nodes: PlanNode[]) =>
  nodes
    .filter(ofTickets)
    .filter((node) => !/^Index/.test(node['Node Type']))
    .map((node) => `${node['Node Type']} ${node['Relation Name']}`)

const scene = () => ({ workspaceId: desk.workspaceId, me: desk.staff.nora.id, now: desk.clock.now() })

/** A view, the index that it walks, and a place deep inside it. */
const VIEWS: [Wanted, string, unknown[]][] = [
  [{ view: 'mine', of: null }, 'ticket_open_by_assignee', ['now', 'never', 'id']],
  [{ view: 'unassigned', of: null }, 'ticket_open_by_assignee', ['now', 'never', 'id']],
  [{ view: 'open', of: null }, 'ticket_open', ['now', 'never', 'id']],
  [{ view: 'breaching', of: null }, 'ticket_open', ['now', 'never', 'id']],
  [{ view: 'unanswered', of: null }, 'ticket_unanswered', ['ago', 'id']],
  [{ view: 'status', of: 'on_hold' }, 'ticket_open_by_status', ['now', 'never', 'id']],
  [{ view: 'category', of: 'rare' }, 'ticket_open_by_category', ['now', 'never', 'id']],
  [{ view: 'tag', of: 'vip' }, 'ticket_tag_pkey', ['now', 'never', 'id']],
  [{ view: 'snoozed', of: null }, 'ticket_open', ['later', 'now', 'never', 'id']],
  [{ view: 'spam', of: null }, 'ticket_spam', ['ago', 'id']],
  [{ view: 'thanks', of: null }, 'ticket_thanks', ['now', 'id']],
  [{ view: 'solved', of: null }, 'ticket_solved_lately', ['ago', 'id']],
  [{ view: 'closed', of: null }, 'ticket_closed', ['ago', 'id']],
  [{ view: 'void', of: null }, 'ticket_void', ['ago', 'id']],
]

function placed(place: unknown[]): unknown[] {
  const now = desk.clock.now().getTime()
  const times = { now, ago: now - 3 * 86_400_000, later: now + 86_400_000, never: Date.UTC(9999, 11, 31) }
  return place.map((each) => (each === 'id' ? someone : new Date(times[each as keyof typeof times]).toISOString()))
}

test.each(VIEWS)(
  'the view %o walks %s: it reads what it shows, at its beginning and deep inside',
  async (wanted, index, place) => {
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
      for (const after of [null, placed(place)]) {
        const nodes = await planner.planPrepared(pageOf(wanted, scene(), after, 11), mode)
        expect(indexesIn(nodes)).toContain(index)
        expect(sortedOrScanned(nodes)).toEqual([])
        expect(reads(nodes)).toBeLessThanOrEqual(22) // a tag is read with its ticket
      }
  },
)

test('mentions of one person are read by their own index, and no other ticket is', async () => {
  for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
    const nodes = await planner.planPrepared(pageOf({ view: 'mentions', of: null }, scene(), null, 11), mode)
    expect(indexesIn(nodes)).toEqual(expect.arrayContaining(['mention_unseen', 'ticket_pkey']))
    expect(reads(nodes)).toBeLessThanOrEqual(50)
  }
})

test('the counts of all views, beside a page of one, read at most a thousand of each', async () => {
  const nodes = await planner.planPrepared(
    queueSql({ view: 'mine', of: null }, scene(), { place: null, limit: 11, counts: true }),
    'force_generic_plan',
  )
  for (const index of [
    'ticket_open',
    'ticket_open_by_assignee',
    'ticket_open_by_status',
    'ticket_open_by_category',
    'ticket_unanswered',
    'ticket_tag_pkey',
  ])
    expect(indexesIn(nodes)).toContain(index)
  const tickets = nodes.filter(ofTickets)
  for (const node of tickets) expect([node, node['Actual Rows'] <= 1_001]).toEqual([node, true])
  expect(sortedOrScanned(nodes)).toEqual([])
})

test('counts that everybody sees alike and that are still known are not counted again', async () => {
  const nodes = await planner.planPrepared(
    queueSql({ view: 'mine', of: null }, scene(), { place: null, limit: 11, counts: false }),
    'force_generic_plan',
  )
  const read = nodes.filter(ofTickets).filter((node) => node['Actual Loops'] > 0)
  expect(indexesIn(read)).not.toEqual(expect.arrayContaining(['ticket_unanswered']))
  expect(indexesIn(read)).not.toEqual(expect.arrayContaining(['ticket_open_by_category']))
  expect(reads(read)).toBeLessThanOrEqual(1_001)
})

/** What saved views ask, and the same said plainly. */
const ASKED: [string, Partial<SavedViewInput['filter']>, string][] = [
  ['Urgent', { priorities: ['urgent'] }, `priority = 'urgent'`],
  [
    'Money',
    { categories: ['billing', 'order'], createdDays: 300 },
    `category in ('billing', 'order') and created_at >= $2::timestamptz - interval '300 days'`,
  ],
  ['Quiet', { activeDays: 100 }, `last_message_at >= $2::timestamptz - interval '100 days'`],
  ['Mine and on hold', { assignee: 'reader', statuses: ['on_hold'] }, `assignee_id = $1 and status = 'on_hold'`],
]

test('in that one statement every count is exact up to a thousand, and one more where there are more', async () => {
  const views = new Map<string, string>()
  for (const [name, filter] of ASKED) {
    const body = { name, scope: 'own' as const, filter: SavedFilter.parse(filter) }
    views.set(name, (await desk.as('nora').call(createSavedView, { body })).id)
  }
  const work = `status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and snoozed_until is null`
  const plain: Record<string, string> = {
    mine: `${work} and assignee_id = $1`,
    unassigned: `${work} and assignee_id is null`,
    open: work,
    unanswered: `${work} and first_response_at is null and queue_at < '9999-12-31'`,
    snoozed: `status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and snoozed_until is not null`,
    spam: `void_reason = 'spam'`,
    thanks: `thanks_at is not null and void_reason is null`,
    solved: `status = 'solved' and void_reason is null`,
    ...Object.fromEntries(
      ['new', 'open', 'pending', 'on_hold'].map((of) => [`statuses ${of}`, `${work} and status = '${of}'`]),
    ),
    ...Object.fromEntries(
      ['order', 'product', 'billing', 'rare'].map((of) => [`categories ${of}`, `${work} and category = '${of}'`]),
    ),
    ...Object.fromEntries(ASKED.map(([name, , where]) => [`saved ${views.get(name)}`, `${work} and ${where}`])),
  }
  const exact: { rows: Record<string, number>[] } = await planner.app.query(
    `select ${Object.entries(plain).map(([name, where]) => `count(*) filter (where ${where})::int as "${name}"`)} from desk.ticket`,
    [desk.staff.nora.id, scene().now.toISOString()],
  )
  const { text, values } = queueSql({ view: 'mine', of: null }, scene(), { place: null, limit: 11, counts: true })
  const [row] = (await planner.app.query<{ shared: SharedCounts; own: OwnCounts }>(text, values)).rows
  const counts = { ...row?.shared, ...row?.own } as Record<string, number | Record<string, number>>
  const countOf = (name: string) => {
    const [list = '', of] = name.split(' ')
    const held = counts[list]
    return typeof held === 'object' ? held[of ?? ''] : held
  }
  const expected = Object.entries(exact.rows[0] ?? {}).map(([name, n]) => [name, Math.min(n, 1_001)])
  expect(Object.keys(plain).map((name) => [name, countOf(name)])).toEqual(expected)
  expect(expected.filter(([, n]) => n === 1_001).length).toBeGreaterThan(3)
  expect(row?.shared.tags).toMatchObject({ 'a-thousand': 1_000, more: 1_001 })
  expect([1_000, 1_001].map(inWords)).toEqual(['1000', '1000+'])
})

const SAVED: SavedRow = {
  id: someone,
  ownerId: null,
  name: 'View',
  drive: 'open',
  statuses: [],
  priorities: [],
  categories: [],
  channels: [],
  tags: [],
  assignee: 'any',
  assigneeId: null,
  mailboxId: null,
  dueMinutes: null,
  waitMinutes: null,
  createdDays: null,
  activeDays: null,
  orderBy: 'due',
  updatedAt: new Date(0),
}

test.each([
  [{ statuses: ['open'], priorities: ['urgent'] }, 'ticket_open_by_kind', 600],
  [{ channels: ['call'] }, 'ticket_open_by_kind', 600],
  [{ priorities: ['urgent', 'high'], orderBy: 'priority' }, 'ticket_open_by_kind', 3_600],
  [{ orderBy: 'oldest', categories: ['rare'] }, 'ticket_open_by_kind', 3_200],
  [{ categories: ['rare'], channels: ['call'] }, 'ticket_open_by_kind', 600],
  [{ mailboxId: someone }, 'ticket_open_by_kind', 3_200],
  [{ createdDays: 1 }, 'ticket_open_by_kind', 3_200],
  [{ waitMinutes: 60, activeDays: 30, orderBy: 'active' }, 'ticket_open_by_kind', 6_400],
  [{ dueMinutes: 60 }, 'ticket_open', 3_000],
  [{ drive: 'assignee', assignee: 'reader', statuses: ['pending'] }, 'ticket_open_by_assignee', 700],
  [{ drive: 'tag', tags: ['vip'], priorities: ['low'] }, 'ticket_tag_pkey', 4_200],
  [{ drive: 'solved', activeDays: 7, priorities: ['urgent'], orderBy: 'active' }, 'ticket_solved', 1_100],
  [{ drive: 'closed', activeDays: 7, priorities: ['urgent'], orderBy: 'newest' }, 'ticket_closed', 1_100],
] satisfies [Partial<SavedRow>, string, number][])(
  'a saved view of %o reads %s, and never more than open work or a week of finished work',
  async (filter, index, most) => {
    const saved = { ...SAVED, ...filter }
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
      const nodes = await planner.planPrepared(pageOf({ view: 'saved', of: someone, saved }, scene(), null, 11), mode)
      expect(indexesIn(nodes)).toContainEqual(expect.stringContaining(index))
      expect(reads(nodes)).toBeLessThan(most)
    }
  },
)

test.each([
  [{ priorities: ['urgent', 'high'] }, `priority in ('urgent', 'high')`, 'due_at, queue_at, id'],
  [{ statuses: ['on_hold'], orderBy: 'oldest' }, `status = 'on_hold'`, 'created_at, id'],
  [{ channels: ['call'] }, `channel = 'call'`, 'due_at, queue_at, id'],
  [{ categories: ['rare'], orderBy: 'active' }, `category = 'rare'`, 'last_message_at desc, id desc'],
  [{ categories: ['rare', 'order'] }, `category in ('rare', 'order')`, 'due_at, queue_at, id'],
] satisfies [Partial<SavedRow>, string, string][])(
  'a saved view of %o holds the same tickets, few or many, page after page',
  async (filter, condition, order) => {
    const saved = { ...SAVED, ...filter }
    const wanted: Wanted = { view: 'saved', of: someone, saved }
    const all = await planner.app.query(
      `select id::text from desk.ticket where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and snoozed_until is null
         and ${condition} order by ${order} limit 60`,
    )
    const found: string[] = []
    for (let place: readonly unknown[] | null = null; found.length < all.rows.length; ) {
      const sql = pageOf(wanted, scene(), place, 20)
      const page: { rows: TicketRow[] } = await planner.app.query(sql.text, sql.values)
      if (page.rows.length === 0) break
      found.push(...page.rows.map(({ id }) => id))
      place = placeOf(heldBy(wanted, scene()).order, page.rows.at(-1) as TicketRow)
    }
    expect(found.slice(0, 60)).toEqual(all.rows.map(({ id }) => id))
  },
)
