import pg from 'pg'
import { prepareDatabase } from '../../backend/platform/db/prepare.ts'
import { renewLogins, urlFor } from '../postgres/logins.ts'
import { startPostgres } from '../postgres.ts'

const NAME = 'sidedesk'

export interface Database {
  appUrl: string
  jobsUrl: string
  lakeUrl: string
  /** Of whoever owns the tables: for a scenario that writes a past of its own. */
  ownerUrl: string
  /** Settles when the server is gone, asked to or not. */
  readonly exited: Promise<unknown>
  /** Ends the filling: the server starts anew under the same addresses as everybody has it. Nobody may be connected. */
  filled: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * PostgreSQL with real durability, our database in it at this version, and fresh logins.
 * @param filling while much is written into it for the first time, until `filled`
 */
export async function startDatabase(dataDir: string, { filling = false } = {}): Promise<Database> {
  let postgres = await startPostgres({ dataDir, durable: true, filling })
  try {
    await create(postgres.url)
    const ownerUrl = Object.assign(new URL(postgres.url), { pathname: NAME }).href
    await prepareDatabase(ownerUrl)
    const logins = await renewLogins(ownerUrl)
    return {
      appUrl: urlFor(ownerUrl, logins.app),
      jobsUrl: urlFor(ownerUrl, logins.jobs),
      lakeUrl: urlFor(ownerUrl, logins.lake),
      ownerUrl,
      get exited() {
        return postgres.exited
      },
      async filled() {
        const { port } = postgres
        await postgres.stop()
        postgres = await startPostgres({ dataDir, port, durable: true })
      },
      stop: () => postgres.stop(),
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function create(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME])
    if (!rowCount) await client.query(`create database ${NAME}`)
  } finally {
    await client.end()
  }
}
