import { existsSync } from 'node:fs'
import { prepareDatabase } from '../../../backend/platform/db/prepare.ts'
import { type Logins, renewLogins, urlFor } from '../../../workbench/postgres/logins.ts'
import { type Postgres, placeOf, startPostgres } from '../../../workbench/postgres.ts'
import { runOnServer } from '../test-server.ts'

export type DatabaseUrls = { owner: string; app: string; jobs: string; lake: string }

export type DurableDatabase = { postgres: Postgres; urls: DatabaseUrls; fresh: boolean }

const NAME = 'desk'

/** PostgreSQL with its own durability defaults and a migrated database. Data that is there is used again. */
export async function startDurableDatabase(dataDir: string): Promise<DurableDatabase> {
  const fresh = !existsSync(placeOf(dataDir))
  const postgres = await startPostgres({ dataDir, durable: true })
  if (fresh) await runOnServer(postgres.url, `create database ${NAME}`)
  const owner = Object.assign(new URL(postgres.url), { pathname: NAME }).href
  await prepareDatabase(owner)
  return { postgres, urls: urlsOf(owner, await renewLogins(postgres.url)), fresh }
}

const urlsOf = (owner: string, logins: Logins): DatabaseUrls => ({
  owner,
  app: urlFor(owner, logins.app),
  jobs: urlFor(owner, logins.jobs),
  lake: urlFor(owner, logins.lake),
})
