import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** A database that cannot be brought to this version; the message names the migration and what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused'
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Row {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

const OURS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

/**
 * Brings the database to this version: applies every folder of prisma/migrations that it lacks, each whole or not at all.
 * Takes the URL of an owner that may create schemas and roles; returns the names applied now. Starters wait for each other.
 * Throws MigrationRefused when a migration fails, was edited after it was applied, or is missing here.
 */
export async function migrate(ownerUrl: string, folder: string = OURS): Promise<{ applied: string[] }> {
  const wanted = await readMigrations(folder)
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sidedesk migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
    const done = await readHistory(client)
    refuseDivergence(wanted, done)
    const missing = wanted.filter(({ name }) => !done.some((row) => row.migration_name === name))
    for (const migration of missing) await apply(client, migration)
    return { applied: missing.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}

/** The key that Prisma's own migrate takes, so that neither runs while the other does. */
const PRISMA_LOCK = 72707369

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function readHistory(client: pg.Client): Promise<Row[]> {
  await client.query(`create table if not exists public._prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0
  )`)
  const { rows } = await client.query<Row>(
    'select migration_name, checksum, finished_at from public._prisma_migrations where rolled_back_at is null',
  )
  return rows
}

/** A database that is ahead is fine: while a new version is rolled out the old one still starts. */
function refuseDivergence(wanted: Migration[], done: Row[]) {
  const newest = wanted.at(-1)?.name ?? ''
  for (const { migration_name: name, checksum, finished_at } of done) {
    const ours = wanted.find((migration) => migration.name === name)
    if (!finished_at)
      throw new MigrationRefused(
        `Migration ${name} failed earlier and is half applied: repair it, then delete its row.`,
      )
    if (!ours && name < newest)
      throw new MigrationRefused(`Migration ${name} was applied to this database but is not in this version.`)
    if (ours && ours.checksum !== checksum)
      throw new MigrationRefused(`Migration ${name} was edited after it was applied. Write a new one.`)
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query(
      `insert into public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
    await client.query('reset all')
  } catch (cause) {
    throw new MigrationRefused(`Migration ${name} failed and changed nothing: ${explain(cause, sql)}`, { cause })
  }
}

function explain(cause: unknown, sql: string): string {
  if (!(cause instanceof pg.DatabaseError)) return String(cause)
  const line = cause.position && sql.slice(0, Number(cause.position)).split('\n').length
  return [cause.message, line && `(line ${line})`, cause.detail, cause.where].filter(Boolean).join(' ')
}
