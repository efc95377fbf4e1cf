import type { Prisma } from '../generated/prisma/client.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { AskedToAct, Effect, Entry, EntryState, NotYet, Outcome, Permission } from './effect.ts'
import { DeskError } from './errors.ts'
import type { Keyring } from './keyring.ts'
import type { Mask } from './mask.ts'
import type { TenancyContext, Tx } from './tenancy.ts'

export type JournalContext = TenancyContext & { keyring: Keyring; clock: Clock; mask: Mask }

/** An attempt that holds its entry, and the state in which it found it. `refused`: it may look for earlier work, and send nothing. */
export type Started<Request> = { entry: Entry<Request>; before: EntryState; refused: string | null }

/** `unwanted`: nothing was sent, and nothing will be. `sent` is false for a failure while looking, before anything could be sent. */
export type Ended<Result> =
  | { result: Result }
  | { unwanted: string }
  | { notYet: NotYet }
  | { error: unknown; sent: boolean }

const LEASE_MS = 10 * 60_000

/** A later attempt holds the entry, or has ended it: this one has nothing to say any more. */
class Overtaken extends DeskError {
  override name = 'Overtaken'

  constructor() {
    super('in_progress', 'A later attempt has taken this over.')
  }
}

/** Whether a later attempt has this effect now: whoever is told so writes nothing more. */
export const overtakes = (error: unknown): boolean => error instanceof Overtaken

const leaseOf = <R, S, C>(tx: Tx, { leaseMs = LEASE_MS }: Pick<Effect<R, S, C>, 'leaseMs'>) =>
  new Date(tx.now.getTime() + leaseMs)

/** Takes the entry for one attempt, or says how it has ended. */
export async function begin<Request, Result, C extends JournalContext>(
  ctx: C,
  tx: Tx,
  effect: Effect<Request, Result, C>,
  id: string,
  allowed: (tx: Tx, asked: AskedToAct<Request>) => Promise<Permission>,
): Promise<Started<Request> | { over: Outcome }> {
  const row = await take(tx, id, leaseOf(tx, effect))
  if (row === null) return whyNot(tx, id)
  const box = await ctx.keyring.box(tx)
  const request = effect.request.parse(JSON.parse(box.openText('journal_entry.request', id, row.request)))
  const { ticketId, plannedAt, attempt, sentAt, progress } = row
  const permission = await allowed(tx, { kind: effect.kind, ticketId, plannedAt, request })
  if (permission === false)
    throw new DeskError(
      'effects_paused',
      'Writes to other systems are paused for this workspace. They go on when an admin resumes them.',
    )
  const by = { kind: row.actorKind, id: row.actorId } as Pick<Actor, 'kind' | 'id'>
  return {
    entry: { workspaceId: tx.workspaceId, id, ticketId, by, request, plannedAt, attempt, sentAt, progress },
    before: row.before,
    refused: permission === true ? null : permission.refused,
  }
}

type Taken = {
  before: EntryState
  ticketId: string | null
  actorKind: Actor['kind']
  actorId: string | null
  request: Uint8Array
  attempt: number
  sentAt: Date
  progress: string | null
  plannedAt: Date
}

const FINAL: readonly EntryState[] = ['done', 'refused', 'needs_person']

/** Locks the entry and starts an attempt in one statement. @returns null when it has ended, or another attempt holds it */
async function take(tx: Tx, id: string, leaseUntil: Date): Promise<Taken | null> {
  const [row] = await tx.$queryRaw<Taken[]>`
    with found as materialized (
      select id, state from desk.journal_entry where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid
        and state <> all(${[...FINAL]}) and (lease_until is null or lease_until <= ${tx.now}) for update)
    update desk.journal_entry e set state = 'running', attempt = e.attempt + 1, sent_at = coalesce(e.sent_at, ${tx.now}),
      lease_until = ${leaseUntil}, updated_at = ${tx.now}
    from found where e.workspace_id = ${tx.workspaceId}::uuid and e.id = found.id
    returning found.state as before, e.ticket_id::text as "ticketId", e.actor_kind as "actorKind", e.actor_id::text as "actorId", e.request,
      e.attempt, e.sent_at as "sentAt", e.progress, e.created_at as "plannedAt"`
  return row ?? null
}

/** @throws DeskError in_progress while another attempt holds it */
async function whyNot(tx: Tx, id: string): Promise<{ over: Outcome }> {
  const row = await tx.journalEntry.findUnique({
    where: whereOf(tx, id),
    select: { state: true, refusal: true, leaseUntil: true },
  })
  if (!row) throw new Error(`There is no journal entry ${id}`)
  const state = row.state as EntryState
  if (FINAL.includes(state)) return { over: { state, seconds: null, words: row.refusal } }
  const left = (row.leaseUntil?.getTime() ?? 0) - tx.now.getTime()
  throw new DeskError('in_progress', 'Another attempt is still running.', {
    retryAfter: Math.max(1, Math.ceil(left / 1_000)),
  })
}

/** Holds the entry for as long again. @throws Overtaken */
export async function renew<R, S, C>(tx: Tx, effect: Pick<Effect<R, S, C>, 'leaseMs'>, entry: Held): Promise<void> {
  await change(tx, entry, { leaseUntil: leaseOf(tx, effect) })
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
  if ('result' in end) {
    const box = await ctx.keyring.box(tx)
    const result = box.seal('journal_entry.result', entry.id, JSON.stringify(effect.result.parse(end.result)))
    const outcome = await close(tx, entry, { state: 'done', result, progress: null })
    await effect.settle(ctx, tx, entry, end.result)
    return outcome
  }
  if ('unwanted' in end) return close(tx, entry, { state: 'refused', refusal: end.unwanted, progress: null })
  const refusal = refusalOf(effect, end)
  if (refusal !== null) {
    const outcome = await close(tx, entry, { state: 'refused', refusal: ctx.mask(refusal), progress: null })
    await effect.refused(tx, entry, refusal, ctx)
    return outcome
  }
  const outcome = await close(tx, entry, openEnd(effect, started, end))
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

/** Before anything that follows from the end: an attempt that was overtaken writes nothing at all. @throws Overtaken */
async function close(tx: Tx, entry: Held, { seconds = null, ...data }: Writing): Promise<Outcome> {
  await change(tx, entry, { ...data, leaseUntil: null, updatedAt: tx.now })
  return { state: data.state, seconds, words: data.refusal ?? null }
}

type Held = Pick<Entry<unknown>, 'id' | 'attempt'>

/** The fence: only the newest attempt changes its entry, and only while it runs. @throws Overtaken */
async function change(tx: Tx, { id, attempt }: Held, data: Prisma.JournalEntryUncheckedUpdateManyInput): Promise<void> {
  const where = { workspaceId: tx.workspaceId, id, attempt, state: 'running' satisfies EntryState }
  const { count } = await tx.journalEntry.updateMany({ where, data })
  if (count === 0) throw new Overtaken()
}

const whereOf = (tx: Tx, id: string) => ({ workspaceId_id: { workspaceId: tx.workspaceId, id } })
