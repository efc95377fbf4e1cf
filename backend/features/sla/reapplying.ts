import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { judgeAgain, rejudge } from './keeping/rejudging.ts'
import { REAPPLY } from './queueing.ts'

/** Small enough that nobody notices the locks, large enough that a thousand tickets are soon done. */
const AT_ONCE = 200
/** A job goes on with another one, so that other work gets its turn. */
const BATCHES = 50
/** After a batch it rests for this share of what the batch took, so that whoever looks at a queue meanwhile is not behind it. */
const REST = 0.25

/**
 * Judges open tickets by the rules of today, those that were judged by older ones, a few hundred in a transaction. The version that a
 * clock was judged by is the place where it goes on, after a crash too; a ticket that somebody holds is left for the next round.
 */
export async function reapply(ctx: Ctx, workspaceId: string): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const started = performance.now()
    const done = await inWorkspace(ctx, workspaceId, async (tx) => {
      const stale = await tx.$queryRaw<{ id: string }[]>(staleSql(workspaceId, AT_ONCE))
      await judgeAgain(ctx, tx, idsOf(stale))
      return stale.length
    })
    if (done === 0) return
    await pause((performance.now() - started) * REST)
  }
  await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, REAPPLY, {}, { key: REAPPLY.name }))
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

/** Tickets that an older version judged; exported so that a test can ask PostgreSQL for its plan. */
export const staleSql = (workspaceId: string, limit: number): Prisma.Sql => Prisma.sql`
  select t.id::text from (
    select k.ticket_id from desk.sla_clock k
    where k.workspace_id = ${workspaceId}::uuid and k.state <> 'ended'
      and k.rules_version < (select version from desk.sla_setting where workspace_id = ${workspaceId}::uuid)
    order by k.rules_version, k.ticket_id limit ${limit}) stale
  join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = stale.ticket_id
  order by t.id for no key update of t skip locked`

const ADOPTED_AT_ONCE = 100

/** Tickets that were open before there were clocks get theirs, from the record. */
export async function adopt(ctx: Ctx, workspaceId: string): Promise<void> {
  for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null; )
    after = await inWorkspace(ctx, workspaceId, (tx) => adoptSome(ctx, tx, after ?? ''))
}

/** @returns where to go on; null when all have theirs */
async function adoptSome(ctx: Ctx, tx: Tx, after: string): Promise<string | null> {
  const { workspaceId } = tx
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text from desk.ticket t
    where t.workspace_id = ${workspaceId}::uuid and t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null
      and t.id > ${after}::uuid and not exists (select from desk.sla_clock k where k.workspace_id = t.workspace_id and k.ticket_id = t.id)
    order by t.id limit ${ADOPTED_AT_ONCE} for no key update of t`
  await rejudge(ctx, tx, idsOf(rows))
  return rows.length === ADOPTED_AT_ONCE ? (rows.at(-1)?.id ?? null) : null
}
