import type pg from 'pg'
import type { Prisma } from '../generated/prisma/client.ts'
import { hashOf } from './crypto.ts'
import type { Box, Keyring } from './keyring.ts'
import { askInOneTrip } from './one-trip.ts'
import { inWorkspace, type TenancyContext } from './tenancy.ts'

/** Names of statements by their text; hot views are few, so the table stays small. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `ask${hashOf(text).slice(0, 24)}`
  names.set(text, name)
  return name
}

/** Hot views go by key, so one plan is right for every value, and planning would cost more than reading. */
const ENTER =
  "select set_config('app.workspace_id', $1, true), set_config('transaction_read_only', 'on', true), set_config('plan_cache_mode', 'force_generic_plan', true)"

/**
 * One reading statement inside one workspace, in a read-only transaction of its own: the way for hot views, in one trip where
 * `inWorkspace` takes four. Row-level security sees this workspace and no other, as there.
 * @param workspaceId UUID; comes from the actor or the directory, never from a request's body
 * @param sql one of few texts that look rows up by key: each is kept as a prepared statement with one plan on every connection
 */
export const askWorkspace = <Row>(ctx: { pool: pg.Pool }, workspaceId: string, sql: Prisma.Sql): Promise<Row[]> =>
  onConnection(ctx.pool, (client) => askOn<Row>(client, workspaceId, sql))

async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    return await work(client)
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error)) // the connection goes too: it may not know the statements
    throw error
  } finally {
    client.release(broken)
  }
}

function askOn<Row>(client: pg.PoolClient, workspaceId: string, { text, values }: Prisma.Sql): Promise<Row[]> {
  const enter = { name: 'enter', text: ENTER, values: [workspaceId] }
  return askInOneTrip<Row>(client, enter, { name: nameOf(text), text, values })
}

/** A workspace and a person that are not there. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Has every connection for hot views opened, and what will be asked planned on it: otherwise the first who ask wait for that, up to
 * 50 ms of a processor for each statement on each connection.
 * @param statements as they will be asked, about `NOBODY`, so that they find nothing
 * @param ms after which no further statement is begun
 * @returns how many statements were planned, on all connections together
 */
export async function planAhead(
  ctx: { pool: pg.Pool },
  statements: readonly Prisma.Sql[],
  ms: number,
): Promise<number> {
  const ends = performance.now() + ms
  const planOn = async (client: pg.PoolClient): Promise<number> => {
    let planned = 0
    for (const sql of statements) {
      if (performance.now() > ends) break
      await askOn(client, NOBODY, sql)
      planned++
    }
    return planned
  }
  const connections = Array.from({ length: ctx.pool.options.max }, () => onConnection(ctx.pool, planOn))
  return (await Promise.all(connections)).reduce((all, planned) => all + planned, 0)
}

/** Opens what `askWorkspace` reads. The keys are read first when this process does not hold them. */
export async function boxFor(ctx: TenancyContext & { keyring: Keyring }, workspaceId: string): Promise<Box> {
  const held = ctx.keyring.held(workspaceId, ctx.clock.now())
  return held ?? inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx), { reads: true })
}

/** One statement about no workspace: the directory's functions, which return ids. */
export async function askDirectory<Row>(ctx: { pool: pg.Pool }, sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await ctx.pool.query({ name: nameOf(sql.text), text: sql.text, values: sql.values })
  return rows
}
