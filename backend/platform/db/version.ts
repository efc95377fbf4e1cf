import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

const OURS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

/**
 * Which migrations of this version a database lacks, oldest first.
 * @param pool of the app's login
 * @throws pg.DatabaseError 42P01 when the database was never prepared
 */
export async function missingMigrations(pool: pg.Pool): Promise<string[]> {
  const entries = await readdir(OURS, { withFileTypes: true })
  const { rows } = await pool.query<{ name: string }>(
    'select migration_name as name from public._prisma_migrations where finished_at is not null',
  )
  const done = new Set(rows.map(({ name }) => name))
  return entries
    .filter((entry) => entry.isDirectory() && !done.has(entry.name))
    .map(({ name }) => name)
    .sort()
}
