import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { tellingLines } from './line.ts'
import type { Logger } from './log.ts'
import { statementNames } from './statement-names.ts'

export type Database = PrismaClient

/** How long work of the queue waits for a connection, and how long any transaction may take, in milliseconds. */
const WAIT_MS = 5_000
const TRANSACTION_MS = 30_000

/**
 * A plan for any workspace suits none when a large one and many small ones share a table, so each statement is planned for its
 * values: 0.3 to 0.6 ms for a list, 0.02 ms for a single row; its name still saves the parsing.
 */
const PLANNING = '-c plan_cache_mode=force_custom_plan'

/**
 * Hot views have few connections of their own, which stay: on each one PostgreSQL plans each view once, up to 50 ms of a processor.
 * In a pool that grows with the load a short wait opens connections, these plan, and the wait becomes a long one.
 */
const READING: pg.PoolConfig = { idleTimeoutMillis: 0, maxLifetimeSeconds: 3_600 }
const MOST_READING = 4

/**
 * The connections of the app role.
 * @param of.url a login in the group role `desk_app`, which owns nothing
 * @param of.connections the most connections that transactions of this process open; hot views open up to 4 more
 * @param of.waitMs how long a request waits for one of them
 * @returns db for transactions, pool for hot views
 */
export function connect(
  { url, connections, waitMs }: { url: string; connections: number; waitMs: number },
  log: Logger,
): { db: Database; pool: pg.Pool; close(): Promise<void> } {
  const planning = { options: PLANNING, connectionTimeoutMillis: waitMs }
  const transactions = createPool(url, connections, log, planning)
  const pool = createPool(url, Math.min(connections, MOST_READING), log, { ...planning, ...READING })
  const adapter = tellingLines(
    new PrismaPg(transactions, { disposeExternalPool: false, statementNameGenerator: statementNames() }),
  )
  const db = new PrismaClient({ adapter, transactionOptions: { maxWait: waitMs, timeout: TRANSACTION_MS } })
  return {
    db,
    pool,
    async close() {
      await db.$disconnect()
      await Promise.all([transactions.end(), pool.end()])
    },
  }
}

/** A pool that survives a restart of PostgreSQL: a lost idle connection is logged, not thrown. */
export function createPool(url: string, connections: number, log: Logger, more: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: WAIT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: TRANSACTION_MS,
    ...more,
  })
  const warn = (message: string) => (error: Error) => {
    if (!pool.ending) log.warn({ err: error }, message) // a pool that was ended does not wait for its sockets
  }
  pool.on('error', warn('a database connection was lost'))
  pool.on('connect', (client) => {
    client.on('error', warn('a database connection failed'))
    client.on('notice', ({ severity, message }) => {
      if (severity === 'WARNING') log.warn({ warning: message }, 'the database warned')
    })
  })
  return pool
}
