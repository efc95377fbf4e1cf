import { GmailRefused } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { FIRST_SPAN } from './backfill/windows.ts'
import { compareStretch } from './comparing/comparing.ts'
import { takeSentDrafts } from './comparing/sent-drafts.ts'
import { mailboxResyncStarted } from './events.ts'
import { lookAtLabelled } from './gmail-queue/looking.ts'
import { lockMailbox, type OpenMailbox } from './mailboxes.ts'
import { isLater, readComparePlace, readPlace, writeComparePlace, writePlace } from './positions.ts'
import { enqueueSync } from './queueing.ts'
import { take } from './taking.ts'

const DAY = 86_400

/**
 * The change feed has a hole: the mailbox itself will be read, and the feed from here on. What is stored already is skipped,
 * so it starts a day before the last complete sync; nothing older than the connection is brought in, unless an earlier reading
 * that was after it has not ended.
 */
export async function startResync(ctx: Ctx, mailbox: OpenMailbox): Promise<{ cursor: string; place: string }> {
  const { historyId } = await mailbox.gmail.profile() // before the listing, so that nothing falls between the two
  const lastSync = seconds(mailbox.syncedAt ?? mailbox.createdAt) - DAY
  const unfinished = sinceOf(mailbox.resyncPage)
  const since = Math.min(Math.max(lastSync, seconds(mailbox.createdAt)), unfinished)
  const place = writePlace({ since, pageToken: undefined })
  await inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const now = await lockMailbox(tx, mailbox.id)
    const cursor = isLater(historyId, now?.cursor ?? null) ? historyId : (now?.cursor ?? historyId)
    await tx.mailbox.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mailbox.id } },
      data: { cursor, resyncPage: place },
    })
    await record(tx, [mailboxResyncStarted({ mailboxId: mailbox.id, by: systemOf(tx.workspaceId), historical: true })])
  })
  return { cursor: historyId, place }
}

/** From where a reading that has not ended reads; one that is being compared has. */
const sinceOf = (place: string | null): number =>
  place === null || readComparePlace(place) !== null ? Number.POSITIVE_INFINITY : readPlace(place).since

/**
 * Reads one page of the mailbox, spam and trash included, and asks for the next one behind whatever is live. When all are read, what
 * stands here is compared with Gmail stretch by stretch: nobody told what people moved and deleted meanwhile.
 */
export async function resyncPage(ctx: Ctx, mailbox: OpenMailbox, place: string): Promise<void> {
  const comparing = readComparePlace(place)
  if (comparing !== null) {
    const next = await compareStretch(ctx, mailbox, comparing)
    return goOn(ctx, mailbox, next === null ? null : writeComparePlace(next))
  }
  const { since, pageToken } = readPlace(place)
  const page = await mailbox.history
    .messages({ query: `after:${since}`, pageToken, spamAndTrash: true })
    .catch((error: unknown) => {
      if (pageToken === undefined || !(error instanceof GmailRefused)) throw error
      return null
    })
  if (page === null) return startOver(ctx, mailbox, since)
  const changes = page.messages.map(({ id, threadId }) => ({ gmailId: id, threadId: threadId ?? null, labels: [] }))
  await take(ctx, mailbox, changes.reverse(), true) // oldest first
  await takeSentDrafts(ctx, mailbox, changes)
  const next = page.nextPageToken
  await goOn(
    ctx,
    mailbox,
    next === undefined
      ? writeComparePlace({ reachedAt: 0, until: ctx.clock.now().getTime(), span: FIRST_SPAN })
      : writePlace({ since, pageToken: next }),
  )
}

const goOn = (ctx: Ctx, mailbox: OpenMailbox, place: string | null): Promise<void> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    await reached(tx, mailbox, place)
    await (place === null ? lookAtLabelled(tx, mailbox.id) : enqueueSync(tx, { mailboxId: mailbox.id }))
  })

/** Google forgets page tokens. What was read is skipped quickly; the next poll begins, so that a mailbox that refuses all is not pressed. */
const startOver = (ctx: Ctx, mailbox: OpenMailbox, since: number) =>
  inWorkspace(ctx, mailbox.workspaceId, (tx) => reached(tx, mailbox, writePlace({ since, pageToken: undefined })))

async function reached(tx: Tx, { id }: OpenMailbox, resyncPage: string | null): Promise<void> {
  await tx.mailbox.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, data: { resyncPage } })
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1_000)
