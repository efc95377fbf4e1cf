import type { Tx } from '../../../backend/platform/tenancy.ts'

/** Rows that came from whole tables, and rows that came by an index. */
export type Reads = { whole: number; byIndex: number }

/** What this connection has read of some tables and not reported yet, by PostgreSQL's own count. */
async function readsSoFar(tx: Tx, tables: readonly string[]): Promise<Reads> {
  const [reads] = await tx.$queryRaw<Reads[]>`
    select sum(seq_tup_read)::int as whole, sum(coalesce(idx_tup_fetch, 0))::int as "byIndex" from pg_stat_xact_user_tables
    where schemaname = 'desk' and relname like any (${[...tables]})`
  if (!reads) throw new Error(`There is no table of ${tables.join(', ')}`)
  return reads
}

/**
 * What an act reads of some tables: for acts of several statements, where a plan would tell of one.
 * @param tables names, or patterns as of `like`
 */
export async function readsOf<T>(
  tx: Tx,
  tables: readonly string[],
  ask: () => Promise<T>,
): Promise<Reads & { found: T }> {
  const before = await readsSoFar(tx, tables)
  const found = await ask()
  const after = await readsSoFar(tx, tables)
  return { found, whole: after.whole - before.whole, byIndex: after.byIndex - before.byIndex }
}
