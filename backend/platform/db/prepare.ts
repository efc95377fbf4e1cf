import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { migrate } from './migrations.ts'

/**
 * Brings an existing database to this version: our migrations, then the job queue's schema, which belongs to `desk_jobs` so that
 * workers need no other right. Takes an owner's URL; returns the names of our migrations applied now. Throws MigrationRefused.
 */
export async function prepareDatabase(ownerUrl: string): Promise<{ applied: string[] }> {
  const result = await migrate(ownerUrl)
  await installQueue(ownerUrl)
  await makePartitions(ownerUrl)
  return result
}

async function installQueue(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`do $$ begin
      execute format('grant create on database %I to desk_jobs', current_database());
      execute format('grant desk_jobs to %I', current_user);
      grant select (migration_name, finished_at) on public._prisma_migrations to desk_app;
    end $$`)
  } finally {
    await client.end()
  }
  const asJobs = new URL(ownerUrl)
  asJobs.searchParams.set('options', '-c role=desk_jobs')
  await runMigrations({ connectionString: asJobs.href })
}

/** A row that came before its month's partition would keep that partition from ever being made. */
async function makePartitions(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select app.ensure_partitions($1)', [new Date()])
  } finally {
    await client.end()
  }
}
