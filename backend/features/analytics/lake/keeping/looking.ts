import type pg from 'pg'
import type { Source } from '../places/layout.ts'

/** What a transaction sees, and whose database it is. */
export type Sight = { snapshot: string; source: Source }

/** Begins the transaction in which all of a pull is read: nothing moves in it, whatever the desk does meanwhile. */
export async function look(client: pg.ClientBase): Promise<Sight> {
  await client.query('begin isolation level repeatable read read only')
  // Pages in any order cost little more than pages in a row: else each of a few stretches would read a whole table with its bodies.
  await client.query(
    "set local statement_timeout = 0; set local datestyle = 'ISO'; set local jit = off; set local random_page_cost = 1.1; " +
      'set local max_parallel_workers_per_gather = 0', // the desk shares its processors with one process of ours, and not with three
  )
  await client.query('set local stats_fetch_consistency = none') // what the desk does meanwhile is looked at anew each time
  const { rows } = await client.query<{ snapshot: string; system: string; timeline: number; database: string }>(`
    select pg_current_snapshot()::text as snapshot, (select system_identifier::text from pg_control_system()) as system,
      case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())
        else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline,
      (select oid::text from pg_database where datname = current_database()) as database`)
  const [row] = rows
  if (!row) throw new Error('PostgreSQL does not say what it sees')
  const { snapshot, system, timeline, database } = row
  return { snapshot, source: { system, timeline, database } }
}

/** The first transaction id that was not given away yet. */
const nextXid = (snapshot: string): bigint => BigInt(snapshot.split(':')[1] ?? '0')

/**
 * Whether what was seen before says anything about this database: a restored one, another one or one whose ids went back has to be
 * read from the beginning.
 */
export const continues = (before: Sight, now: Sight): boolean =>
  before.source.system === now.source.system &&
  before.source.timeline === now.source.timeline &&
  before.source.database === now.source.database &&
  nextXid(before.snapshot) <= nextXid(now.snapshot)
