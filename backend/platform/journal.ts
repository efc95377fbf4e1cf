import { Prisma } from '../generated/prisma/client.ts'
import type { Actor } from './actor.ts'
import { workspacesWhere } from './among.ts'
import { begin, type Ended, type JournalContext, overtakes, renew, type Started, write } from './attempts.ts'
import {
  type AskedToAct,
  type Effect,
  type Entry,
  NotYet,
  type Outcome,
  type Permission,
  turnedDown,
} from './effect.ts'
import type { Box } from './keyring.ts'
import { inWorkspace, type Tx } from './tenancy.ts'

export {
  type AskedToAct,
  type Effect,
  type Entry,
  type EntryState,
  leftToPerson,
  lookAgain,
  NotYet,
  type Outcome,
  type Permission,
  stillWorking,
  turnedDown,
} from './effect.ts'

type Wanted<Request> = { id: string; ticketId: string | null; by: Pick<Actor, 'kind' | 'id'>; request: Request }

/**
 * Writes down what will be done, exactly, before any socket opens.
 * @param wanted.id chosen by the caller, because it is the key outside too
 */
export const plan = <Request>(
  tx: Tx,
  box: Box,
  { kind }: Pick<Effect<Request, never, never>, 'kind'>,
  wanted: Wanted<Request>,
): Promise<void> => planAll(tx, box, [{ ...wanted, kind }])

/** Several at once. */
export async function planAll(
  tx: Tx,
  box: Box,
  wanted: readonly (Wanted<unknown> & { kind: string })[],
): Promise<void> {
  await tx.journalEntry.createMany({
    data: wanted.map(({ id, kind, ticketId, by, request }) => ({
      workspaceId: tx.workspaceId,
      id,
      kind,
      state: 'planned',
      ticketId,
      actorKind: by.kind,
      actorId: by.id,
      request: box.seal('journal_entry.request', id, JSON.stringify(request)),
      createdAt: tx.now,
      updatedAt: tx.now,
    })),
  })
}

/** Entries that will not be sent any more. One that somebody holds is left as it is: whoever holds it asks whether it is still allowed. */
export async function withdraw(tx: Tx, ids: readonly string[], words: string): Promise<void> {
  await tx.$executeRaw`
    update desk.journal_entry set state = 'refused', refusal = ${words}, updated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id in (
      select id from desk.journal_entry where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) and state = 'planned'
      for update skip locked)`
}

/**
 * Does what an entry says, once. Safe to call again after any crash: an attempt whose end is not known is looked up first, and one
 * that was overtaken meanwhile writes nothing.
 * @param allowed asked inside the transaction that starts the attempt: may this workspace write outside right now?
 * @returns how it stands now; an entry that had ended before is not touched
 * @throws DeskError in_progress or effects_paused (try later), or the failure of the attempt, so that the queue tries again
 */
export async function perform<Request, Result, C extends JournalContext>(
  ctx: C,
  effect: Effect<Request, Result, C>,
  at: { workspaceId: string; entryId: string },
  allowed: (tx: Tx, asked: AskedToAct<Request>) => Promise<Permission>,
): Promise<Outcome> {
  const start = await inWorkspace(ctx, at.workspaceId, (tx) => begin(ctx, tx, effect, at.entryId, allowed))
  if ('over' in start) return start.over
  const end = await attempt(ctx, effect, start)
  const close = (reached: Ended<Result>) =>
    inWorkspace(ctx, at.workspaceId, (tx) => write(ctx, tx, effect, start, reached))
  try {
    const outcome = await close(end)
    if ('error' in end && outcome.state !== 'refused') throw end.error
    return outcome
  } catch (error) {
    if (!('result' in end) || overtakes(error)) throw error
    await close({ error, sent: true }) // it happened, but what follows from it could not be written: looked up the next time
    throw error
  }
}

async function attempt<Request, Result, C extends JournalContext>(
  ctx: C,
  effect: Effect<Request, Result, C>,
  { entry, before, refused }: Started<Request>,
): Promise<Ended<Result>> {
  let sent = false
  try {
    const found = before === 'planned' ? null : await effect.find(ctx, entry)
    if (found === null && before !== 'planned')
      await inWorkspace(ctx, entry.workspaceId, (tx) => renew(tx, effect, entry)) // looking took its time
    if (found === null && refused !== null) return { notYet: turnedDown(refused) }
    const words = found === null ? await unwanted(ctx, effect, entry) : null
    if (words !== null) return { unwanted: words }
    sent = true
    const reached = found ?? (await effect.run(ctx, entry))
    return reached instanceof NotYet ? { notYet: reached } : { result: reached }
  } catch (error) {
    if (overtakes(error)) throw error
    return { error, sent }
  }
}

async function unwanted<Request, Result, C extends JournalContext>(
  ctx: C,
  effect: Effect<Request, Result, C>,
  entry: Entry<Request>,
): Promise<string | null> {
  const { unwanted: ask } = effect
  return ask ? inWorkspace(ctx, entry.workspaceId, (tx) => ask(tx, entry), { reads: true }) : null
}

/**
 * A person has looked and wants an entry that was refused or left to them done: it is planned anew, exactly as it was, and nobody looks for
 * it before. @returns false when somebody was quicker
 */
export async function planAgain(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.journalEntry.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: { in: ['refused', 'needs_person'] } },
    data: {
      state: 'planned',
      refusal: null,
      progress: null,
      sentAt: null,
      leaseUntil: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  })
  return count > 0
}

/** An entry that was left to a person is looked up once more; it is sent again only if its effect says that it may be. */
export async function lookUpAgain(tx: Tx, id: string): Promise<void> {
  await tx.journalEntry.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: 'needs_person' },
    data: { state: 'unknown', refusal: null, updatedAt: tx.now },
  })
}

/** Entries whose end nobody is working on: planned and forgotten, or cut off. Oldest first. */
export const undecided = (tx: Tx, kind: string, limit: number): Promise<{ id: string; ticketId: string | null }[]> =>
  tx.$queryRaw<{ id: string; ticketId: string | null }[]>`
    select id::text, ticket_id::text as "ticketId" from desk.journal_entry
    where workspace_id = ${tx.workspaceId}::uuid and state in ('planned', 'running', 'waiting', 'unknown') and kind = ${kind}
      and (lease_until is null or lease_until < ${tx.now}) order by updated_at limit ${limit}`

/** Workspaces that have entries of any kind whose end is not known. */
export const withUndecided = workspacesWhere(
  (workspaceId) => Prisma.sql`
    exists (select from desk.journal_entry j where j.workspace_id = ${workspaceId} and j.state in ('planned', 'running', 'waiting', 'unknown'))`,
)
