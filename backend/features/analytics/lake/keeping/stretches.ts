import type pg from 'pg'
import type { Family } from '../sources/families.ts'
import { FIRST_ID, type Scope, type Stretch, type Thing } from '../sources/scope.ts'

/** So many things are read at once: what lies on disk and in memory meanwhile does not grow with the desk. */
const AT_ONCE = 40_000
const SOME_AT_ONCE = 20_000
const COUNTED_AT_ONCE = 250

/** Named things, in lists that fit into a statement. */
export function* listsOf(things: readonly Thing[]): Generator<Scope & { some: unknown }> {
  for (let from = 0; from < things.length; from += SOME_AT_ONCE) yield { some: things.slice(from, from + SOME_AT_ONCE) }
}

/** All things of a family in these workspaces: small workspaces together, large ones in stretches. */
export async function* stretchesOf(
  client: pg.ClientBase,
  { ids }: Pick<Family, 'ids'>,
  workspaceIds: readonly string[],
): AsyncGenerator<Stretch> {
  const whole = (together: readonly Counted[]): Stretch => ({
    workspaceIds: together.map(({ id }) => id),
    sizes: together.map(({ count }) => count),
    from: FIRST_ID,
    before: null,
  })
  let together: Counted[] = []
  let sum = 0
  for await (const counted of countsOf(client, ids.table, workspaceIds)) {
    const { id, count } = counted
    if (count > AT_ONCE && ids.id !== null) {
      yield* stretchesIn(client, { table: ids.table, column: ids.id }, id)
      continue
    }
    if (sum + count > AT_ONCE && together.length > 0) {
      yield whole(together)
      together = []
      sum = 0
    }
    together.push(counted)
    sum += count
  }
  if (together.length > 0) yield whole(together)
}

type Counted = { id: string; count: number }

/** Only whether a workspace fits into a stretch has to be known: to count all of a large one takes PostgreSQL seconds. */
async function* countsOf(
  client: pg.ClientBase,
  table: string,
  workspaceIds: readonly string[],
): AsyncGenerator<Counted> {
  const sorted = [...workspaceIds].sort()
  for (let from = 0; from < sorted.length; from += COUNTED_AT_ONCE) {
    const { rows } = await client.query<Counted>(
      `select w.id::text as id, n.count from unnest($1::uuid[]) as w (id)
       cross join lateral (select count(*)::float8 as count from
         (select from desk.${table} t where t.workspace_id = w.id limit ${AT_ONCE + 1}) as counted) as n
       where n.count > 0 order by w.id`,
      [sorted.slice(from, from + COUNTED_AT_ONCE)],
    )
    yield* rows
  }
}

async function* stretchesIn(
  client: pg.ClientBase,
  { table, column }: { table: string; column: string },
  workspaceId: string,
): AsyncGenerator<Stretch> {
  for (let from: string | null = FIRST_ID; from !== null; ) {
    const before = await placeAfter(client, { table, column }, { workspaceId, from, many: AT_ONCE })
    yield { workspaceIds: [workspaceId], sizes: [AT_ONCE], from, before }
    from = before
  }
}

/** The id that comes so many things later; null when there is none. The index knows it, if it is asked for in its own order. */
export async function placeAfter(
  client: pg.ClientBase,
  { table, column }: { table: string; column: string },
  { workspaceId, from, many }: { workspaceId: string; from: string; many: number },
): Promise<string | null> {
  const { rows } = await client.query<{ place: string }>(
    `select t.${column}::text as place from desk.${table} t where t.workspace_id = $1 and t.${column} >= $2
     order by t.${column} offset ${many} limit 1`,
    [workspaceId, from],
  )
  return rows[0]?.place ?? null
}
