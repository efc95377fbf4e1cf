import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { type SearchOrder, searchTickets } from '../../shared/search.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { flat, indexesIn, type PlanNode, rowsRead, wholeReads } from '../support/plans/nodes.ts'

let desk: Desk
let app: pg.Client
/** What PostgreSQL says of statements inside the function, as they end. */
let told: string[] = []

const DOCUMENTS = 24_000
const CUSTOMER = '01890000-0000-7000-8000-00000000c0de'

/** A desk of eight thousand tickets and three messages each beside twenty small ones; as the owner writes them, asked as the app role. */
beforeAll(async () => {
  desk = await startDesk()
  const owner = await ownerOf(desk.database)
  await owner.query(`insert into desk.customer select $1, $2, 'Ada', 'ada@ada.example', $3`, [
    desk.workspaceId,
    CUSTOMER,
    desk.clock.now(),
  ])
  await write(owner, desk.workspaceId, DOCUMENTS)
  for (let n = 0; n < 20; n++) await write(owner, `01890000-0000-7000-9000-${String(n).padStart(12, '0')}`, 60)
  await owner.query('vacuum (analyze) desk.search_document, desk.ticket')
  await owner.end()
  app = await ownerOf(desk.database)
  await app.query(`load 'auto_explain'`)
  await app.query('set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on')
  await app.query(
    `set auto_explain.log_analyze = on; set auto_explain.log_timing = off; set auto_explain.log_format = json; set client_min_messages = log`,
  )
  await app.query(`set role desk_app`)
  await app.query(`select set_config('app.workspace_id', $1, false)`, [desk.workspaceId])
  app.on('notice', ({ message = '' }) => told.push(message))
})
afterAll(async () => {
  await app.end()
  await desk.stop()
})

async function write(owner: pg.Client, workspace: string, documents: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  const ticket = `('01890000-0000-7000-8000-' || lpad(to_hex(n / 3), 12, '0'))::uuid`
  await owner.query(
    `insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
     select $1, ${ticket}, n / 3 + 100000, 'Ticket', $3, case when n % 2 = 0 then 'open' else 'closed' end, array[]::text[], $4, $4, $4
     from generate_series(0, $2::int - 1, 3) n`,
    [workspace, documents, CUSTOMER, desk.clock.now()],
  )
  await owner.query(
    `insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes)
     select $1, gen_random_uuid(), ${ticket}, $3::timestamptz - make_interval(mins => $2::int - n), app.lexemes_of('word' || n % 997, 'ada example com', 'support',
       case when n % 20 = 0 then 'often ' else '' end || case when n % 8000 = 7 then 'seldom ' else '' end || 'filler number ' || n)
     from generate_series(0, $2::int - 1) n`,
    [workspace, documents, desk.clock.now()],
  )
}

/** Everything that a search ran inside its function. */
async function nodesOf(words: object, wanted: object, ranked = false): Promise<{ nodes: PlanNode[]; hits: number }> {
  told = []
  const { rows } = await app.query('select app.find_tickets($1, $2, null, null, $3, $4) as answer', [
    JSON.stringify(words),
    JSON.stringify(wanted),
    ranked ? 1_000 : 21,
    ranked,
  ])
  const plans = told.flatMap((message) => /plan:\s*(\{[\s\S]*\})\s*$/.exec(message)?.[1] ?? [])
  return { nodes: plans.flatMap((plan) => flat(JSON.parse(plan).Plan)), hits: rows[0].answer.hits.length }
}

const reads = (nodes: PlanNode[]) => rowsRead(nodes, 'search_document', 'ticket')

test('a common word is found by walking the newest messages, and no more than a thousand of them', async () => {
  const { nodes, hits } = await nodesOf({ stems: `'often'` }, {})
  expect(hits).toBe(21)
  expect(indexesIn(nodes)).toContain('search_document_workspace_id_at_id_idx')
  expect(indexesIn(nodes)).not.toContain('search_document_lexemes')
  expect(wholeReads(nodes)).toEqual([])
  expect(reads(nodes)).toBeLessThan(1_200)
})

test('a rare word is taken from the index of words, which reads what it finds', async () => {
  const { nodes, hits } = await nodesOf({ stems: `'seldom'` }, {})
  expect(hits).toBe(3)
  expect(indexesIn(nodes)).toContain('search_document_lexemes')
  expect(wholeReads(nodes)).toEqual([])
  expect(reads(nodes)).toBeLessThan(2_200)
})

test('phrases, beginnings and words of one part come from the same index', async () => {
  for (const exact of [`('seldom' <-> 'filler')`, `('seld':*)`, `('word5':A <-> 'ada':B)`, `('23997':*)`]) {
    const { nodes } = await nodesOf({ exact }, {})
    expect([exact, indexesIn(nodes).includes('search_document_lexemes')]).toEqual([exact, true])
    expect(wholeReads(nodes)).toEqual([])
  }
})

test('the tickets of an order are looked up by their ids', async () => {
  const { nodes, hits } = await nodesOf({}, { within: ['01890000-0000-7000-8000-000000000007'] })
  expect(hits).toBe(1)
  expect(indexesIn(nodes)).toContain('search_document_workspace_id_ticket_id_idx')
  expect(reads(nodes)).toBeLessThan(10)
})

test('a filter that nothing passes ends after ten thousand messages and tells its place', async () => {
  const { nodes, hits } = await nodesOf({}, { people: ['01890000-0000-7000-8000-0000000000ff'] })
  expect(hits).toBe(0)
  expect(wholeReads(nodes)).toEqual([])
  const walked = nodes.filter((node) => node['Index Name'] === 'search_document_workspace_id_at_id_idx')
  expect(walked.map((node) => node['Actual Rows'])).toEqual([10_000, 10_000]) // the walk, and its last place
})

test('a common word with a filter that nothing passes ends there, too, and reads no hit twice', async () => {
  const { nodes, hits } = await nodesOf({ stems: `'often'` }, { people: ['01890000-0000-7000-8000-0000000000ff'] })
  expect(hits).toBe(0)
  expect(wholeReads(nodes)).toEqual([])
})

test('the best of the newest thousand are ranked without reading the others', async () => {
  const { nodes, hits } = await nodesOf({ stems: `'often'` }, {}, true)
  expect(hits).toBe(1_000)
  expect(wholeReads(nodes)).toEqual([])
})

/** Tickets of all pages of a question, and how many pages there were. */
async function allOf(q: string, order: SearchOrder = 'newest') {
  const ids: string[] = []
  let cursor: string | undefined
  for (let pages = 1; ; pages++) {
    const query = { q, order, limit: 50, ...(cursor !== undefined && { cursor }) }
    const { items, next } = await desk.as('nora').call(searchTickets, { query })
    ids.push(...items.map(({ id }) => id))
    if (next === null) return { ids, pages }
    cursor = next
  }
}

test('pages reach the last of many hits, each once; the best are of the newest thousand', async () => {
  const { ids } = await allOf('often')
  expect([ids.length, new Set(ids).size]).toEqual([1_200, 1_200])
  const best = await allOf('often', 'best')
  expect([...best.ids].sort()).toEqual(ids.slice(0, 1_000).sort())
})

test('a hit behind twenty thousand messages that a filter leaves out is reached by going on', async () => {
  const oldest = '01890000-0000-7000-8000-000000000000'
  const owner = await ownerOf(desk.database)
  await owner.query('update desk.ticket set assignee_id = $1 where workspace_id = $2 and id = $3', [
    desk.staff.nora.id,
    desk.workspaceId,
    oldest,
  ])
  await owner.end()
  const { ids, pages } = await allOf('is:mine before:2999')
  expect([ids, pages]).toEqual([[oldest], 3])
  expect((await allOf('often assignee:nora')).ids).toEqual([oldest])
})
