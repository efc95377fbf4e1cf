import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Effect, Entry, EntryState, NotYet, Outcome } from './effect.ts'
import { DeskError } from './errors.ts'
import type { Keyring } from './keyring.ts'
import type { Mask } from './mask.ts'
import type { TenancyContext, Tx } from './tenancy.ts'

export type JournalContext = TenancyContext & { keyring: Keyring; clock: Clock; mask: Mask }

/** An attempt that holds its entry, and the state in which it found it. */
export type Started<Request> = { entry: Entry<Request>; before: EntryState }

/** `sent` is false for a failure while looking, before anything could be sent. */
export type Ended<Result> = { result: Result } | { notYet: NotYet } | { error: unknown; sent: boolean }

const LEASE_MS = 10 * 60_000

/** A later attempt holds the entry, or has ended it: this one has nothing to say any more. */
class Overtaken extends DeskError {
  override name = 'Overtaken'

  constructor() {
    super('in_progress', 'A later attempt has taken this over.')
  }
}

export const overtakes = (error: unknown): boolean => error instanceof Overtaken

const leaseOf = <R, S, C>(tx: Tx, { leaseMs = LEASE_MS }: Pick<Effect<R, S, C>, 'leaseMs'>) =>
  new Date(tx.now.getTime() + leaseMs)

/** Takes the entry for one attempt, or says how it has ended. */
export async function begin<Request, Result, C extends JournalContext>(
  ctx: C,
  tx: Tx,
  effect: Effect<Request, Result, C>,
  id: string,
  allowed: (tx: Tx) => Promise<boolean>,
): Promise<Started<Request> | { over: Outcome }> {
  const row = await lockEntry(tx, id)
  const before = row.state
  if (FINAL.has(before)) return { over: { state: before, seconds: null, words: row.refusal } }
  if (row.leaseUntil && row.leaseUntil > tx.now)
    throw new DeskError('in_progress', 'Another attempt is still running.', {
      retryAfter: Math.ceil((row.leaseUntil.getTime() - tx.now.getTime()) / 1_000),
    })
  if (!(await allowed(tx)))
    throw new DeskError(
      'effects_paused',
      'Writes to other systems are paused for this workspace. They go on when an admin resumes them.',
    )
  const attempt = row.attempt + 1
  const sentAt = row.sentAt ?? tx.now
  await tx.journalEntry.update({
    where: whereOf(tx, id),
    data: { state: 'running', attempt, sentAt, leaseUntil: leaseOf(tx, effect), updatedAt: tx.now },
  })
  const box = await ctx.keyring.box(tx)
  const request = effect.request.parse(JSON.parse(box.openText('journal_entry.request', id, row.request)))
  const by = { kind: row.actorKind, id: row.actorId } as Pick<Actor, 'kind' | 'id'>
  const { ticketId, plannedAt, progress } = row
  return {
    entry: { workspaceId: tx.workspaceId, id, ticketId, by, request, plannedAt, attempt, sentAt, progress },
    before,
  }
}

type Row = {
  state: EntryState
  ticketId: string | null
  actorKind: Actor['kind']
  actorId: string | null
  request: Uint8Array
  refusal: string | null
  attempt: number
  sentAt: Date | null
  progress: string | null
  leaseUntil: Date | null
  plannedAt: Date
}

async function lockEntry(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.$queryRaw<Row[]>`
    select state, ticket_id::text as "ticketId", actor_kind as "actorKind", actor_id::text as "actorId", request, refusal, attempt,
      sent_at as "sentAt", progress, lease_until as "leaseUntil", created_at as "plannedAt"
    from desk.journal_entry where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  if (!row) throw new Error(`There is no journal entry ${id}`)
  return row
}

const FINAL: ReadonlySet<EntryState> = new Set(['done', 'refused', 'needs_person'])

/** Holds the entry for as long again. @throws Overtaken */
export async function renew<R, S, C>(
  tx: Tx,
  effect: Pick<Effect<R, S, C>, 'leaseMs'>,
  entry: Pick<Entry<unknown>, 'id' | 'attempt'>,
): Promise<void> {
  await refuseOvertaken(tx, entry)
  await tx.journalEntry.update({ where: whereOf(tx, entry.id), data: { leaseUntil: leaseOf(tx, effect) } })
}

/** Writes down how an attempt ended, with what follows from it. @throws Overtaken, and then nothing is written */
export async function write<Request, Result, C extends JournalContext>(
  ctx: C,
  tx: Tx,
  effect: Effect<Request, Result, C>,
  started: Started<Request>,
  end: Ended<Result>,
): Promise<Outcome> {
  const { entry } = started
  await refuseOvertaken(tx, entry)
  if ('result' in end) {
    const box = await ctx.keyring.box(tx)
    await effect.settle(ctx, tx, entry, end.result)
    const result = box.seal('journal_entry.result', entry.id, JSON.stringify(effect.result.parse(end.result)))
    return close(tx, entry.id, { state: 'done', result, progress: null })
  }
  const refusal = refusalOf(effect, end)
  if (refusal !== null) {
    await effect.refused(tx, entry, refusal, ctx)
    return close(tx, entry.id, { state: 'refused', refusal: ctx.mask(refusal), progress: null })
  }
  const open = openEnd(effect, started, end)
  const outcome = await close(tx, entry.id, open)
  await effect.leftOpen?.(ctx, tx, entry, outcome)
  return outcome
}

function refusalOf<R, S, C>(effect: Effect<R, S, C>, end: { notYet: NotYet } | { error: unknown; sent: boolean }) {
  if ('notYet' in end) return end.notYet.state === 'refused' ? (end.notYet.words ?? '') : null
  return end.sent ? effect.refusal(end.error) : null
}

type Writing = {
  state: EntryState
  refusal?: string | null
  result?: Buffer<ArrayBuffer>
  progress?: string | null
  sentAt?: Date | null
  seconds?: number | null
}

/** What is not known is kept as it was known before; what is sure to have done nothing is as if it had not been tried. */
function openEnd<Request, Result, C>(
  effect: Effect<Request, Result, C>,
  { before }: Started<Request>,
  end: { notYet: NotYet } | { error: unknown; sent: boolean },
): Writing {
  if ('notYet' in end) {
    const { state, progress, seconds, words } = end.notYet
    return { state, progress, seconds, refusal: words }
  }
  if (!end.sent) return { state: before === 'waiting' ? 'waiting' : 'unknown' }
  if (before === 'planned' && effect.nothingDone?.(end.error)) return { state: 'planned', sentAt: null }
  return { state: 'unknown', progress: null }
}

async function close(tx: Tx, id: string, { seconds = null, ...data }: Writing): Promise<Outcome> {
  await tx.journalEntry.update({ where: whereOf(tx, id), data: { ...data, leaseUntil: null, updatedAt: tx.now } })
  return { state: data.state, seconds, words: data.refusal ?? null }
}

async function refuseOvertaken(tx: Tx, { id, attempt }: Pick<Entry<unknown>, 'id' | 'attempt'>): Promise<void> {
  const [row] = await tx.$queryRaw<{ state: string; attempt: number }[]>`
    select state, attempt from desk.journal_entry where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  if (row?.state !== 'running' || row.attempt !== attempt) throw new Overtaken()
}

const whereOf = (tx: Tx, id: string) => ({ workspaceId_id: { workspaceId: tx.workspaceId, id } })
