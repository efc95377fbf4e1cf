import type { Ctx } from '../../context.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { type Change, setAside } from './changes.ts'
import { type FetchResult, fetchAll } from './fetching.ts'
import { type Sifted, sift } from './inboxes/sifting.ts'
import type { OpenMailbox } from './mailboxes.ts'
import { knownOf, store, storeSetAside } from './storing.ts'

/** Mails written in one transaction. */
const CHUNK = 50
/** After so many failed readings a mail no longer holds up those behind it; it is tried again at every sync. */
const HOLDS_UP = 3

/**
 * Brings mails in: all of them are stored, or known to be unreadable for now, when this returns.
 * Of somebody's own inbox only what is the desk's is brought in.
 * @param listed found by reading the mailbox, so that some may be older than the connection
 * @returns how many mails are none of the desk's
 * @throws the failure of a mail that has to be waited for, so that the caller does not move on
 */
export async function take(
  ctx: Ctx,
  mailbox: OpenMailbox,
  changes: readonly Change[],
  listed: boolean,
): Promise<number> {
  if (changes.length === 0) return 0
  const known = await knownOf(ctx, mailbox, changes)
  const { wanted: unknown, unmatched } = await ofTheDesk(
    ctx,
    mailbox,
    changes.filter(({ gmailId }) => !known.has(gmailId)),
    listed,
  )
  const unread = unknown.filter(({ labels }) => setAside(labels)?.outcome === 'ignored')
  if (unread.length > 0) await storeSetAside(ctx, mailbox, unread)
  const failures = await fetchInChunks(
    ctx,
    mailbox,
    unknown.filter((change) => !unread.includes(change)),
    listed,
  )
  const [failure] = failures
  if (
    failure &&
    (await someHoldUp(
      ctx,
      mailbox,
      failures.map(({ change }) => change),
    ))
  )
    throw failure.error
  return unmatched
}

async function ofTheDesk(ctx: Ctx, mailbox: OpenMailbox, unknown: Change[], listed: boolean): Promise<Sifted> {
  if (mailbox.kind === 'archive') return { wanted: unknown, unmatched: 0 }
  return sift(ctx, mailbox, listed ? mailbox.history : mailbox.gmail, unknown, listed)
}

type Failure = { change: Change; error: Error }

type Answered = Exclude<FetchResult, { kind: 'waits' }>

/** One chunk is written while the next one is fetched. @throws GmailUnavailable when the rest has to wait; nothing is noted of it */
async function fetchInChunks(
  ctx: Ctx,
  mailbox: OpenMailbox,
  changes: readonly Change[],
  listed: boolean,
): Promise<Failure[]> {
  const failures: Failure[] = []
  const gmail = listed ? mailbox.history : mailbox.gmail
  let writing: Promise<void> = Promise.resolve()
  let waits: Error | undefined
  const write = async (results: readonly FetchResult[]): Promise<void> => {
    const answered = results.filter((result): result is Answered => result.kind !== 'waits')
    failures.push(...answered.filter((result) => result.kind === 'failed'))
    await store(ctx, mailbox, answered, listed)
  }
  for (let at = 0; at < changes.length && !waits; at += CHUNK) {
    const fetching = fetchAll(ctx, mailbox, gmail, changes.slice(at, at + CHUNK), write)
    const [results] = await Promise.all([fetching, writing])
    waits = results.find((result) => result.kind === 'waits')?.error
    writing = write(results)
    writing.catch(() => undefined) // the next await throws it
  }
  await writing
  if (waits) throw waits
  return failures
}

const someHoldUp = (ctx: Ctx, mailbox: OpenMailbox, changes: readonly Change[]): Promise<boolean> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const gmailId = { in: changes.map((change) => change.gmailId) }
      const count = await tx.mailboxMail.count({
        where: {
          workspaceId: tx.workspaceId,
          mailboxId: mailbox.id,
          gmailId,
          state: 'received',
          rawId: null,
          attempts: { lt: HOLDS_UP },
        },
      })
      return count > 0
    },
    { reads: true },
  )

/** Mails that we know of but could not read so far; few, and tried again at every sync, those that failed least often first. */
export async function takeUnread(ctx: Ctx, mailbox: OpenMailbox): Promise<void> {
  const rows = await inWorkspace(
    ctx,
    mailbox.workspaceId,
    (tx) =>
      tx.$queryRaw<{ gmailId: string; threadId: string | null; historical: boolean }[]>`
        select gmail_id as "gmailId", thread_id as "threadId", historical from desk.mailbox_mail
        where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailbox.id}::uuid and state = 'received' and raw_id is null
        order by historical, attempts, seq limit 100`,
    { reads: true },
  )
  for (const listed of [false, true]) {
    const changes = rows
      .filter((row) => row.historical === listed)
      .map(({ gmailId, threadId }) => ({ gmailId, threadId, labels: [] }))
    if (changes.length > 0) await fetchInChunks(ctx, mailbox, changes, listed)
  }
}
