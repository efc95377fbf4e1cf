import { z } from 'zod'
import type { BulkWish } from '../../../../shared/bulk-acts.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { bulkActEnded, bulkActUndone } from '../events.ts'
import { actOn, State, takeBack } from './acting.ts'
import { doerOf } from './doers.ts'
import { RUN, UNDO } from './queueing.ts'
import type { Outcome } from './rows.ts'

/** So many tickets are locked at once, for a fraction of a second; what many are merged into is slow, because it remembers all of them. */
const atOnce = ({ kind }: BulkWish): number => (kind === 'merge' ? 5 : 20)

type Row = { position: number; ticketId: string; before: unknown; after: unknown }
type Ended = { position: number; outcome: Outcome; reason: string | null; before?: State; after?: State }
type Doing = { bulkActId: string; state: 'running' | 'undoing'; wish: BulkWish }
type Step = (tx: Tx, row: Row, wish: BulkWish, by: Actor) => Promise<Omit<Ended, 'position'>>

/** Does to each ticket what was wanted, a few in each transaction: a worker that dies loses none of what it has written. */
export const runBulk = job(
  RUN.name,
  z.object({ bulkActId: z.uuid() }),
  (ctx: Ctx, workspaceId, { bulkActId }) =>
    everyBatch(ctx, workspaceId, { bulkActId, state: 'running' }, async (tx, { ticketId }, wish, by) => {
      const changed = await actOn(tx, ticketId, wish, by)
      return changed ? { outcome: 'done', reason: null, ...changed } : { outcome: 'unchanged', reason: null }
    }),
  RUN,
)

/** Takes back what was done, ticket by ticket. */
export const undoBulk = job(
  UNDO.name,
  z.object({ bulkActId: z.uuid(), byId: z.uuid() }),
  (ctx: Ctx, workspaceId, { bulkActId, byId }) =>
    everyBatch(ctx, workspaceId, { bulkActId, state: 'undoing', byId }, async (tx, row, wish, by) => {
      const [before, after] = [State.parse(row.before), State.parse(row.after)]
      const left = await takeBack(tx, { ticketId: row.ticketId, wish, before, after }, by)
      return left === null ? { outcome: 'undone', reason: null } : { outcome: 'left', reason: left }
    }),
  UNDO,
)

type Which = { bulkActId: string; state: 'running' | 'undoing'; byId?: string }

async function everyBatch(ctx: Ctx, workspaceId: string, which: Which, step: Step): Promise<void> {
  for (let more = true; more; ) more = await inWorkspace(ctx, workspaceId, (tx) => oneBatch(tx, which, step))
}

/** @returns whether there may be more */
async function oneBatch(tx: Tx, { bulkActId, state, byId }: Which, step: Step): Promise<boolean> {
  const [act] = await tx.$queryRaw<{ wish: BulkWish; byId: string }[]>`
    select wish, by_id::text as "byId" from desk.bulk_act
    where workspace_id = ${tx.workspaceId}::uuid and id = ${bulkActId}::uuid and state = ${state} for update`
  if (!act) return false // another worker ended it
  const by = await doerOf(tx, byId ?? act.byId)
  const most = atOnce(act.wish)
  const rows = await nextOf(tx, bulkActId, state, most)
  const ended: Ended[] = []
  for (const row of rows) ended.push(await one(tx, row, { bulkActId, state, wish: act.wish }, by, step))
  await writeEnded(tx, bulkActId, ended)
  if (rows.length === most) return true
  await end(tx, bulkActId, state, by)
  return false
}

/** In the order of their ids: two acts on the same tickets wait for each other, and never for ever. */
async function nextOf(tx: Tx, bulkActId: string, state: 'running' | 'undoing', most: number): Promise<Row[]> {
  const outcome = state === 'running' ? Prisma.sql`outcome = 'planned'` : Prisma.sql`outcome = 'done'`
  return tx.$queryRaw<Row[]>`
    select position, ticket_id::text as "ticketId", before, after from (
      select * from desk.bulk_act_ticket where workspace_id = ${tx.workspaceId}::uuid and bulk_act_id = ${bulkActId}::uuid and ${outcome}
      order by position limit ${most}) batch
    order by ticket_id`
}

async function one(tx: Tx, row: Row, { state, wish }: Doing, by: Actor | null, step: Step): Promise<Ended> {
  const { position } = row
  const refused = state === 'running' ? 'failed' : 'left'
  if (by === null) return { position, outcome: refused, reason: 'Who began this does not work on tickets any more.' }
  try {
    return { position, ...(await step(tx, row, wish, by)) }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { position, outcome: refused, reason: error.message } // refused before anything was written
  }
}

const writeEnded = (tx: Tx, bulkActId: string, ended: readonly Ended[]): Promise<number> => tx.$executeRaw`
  update desk.bulk_act_ticket b set outcome = e.outcome, reason = e.reason, before = coalesce(e.before, b.before), after = coalesce(e.after, b.after)
  from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as e (position int, outcome text, reason text, before jsonb, after jsonb)
  where b.workspace_id = ${tx.workspaceId}::uuid and b.bulk_act_id = ${bulkActId}::uuid and b.position = e.position`

async function end(tx: Tx, bulkActId: string, state: 'running' | 'undoing', by: Actor | null): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: bulkActId } }
  const counts = await countsOf(tx, bulkActId)
  const doer: Fact['by'] = by ?? { kind: 'system', id: null }
  if (state === 'running') {
    await tx.bulkAct.update({ where, data: { state: 'done', endedAt: tx.now }, select: { id: true } })
    await record(tx, [bulkActEnded({ bulkActId, done: counts.done ?? 0, failed: counts.failed ?? 0, by: doer })])
  } else {
    await tx.bulkAct.update({ where, data: { state: 'undone', undoneAt: tx.now }, select: { id: true } })
    await record(tx, [bulkActUndone({ bulkActId, undone: counts.undone ?? 0, left: counts.left ?? 0, by: doer })])
  }
}

async function countsOf(tx: Tx, bulkActId: string): Promise<Partial<Record<Outcome, number>>> {
  const rows = await tx.bulkActTicket.groupBy({
    by: ['outcome'],
    where: { workspaceId: tx.workspaceId, bulkActId },
    _count: true,
  })
  return Object.fromEntries(rows.map(({ outcome, _count }) => [outcome, _count]))
}
