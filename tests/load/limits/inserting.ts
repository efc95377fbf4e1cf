import { randomBytes } from 'node:crypto'
import pg from 'pg'

const TRANSACTIONS = 2_000
const CLIENTS = 4
const BODY = 4_000

/** Transactions a second that store one ticket row and one message row of 4 kB, with all indexes and a synchronous commit, and nothing else. */
export async function insertRate(ownerUrl: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CLIENTS })
  try {
    await pool.query('drop schema if exists bench_limit cascade')
    await pool.query('create schema bench_limit')
    for (const table of ['ticket', 'message'])
      await pool.query(`create table bench_limit.${table} (like desk.${table} including all)`)
    await insertAll(pool, 200)
    const started = performance.now()
    await insertAll(pool, TRANSACTIONS)
    return TRANSACTIONS / ((performance.now() - started) / 1_000)
  } finally {
    await pool.query('drop schema if exists bench_limit cascade')
    await pool.end()
  }
}

let number = 0

async function insertAll(pool: pg.Pool, count: number): Promise<void> {
  let left = count
  const body = randomBytes(BODY)
  const lane = async () => {
    const client = await pool.connect()
    for (; left > 0; left--) await insertOne(client, body)
    client.release()
  }
  await Promise.all(Array.from({ length: CLIENTS }, lane))
}

async function insertOne(client: pg.ClientBase, body: Buffer): Promise<void> {
  await client.query('begin')
  const { rows } = await client.query<{ id: string }>({
    name: 'ticket',
    text: `insert into bench_limit.ticket (workspace_id, id, number, subject, customer_id, status, tags, queue_at, last_message_at, created_at)
      values ('01900000-0000-7000-8000-000000000001', uuidv7(), $1, 'A broken jar', uuidv7(), 'new', '{}', now(), now(), now()) returning id`,
    values: [++number],
  })
  await client.query({
    name: 'message',
    text: `insert into bench_limit.message (workspace_id, id, ticket_id, direction, author_kind, mail_key, sent_at, envelope, excerpt, body, created_at)
      values ('01900000-0000-7000-8000-000000000001', uuidv7(), $1, 'in', 'customer', $2, now(), '', '', $3, now())`,
    values: [rows[0]?.id, `key-${number}-${rows[0]?.id}`, body],
  })
  await client.query('commit')
}
