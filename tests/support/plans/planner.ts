import pg from 'pg'
import type { Prisma } from '../../../backend/generated/prisma/client.ts'
import type { TestDatabase } from '../database.ts'
import { flat, type PlanNode } from './nodes.ts'

export type Planner = Awaited<ReturnType<typeof plannerOf>>

/** Asks as the app does, in one workspace, and tells how PostgreSQL went about it. */
export async function plannerOf({ url }: TestDatabase, workspaceId: string) {
  const app = new pg.Client({ connectionString: url })
  await app.connect()
  await app.query(`select set_config('app.workspace_id', $1, false)`, [workspaceId])
  return {
    app,
    /** Runs a statement and takes back what it wrote. @returns every step, the last one first */
    async plan({ text, values }: Prisma.Sql): Promise<PlanNode[]> {
      await app.query('begin')
      const { rows } = await app.query(`explain (analyze, format json, timing off) ${text}`, values as unknown[])
      await app.query('rollback')
      return flat(rows[0]['QUERY PLAN'][0].Plan)
    },
    /** The same for a prepared statement, planned for any values of its parameters (hot views, and what stores and files mails) or for these. */
    async planPrepared(
      { text, values }: Prisma.Sql,
      mode: 'force_generic_plan' | 'force_custom_plan',
    ): Promise<PlanNode[]> {
      await app.query(`select set_config('plan_cache_mode', $1, false)`, [mode])
      await app.query(`prepare asked as ${text}`)
      await app.query('begin')
      const { rows } = await app.query(
        `explain (analyze, format json, timing off) execute asked (${values.map(literal).join(', ')})`,
      )
      await app.query('rollback')
      await app.query('deallocate asked')
      return flat(rows[0]['QUERY PLAN'][0].Plan)
    },
    end: () => app.end(),
  }
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `'{${value.map((one) => one ?? 'null').join(',')}}'`
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}
