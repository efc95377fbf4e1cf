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
export async function askWorkspace<Row>(ctx: { pool: pg.Pool }, workspaceId: string, sql: Prisma.Sql): Promise<Row[]> {
  const client = await ctx.pool.connect()
  let broken: Error | undefined
  try {
    const enter = { name: 'enter', text: ENTER, values: [workspaceId] }
    return await askInOneTrip<Row>(client, enter, { name: nameOf(sql.text), text: sql.text, values: sql.values })
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error)) // the connection goes too: it may not know the statements
    throw error
  } finally {
    client.release(broken)
  }
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
