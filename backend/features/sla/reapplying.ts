import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../../context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { judgeStale, rejudge } from './keeping/rejudging.ts'
import { BEGINNING } from './keeping/stale.ts'
import { REAPPLY } from './queueing.ts'

/** Small enough that nobody notices the locks, large enough that a thousand tickets are soon done. */
const AT_ONCE = 400
/** A job goes on with another one, so that other work gets its turn. */
const BATCHES = 25
/** So many in a second are enough; the rest of the time belongs to whoever looks at a queue. */
const PER_SECOND = 5_500
/** On a slow or busy machine too it rests for this share of what a batch took. */
const REST = 0.1

/**
 * Judges open tickets by the rules of today, those that were judged by older ones, a few hundred in a transaction. The version that a
 * clock was judged by says what is left, after a crash too, so nobody waits for the disk; a ticket that somebody holds is left for the next
 * round.
 */
export async function reapply(ctx: Ctx, workspaceId: string): Promise<void> {
  let from = BEGINNING
  for (let batch = 0; batch < BATCHES; batch++) {
    const started = performance.now()
    const judged = await inWorkspace(ctx, workspaceId, (tx) => judgeStale(ctx, tx, from, AT_ONCE), { repeats: true })
    if (judged === null && from === BEGINNING) return
    from = judged?.last ?? BEGINNING // some may have been held when it came by
    const took = performance.now() - started
    if (judged) await pause(Math.max(took * REST, (judged.done / PER_SECOND) * 1_000 - took))
  }
  await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, REAPPLY, {}, { key: `${REAPPLY.name}:${workspaceId}` }))
}

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
  await rejudge(
    ctx,
    tx,
    rows.map(({ id }) => id),
  )
  return rows.length === ADOPTED_AT_ONCE ? (rows.at(-1)?.id ?? null) : null
}
