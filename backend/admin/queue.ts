import type { Ctx } from '../context.ts'
import { ALIVE } from '../platform/alive.ts'

/** Worker pools that hold their session lock right now; any login may look. */
export async function livingWorkers({ pool }: Pick<Ctx, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from pg_locks where locktype = 'advisory' and granted and classid = $1
       and database = (select oid from pg_database where datname = current_database())`,
    [ALIVE],
  )
  return rows[0]?.count ?? 0
}
