import pg from 'pg'
import type { TestDatabase } from './database.ts'

/**
 * Nobody can open a connection to the database as long as `work` goes on.
 * @param options.cut also ends the sessions that are open
 */
export async function whileAway(
  { ownerUrl }: TestDatabase,
  work: () => Promise<void>,
  options: { cut?: boolean } = {},
): Promise<void> {
  const name = new URL(ownerUrl).pathname.slice(1)
  const server = new pg.Client({ connectionString: Object.assign(new URL(ownerUrl), { pathname: 'postgres' }).href })
  await server.connect()
  try {
    await server.query(`alter database ${name} with allow_connections false`)
    if (options.cut)
      await server.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [name])
    await work()
  } finally {
    await server.query(`alter database ${name} with allow_connections true`)
    await server.end()
  }
}
