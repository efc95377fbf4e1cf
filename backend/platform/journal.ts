import type { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import { DeskError } from './errors.ts'
import type { Box, Keyring } from './keyring.ts'
import { inWorkspace, type TenancyContext, type Tx } from './tenancy.ts'

/** One kind of thing done in another system. It can look for its own earlier work, so that a crash never doubles it. */
export type Effect<Request, Result, C> = {
  kind: string
  request: z.ZodType<Request>
  result: z.ZodType<Result>
  /** Does it. Outside any transaction. */
  run(ctx: C, entry: Entry<Request>): Promise<Result>
  /** Did an earlier attempt happen? Asked before anything is sent again. */
  find(ctx: C, entry: Entry<Request>): Promise<Result | null>
  /** The words of a refusal by `run` that no retry can change; null for anything else, which may have happened all the same. */
  refusal(error: unknown): string | null
  /** What follows from a refusal, in the transaction that writes it down. */
  refused(tx: Tx, entry: Entry<Request>, words: string): Promise<void>
  /** What follows from it, in the transaction that marks it done. */
  settle(ctx: C, tx: Tx, entry: Entry<Request>, result: Result): Promise<void>
}

export type Entry<Request> = {
  workspaceId: string
  id: string
  ticketId: string | null
  by: Pick<Actor, 'kind' | 'id'>
  request: Request
  plannedAt: Date
}

export type EntryState = 'planned' | 'running' | 'done' | 'refused' | 'unknown'

type JournalContext = TenancyContext & { keyring: Keyring; clock: Clock }

/** An attempt that has not ended after this is taken for dead. */
const LEASE_MS = 10 * 60_000

/**
 * Writes down what will be done, exactly, before any socket opens.
 * @param wanted.id chosen by the caller, because it is the key outside too
 */
export async function plan<Request>(
  tx: Tx,
  box: Box,
  { kind }: Pick<Effect<Request, never, never>, 'kind'>,
  wanted: { id: string; ticketId: string | null; by: Pick<Actor, 'kind' | 'id'>; request: Request },
): Promise<void> {
  const { id } = wanted
  const request = box.seal('journal_entry.request', id, JSON.stringify(wanted.request))
  const { kind: actorKind, id: actorId } = wanted.by
  await tx.journalEntry.create({
    data: {
      workspaceId: tx.workspaceId,
      id,
      kind,
      state: 'planned',
      ticketId: wanted.ticketId,
      actorKind,
      actorId,
      request,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  })
}

/**
 * Does what an entry says, once. Safe to call again after any crash: an attempt whose end is not known is looked up first.
 * @param allowed asked inside the transaction that starts the attempt: may this workspace write outside right now?
 * @throws DeskError in_progress or effects_paused (try later), or the failure of the attempt, so that the queue tries again
 */
export async function perform<Request, Result, C extends JournalContext>(
  ctx: C,
  effect: Effect<Request, Result, C>,
  at: { workspaceId: string; entryId: string },
  allowed: (tx: Tx) => Promise<boolean>,
): Promise<EntryState> {
  const start = await inWorkspace(ctx, at.workspaceId, (tx) => begin(ctx, tx, effect, at.entryId, allowed))
  if ('ended' in start) return start.ended
  const { entry, lookFirst } = start
  try {
    const earlier = lookFirst ? await effect.find(ctx, entry) : null
    const result = earlier ?? (await effect.run(ctx, entry))
    await inWorkspace(ctx, at.workspaceId, (tx) => finish(ctx, tx, effect, entry, result))
    return 'done'
  } catch (error) {
    const refusal = effect.refusal(error)
    await inWorkspace(ctx, at.workspaceId, async (tx) => {
      if (refusal !== null) await effect.refused(tx, entry, refusal)
      await end(tx, entry.id, refusal === null ? { state: 'unknown' } : { state: 'refused', refusal })
    })
    if (refusal === null) throw error
    return 'refused'
  }
}

type Start<Request> = { ended: EntryState } | { entry: Entry<Request>; lookFirst: boolean }

async function begin<Request, C extends JournalContext>(
  ctx: C,
  tx: Tx,
  effect: Effect<Request, never, C> | Effect<Request, unknown, C>,
  id: string,
  allowed: (tx: Tx) => Promise<boolean>,
): Promise<Start<Request>> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  await tx.$executeRaw`select from desk.journal_entry where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  const row = await tx.journalEntry.findUniqueOrThrow({ where })
  if (row.state === 'done' || row.state === 'refused') return { ended: row.state }
  if (row.leaseUntil && row.leaseUntil > tx.now) throw new DeskError('in_progress', 'Another attempt is still running.')
  if (!(await allowed(tx)))
    throw new DeskError(
      'effects_paused',
      'Writes to other systems are paused for this workspace. They go on when an admin resumes them.',
    )
  const leaseUntil = new Date(tx.now.getTime() + LEASE_MS)
  await tx.journalEntry.update({
    where,
    data: { state: 'running', attempt: { increment: 1 }, leaseUntil, updatedAt: tx.now },
  })
  const box = await ctx.keyring.box(tx)
  const request = effect.request.parse(JSON.parse(box.openText('journal_entry.request', id, row.request)))
  const by = { kind: row.actorKind as Actor['kind'], id: row.actorId } as Pick<Actor, 'kind' | 'id'>
  return {
    entry: { workspaceId: tx.workspaceId, id, ticketId: row.ticketId, by, request, plannedAt: row.createdAt },
    lookFirst: row.state !== 'planned',
  }
}

async function finish<Request, Result, C extends JournalContext>(
  ctx: C,
  tx: Tx,
  effect: Effect<Request, Result, C>,
  entry: Entry<Request>,
  result: Result,
): Promise<void> {
  const box = await ctx.keyring.box(tx)
  await effect.settle(ctx, tx, entry, result)
  await end(tx, entry.id, {
    state: 'done',
    result: box.seal('journal_entry.result', entry.id, JSON.stringify(effect.result.parse(result))),
  })
}

async function end(
  tx: Tx,
  id: string,
  data: { state: EntryState; refusal?: string; result?: Buffer<ArrayBuffer> },
): Promise<void> {
  await tx.journalEntry.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    data: { ...data, leaseUntil: null, updatedAt: tx.now },
  })
}

/** Entries whose end nobody is working on: planned and forgotten, or cut off. Oldest first. */
export const undecided = (tx: Tx, kind: string, limit: number): Promise<{ id: string; ticketId: string | null }[]> =>
  tx.$queryRaw<{ id: string; ticketId: string | null }[]>`
    select id::text, ticket_id::text as "ticketId" from desk.journal_entry
    where workspace_id = ${tx.workspaceId}::uuid and state in ('planned', 'running', 'unknown') and kind = ${kind}
      and (lease_until is null or lease_until < ${tx.now}) order by updated_at limit ${limit}`
