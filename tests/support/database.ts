import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { urlFor } from '../../workbench/postgres/logins.ts'
import { announced, runOnServer, TEMPLATE } from './test-server.ts'

export interface TestDatabase {
  /** As the backend connects: an ordinary role that owns nothing. */
  url: string
  jobsUrl: string
  lakeUrl: string
  /** As the superuser, for what only an operator may do. */
  ownerUrl: string
  drop: () => Promise<void>
}

/** A migrated, empty database of its own, cloned from the run's template. */
export async function createDatabase(): Promise<TestDatabase> {
  const { url, logins } = announced()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOnServer(url, `create database ${name} template ${TEMPLATE} strategy file_copy`)
  const ownerUrl = Object.assign(new URL(url), { pathname: name }).href
  return {
    url: urlFor(ownerUrl, logins.app),
    jobsUrl: urlFor(ownerUrl, logins.jobs),
    lakeUrl: urlFor(ownerUrl, logins.lake),
    ownerUrl,
    drop: () => runOnServer(url, `drop database ${name} with (force)`),
  }
}

/** A connection of the superuser, whom no rule of ours stops; whoever asks for it ends it. */
export async function ownerOf({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  return owner
}
