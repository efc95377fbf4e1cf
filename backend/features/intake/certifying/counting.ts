import { GmailAccessLost, GmailPaced, GmailRefused, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type OpenMailbox, readMailbox } from '../mailboxes.ts'
import { enqueueCounting, enqueueTaking } from '../queueing.ts'
import { GONE } from '../storing.ts'
import { advance, type Count, certifyCount, countIn, stopCount } from './counts.ts'
import { FIRST_PIECE, halfPiece, nextPiece, sumOf, type Tally } from './tally.ts'

/** Pages of one job; then it stands in line again, so that a long count holds up nobody. */
const PAGES_A_TURN = 10
/** Of more differences the certificate has the number, not each one. */
export const MOST_LISTED = 10_000

/**
 * Goes on with a count: each Gmail id of its stretch of time, spam and trash included, is matched with its outcome, page by page. How far
 * it is stands in the database after each page, so that a crash or a full quota costs one page, and nothing grows with the mailbox.
 */
export async function goOnCounting(ctx: Ctx, workspaceId: string, countId: string): Promise<void> {
  const read = () => inWorkspace(ctx, workspaceId, (tx) => countIn(tx, countId), { reads: true })
  const first = await read()
  if (!first) return
  const mailbox = await readMailbox(ctx, workspaceId, first.mailboxId)
  const hindrance = hindranceOf(mailbox)
  if (hindrance !== null) return inWorkspace(ctx, workspaceId, (tx) => stopCount(tx, first, hindrance))
  try {
    for (let pages = 0; pages < PAGES_A_TURN; pages++) {
      const count = pages === 0 ? first : await read()
      if (!count || (await countPage(ctx, mailbox, count)) === 'over') return
    }
    await inWorkspace(ctx, workspaceId, (tx) => enqueueCounting(tx, first))
  } catch (error) {
    await waitOrStop(ctx, workspaceId, first, error)
  }
}

function hindranceOf({ state, resyncPage }: OpenMailbox): string | null {
  if (state === 'needs_access') return 'Google refuses access to this mailbox. Connect it again, then count.'
  if (state !== 'connected') return 'This mailbox is not read at the moment, so it cannot be counted.'
  return resyncPage === null ? null : 'This mailbox is just being read anew. Count it when that is over.'
}

/** A full quota is no failure: the count comes back when there is room for it. */
async function waitOrStop(ctx: Ctx, workspaceId: string, count: Count, error: unknown): Promise<void> {
  if (error instanceof GmailPaced || error instanceof GmailTooFast) {
    const seconds = error.retryAfter ?? 1
    return inWorkspace(ctx, workspaceId, (tx) =>
      enqueueCounting(tx, count, new Date(tx.now.getTime() + seconds * 1_000)),
    )
  }
  if (!(error instanceof GmailAccessLost)) throw error
  await inWorkspace(ctx, workspaceId, (tx) => stopCount(tx, count, error.message))
}

async function countPage(ctx: Ctx, mailbox: OpenMailbox, count: Count): Promise<'on' | 'over'> {
  const { fromAt, toAt, reachedAt, pageToken, piece } = count
  const isPast = reachedAt < mailbox.createdAt
  const border = isPast ? mailbox.createdAt.getTime() : Number.POSITIVE_INFINITY
  const end = new Date(Math.min(toAt.getTime(), reachedAt.getTime() + piece.ms, border))
  const query = `after:${seconds(reachedAt)} before:${seconds(end)}`
  const page =
    end > reachedAt || fromAt.getTime() === toAt.getTime()
      ? await listPage(mailbox, { query, pageToken, spamAndTrash: !isPast }) // of the past neither is read
      : { messages: [], nextPageToken: undefined }
  return inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    if (page === null) {
      await advance(tx, count, { ...count, pageToken: null, piece: halfPiece(piece) })
      return 'on'
    }
    const compared = await compare(
      tx,
      count,
      page.messages.map(({ id }) => id),
    )
    const tally = sumOf(piece.tally, compared.tally)
    const goesOn = page.nextPageToken !== undefined
    const after = goesOn
      ? { reachedAt, pageToken: page.nextPageToken ?? null, counts: count.counts, piece: { ...piece, tally } }
      : { reachedAt: end, pageToken: null, counts: sumOf(count.counts, tally), piece: nextPiece({ ...piece, tally }) }
    if (!(await advance(tx, count, after))) return 'on' // somebody else counted this page
    await noteDifferences(tx, count, compared)
    if (goesOn || end < toAt) return 'on'
    await certifyCount(tx, { ...count, counts: after.counts, piece: FIRST_PIECE })
    return 'over'
  })
}

/** @returns null when Google has forgotten the page: the piece is counted again, and a shorter one */
const listPage = (
  mailbox: OpenMailbox,
  { query, pageToken, spamAndTrash }: { query: string; pageToken: string | null; spamAndTrash: boolean },
) =>
  mailbox.history.messages({ query, pageToken: pageToken ?? undefined, spamAndTrash }).catch((error: unknown) => {
    if (pageToken === null || !(error instanceof GmailRefused)) throw error
    return null
  })

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000)

type Compared = { tally: Tally; missing: string[]; waiting: string[] }

/** What became of each of these mails, by the primary key. One that was gone when we asked for it and is listed was never read. */
async function compare(tx: Tx, { mailboxId }: Count, ids: readonly string[]): Promise<Compared> {
  const rows = await tx.$queryRaw<{ gmailId: string; outcome: string | null }[]>`
    select gmail_id as "gmailId", case when state = 'ended' then outcome end as outcome from desk.mailbox_mail
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = any(${[...ids]}::text[]) and reason is distinct from ${GONE}`
  const known = new Map(rows.map(({ gmailId, outcome }) => [gmailId, outcome]))
  const missing = ids.filter((id) => !known.has(id))
  const waiting = ids.filter((id) => known.get(id) === null)
  const outcomes: Record<string, number> = {}
  for (const id of ids) {
    const outcome = known.get(id)
    if (outcome) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  return { tally: { listed: ids.length, missing: missing.length, waiting: waiting.length, outcomes }, missing, waiting }
}

/** By id, so that somebody can look. What a night found missing is brought in at once; what somebody asked about waits for a press. */
async function noteDifferences(
  tx: Tx,
  { id, mailboxId, kind, counts, piece }: Count,
  { missing, waiting }: Compared,
): Promise<void> {
  const before = counts.missing + counts.waiting + piece.tally.missing + piece.tally.waiting
  const asked = kind === 'nightly'
  const found = [
    ...missing.map((gmailId) => ({ gmailId, kind: 'missing', state: asked ? 'asked' : 'open' })),
    ...waiting.map((gmailId) => ({ gmailId, kind: 'waiting', state: 'open' })),
  ].slice(0, Math.max(0, MOST_LISTED - before))
  if (found.length > 0)
    await tx.$executeRaw`
      insert into desk.intake_difference (workspace_id, certificate_id, gmail_id, mailbox_id, kind, state, at)
      values ${Prisma.join(found.map((one) => Prisma.sql`(${tx.workspaceId}::uuid, ${id}::uuid, ${one.gmailId}, ${mailboxId}::uuid, ${one.kind}, ${one.state}, ${tx.now})`))}
      on conflict do nothing`
  if (asked && missing.length > 0) await enqueueTaking(tx, mailboxId, missing)
}
