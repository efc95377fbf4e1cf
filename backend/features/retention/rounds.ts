import type { ErasureReason, ForgettingRun, RetentionMode } from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue } from '../../platform/jobs.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { forgettingEnded, forgettingStarted } from './events.ts'
import { type Counts, sumOf } from './forgotten-words.ts'

/** The job that goes on with a round. */
export const FORGET = { name: 'retention:forget', maxAttempts: 25 }

export type Stage = 'tickets' | 'loose_mails' | 'loose_words' | 'customer' | 'end'

export type Round = {
  id: string
  kind: 'retention' | 'erasure'
  mode: RetentionMode
  state: 'running' | 'done' | 'stopped'
  customerId: string | null
  reason: ErasureReason | null
  byKind: 'staff' | 'key' | 'system'
  byId: string | null
  before: Date | null
  stage: Stage
  placeAt: Date | null
  placeId: string | null
  counts: Counts
  failed: number
  failures: { id: string; problem: string }[]
  startedAt: Date
  endedAt: Date | null
}

type Wish = Pick<Round, 'kind' | 'mode' | 'customerId' | 'reason' | 'before'> & { by: Pick<Actor, 'kind' | 'id'> }

/** Begins a round, unless one of its kind is under way; that one is taken up again, should its job have been given up. @returns the one that is */
export async function startRound(tx: Tx, { by, ...wish }: Wish): Promise<Round> {
  const id = newId(tx.now)
  const made = await tx.$executeRaw`
    insert into desk.forgetting_run (workspace_id, id, kind, mode, state, customer_id, reason, by_kind, by_id, before, stage, started_at)
    values (${tx.workspaceId}::uuid, ${id}::uuid, ${wish.kind}, ${wish.mode}, 'running', ${wish.customerId}::uuid, ${wish.reason}, ${by.kind}, ${by.id}::uuid,
      ${wish.before}, 'tickets', ${tx.now})
    on conflict do nothing`
  const [round] = await tx.$queryRaw<Round[]>`
    ${ROUND} where workspace_id = ${tx.workspaceId}::uuid and state = 'running' and kind = ${wish.kind}
      and customer_id is not distinct from ${wish.customerId}::uuid`
  if (!round) throw new Error('A round was begun and is not there')
  if (made === 1) {
    const { kind, customerId, reason } = wish
    await record(tx, [forgettingStarted({ runId: id, kind, customerId, reason, by })])
  }
  await goOnSoon(tx, round.id)
  return round
}

/** Has a round gone on with. */
export const goOnSoon = (tx: Tx, runId: string): Promise<void> =>
  enqueue(tx, FORGET, { runId }, { key: `forget:${runId}` })

/** Has each round gone on with that is not over: a job that failed for three days is not tried again by itself. */
export async function takeUpRounds(tx: Tx): Promise<void> {
  const where = { workspaceId: tx.workspaceId, state: 'running' }
  for (const { id } of await tx.forgettingRun.findMany({ where, select: { id: true } })) await goOnSoon(tx, id)
}

const ROUND = Prisma.sql`
  select id::text, kind, mode, state, customer_id::text as "customerId", reason, by_kind as "byKind", by_id::text as "byId", before, stage,
    place_at as "placeAt", place_id as "placeId", counts, failed, failures, started_at as "startedAt", ended_at as "endedAt"
  from desk.forgetting_run`

/** Takes a round for going on with it: two workers never do the same piece. */
export async function lockRound(tx: Tx, runId: string): Promise<Round> {
  const [round] = await tx.$queryRaw<Round[]>`
    ${ROUND} where workspace_id = ${tx.workspaceId}::uuid and id = ${runId}::uuid for update`
  if (!round) throw new DeskError('not_found', 'There is no such report in your workspace.')
  return round
}

export async function roundIn(tx: Tx, runId: string): Promise<Round> {
  const [round] = await tx.$queryRaw<
    Round[]
  >`${ROUND} where workspace_id = ${tx.workspaceId}::uuid and id = ${runId}::uuid`
  if (!round) throw new DeskError('not_found', 'There is no such report in your workspace.')
  return round
}

/** What a piece did. */
export type Piece = {
  stage: Stage
  place: { at: Date | null; id: string | null }
  counts: Counts
  failures: { id: string; problem: string }[]
}

const MOST_TOLD = 50

/** Writes what a piece did, in the transaction that did it: a round that is cut off goes on right behind it. */
export async function keepPiece(tx: Tx, round: Round, piece: Piece): Promise<void> {
  const ends = piece.stage === 'end'
  const failed = round.failed + piece.failures.length
  const failures = [...round.failures, ...piece.failures].slice(0, MOST_TOLD)
  await tx.forgettingRun.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: round.id } },
    data: {
      stage: piece.stage,
      placeAt: piece.place.at,
      placeId: piece.place.id,
      counts: sumOf(round.counts, piece.counts),
      failed,
      failures,
      ...(ends && { state: 'done', endedAt: tx.now }),
    },
  })
  const { id: runId, kind, customerId } = round
  if (ends) await record(tx, [forgettingEnded({ runId, kind, customerId, failed, by: byOf(round) })])
}

export const byOf = ({ byKind, byId }: Pick<Round, 'byKind' | 'byId'>): Pick<Actor, 'kind' | 'id'> =>
  ({ kind: byKind, id: byId }) as Pick<Actor, 'kind' | 'id'>

const LIST = 'forgetting-runs'

/** Reports, newest first. */
export async function listRounds(ctx: Ctx, tx: Tx, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const list = `${LIST}/${tx.workspaceId}`
  const rows = await tx.$queryRaw<Round[]>(roundsSql(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(presentRound),
    next: last ? packCursor(ctx.signer, list, [last.startedAt.toISOString(), last.id]) : null,
  }
}

/** Exported so that a test can look at its plan. */
export function roundsSql(workspaceId: string, place: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [at, id] = place ?? []
  return Prisma.sql`${ROUND} where workspace_id = ${workspaceId}::uuid
    ${place ? Prisma.sql`and (started_at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by started_at desc, id desc limit ${limit}`
}

export const presentRound = (round: Round): ForgettingRun => ({
  id: round.id,
  kind: round.kind,
  mode: round.mode,
  state: round.state,
  customerId: round.customerId,
  reason: round.reason,
  by: { kind: round.byKind, id: round.byId },
  before: round.before?.toISOString() ?? null,
  counts: round.counts,
  failed: round.failed,
  failures: round.failures,
  startedAt: round.startedAt.toISOString(),
  endedAt: round.endedAt?.toISOString() ?? null,
})
