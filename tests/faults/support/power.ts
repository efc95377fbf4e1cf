import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Postgres, PostgresUnavailable, startPostgres } from '../../../workbench/postgres.ts'
import { until } from '../../support/until.ts'

/** Lets the database die without a warning, and come back on the same port with the same data. */
export function powerOf(first: Postgres, dataDir: string) {
  let postgres = first
  return {
    async cut() {
      const pid = Number(readFileSync(join(postgres.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGKILL')
      await postgres.exited
    },
    /** The killed server's children need a moment to notice; until they have, a new one is refused. */
    async restore() {
      await until('PostgreSQL to start again', async () => {
        try {
          postgres = await startPostgres({ dataDir, port: first.port, durable: true })
          return true
        } catch (error) {
          if (error instanceof PostgresUnavailable) return false
          throw error
        }
      })
    },
    stop: () => postgres.stop(),
  }
}
