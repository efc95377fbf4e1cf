import type pg from 'pg'
import type { Family } from '../sources/families.ts'
import { FIRST_ID, type Scope, type Thing } from '../sources/scope.ts'

/** So many things are read at once: what lies on disk and in memory meanwhile does not grow with the desk. */
const AT_ONCE = 40_000
const SOME_AT_ONCE = 20_000

/** Named things, in lists that fit into a statement. */
export function* listsOf(things: readonly Thing[]): Generator<Scope & { some: unknown }> {
  for (let from = 0; from < things.length; from += SOME_AT_ONCE) yield { some: things.slice(from, from + SOME_AT_ONCE) }
}

/** All things of a family in these workspaces: small workspaces together, large ones in stretches. */
export async function* stretchesOf(
  client: pg.ClientBase,
  { ids }: Family,
  workspaceIds: readonly string[],
): AsyncGenerator<Scope> {
  const { rows } = await client.query<{ id: string; count: number }>(
    `select workspace_id::text as id, count(*)::float8 as count from desk.${ids.table} where workspace_id = any($1) group by 1 order by 1`,
    [workspaceIds],
  )
  let together: string[] = []
  let sum = 0
  for (const { id, count } of rows) {
    if (count > AT_ONCE && ids.id !== null) {
      yield* stretchesIn(client, { table: ids.table, column: ids.id }, id)
      continue
    }
    if (sum + count > AT_ONCE) {
      yield { workspaceIds: together, from: FIRST_ID, before: null }
      together = []
      sum = 0
    }
    together.push(id)
    sum += count
  }
  if (together.length > 0) yield { workspaceIds: together, from: FIRST_ID, before: null }
}

async function* stretchesIn(
  client: pg.ClientBase,
  { table, column }: { table: string; column: string },
  workspaceId: string,
): AsyncGenerator<Scope> {
  for (let from: string | null = FIRST_ID; from !== null; ) {
    const { rows }: { rows: { id: string }[] } = await client.query(
      `select ${column}::text as id from desk.${table} where workspace_id = $1 and ${column} >= $2 order by ${column} offset ${AT_ONCE} limit 1`,
      [workspaceId, from],
    )
    const before: string | null = rows[0]?.id ?? null
    yield { workspaceIds: [workspaceId], from, before }
    from = before
  }
}
