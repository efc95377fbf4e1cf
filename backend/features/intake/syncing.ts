import { setTimeout as pause } from 'node:timers/promises'
import {
  GmailAccessLost,
  GmailHistoryGone,
  GmailPaced,
  GmailTooFast,
  type HistoryPage,
} from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { changesOf } from './changes.ts'
import { mailboxAccessLost, mailboxAccessRegained } from './events.ts'
import { followLabels } from './gmail-queue/looking.ts'
import { countUnmatched } from './inboxes/sifting.ts'
import { followRelabelled } from './mail-rules/relabelling.ts'
import { lockMailbox, type OpenMailbox, readMailbox } from './mailboxes.ts'
import { followMoves } from './moving/following.ts'
import { isLater } from './positions.ts'
import { enqueueLook, type SyncRequest } from './queueing.ts'
import { resyncPage, startResync } from './resyncing.ts'
import { revive } from './storing.ts'
import { take, takeUnread } from './taking.ts'

/** A push may come some seconds before the feed shows what it is about (facts/mail.md section 3.2). */
const LOOK_AGAIN_MS = 2_000
const LOOKS = 3

/**
 * Reads everything new of one mailbox, then one page of what is left of reading the mailbox itself: live mail waits for no backlog.
 * May run at any time and any number of times: what is stored is skipped.
 */
export async function sync(ctx: Ctx, workspaceId: string, request: SyncRequest): Promise<void> {
  const mailbox = await readMailbox(ctx, workspaceId, request.mailboxId)
  if (mailbox.state === 'paused' || mailbox.state === 'ended') return
  if (request.hint !== undefined) await gather(ctx, mailbox)
  try {
    const { cursor, place, isOver } = await walk(ctx, mailbox)
    if (!isOver) await takeUnread(ctx, mailbox)
    if (!isOver || isHinted(request, cursor)) await caughtUp(ctx, mailbox, request, cursor)
    if (place !== null) await resyncPage(ctx, mailbox, place)
  } catch (error) {
    if (error instanceof GmailPaced || error instanceof GmailTooFast)
      return comeBack(ctx, mailbox, request, error.retryAfter)
    if (!(error instanceof GmailAccessLost)) throw error
    await loseAccess(ctx, mailbox, error)
  }
}

/**
 * Pushes come as fast as mails, and what is read together costs a fraction of what it costs alone: a reading begins no sooner than a
 * moment after the last one. The first mail after a rest waits for nothing. It is waited here, for the queue looks at its clock each second.
 */
async function gather({ clock, config }: Ctx, { syncedAt }: OpenMailbox): Promise<void> {
  const since = clock.now().getTime() - (syncedAt?.getTime() ?? 0)
  if (since >= 0 && since < config.intake.pushPauseMs) await pause(config.intake.pushPauseMs - since)
}

/** A full quota is no failure: what was fetched is stored, the rest is asked for when there is room for it. */
const comeBack = (ctx: Ctx, { workspaceId, id: mailboxId }: OpenMailbox, request: SyncRequest, seconds = 1) =>
  inWorkspace(ctx, workspaceId, (tx) =>
    enqueueLook(tx, { ...request, mailboxId }, new Date(tx.now.getTime() + seconds * 1_000)),
  )

/** How far the feed was read. `isOver`: nothing was left to do, which is written down already. */
type Walked = { cursor: string; place: string | null; isOver: boolean }

/** Follows the change feed from the stored position to its end. All pages belong to one start; the position moves page by page. */
async function walk(ctx: Ctx, mailbox: OpenMailbox): Promise<Walked> {
  const start = mailbox.cursor ?? (await mailbox.gmail.profile()).historyId
  let pageToken: string | undefined
  let position = start
  try {
    do {
      const page = await mailbox.gmail.history({ startHistoryId: start, pageToken })
      for (const part of partsOf(mailbox, page)) await followPart(ctx, mailbox, part)
      pageToken = page.nextPageToken
      position = pageToken === undefined ? page.historyId : (page.history.at(-1)?.id ?? position)
      if (pageToken !== undefined) await moveTo(ctx, mailbox, position)
    } while (pageToken !== undefined)
    return { cursor: position, place: mailbox.resyncPage, isOver: await moveToEnd(ctx, mailbox, position) }
  } catch (error) {
    if (!(error instanceof GmailHistoryGone)) throw error
    return { ...(await startResync(ctx, mailbox)), isOver: false }
  }
}

/**
 * Nothing is kept of mails in somebody's own inbox that are none of the desk's, so only the position says that they were looked at: there
 * it moves change by change, or what had to wait would be looked at from the beginning for ever.
 */
const partsOf = ({ kind }: OpenMailbox, page: HistoryPage): HistoryPage[] =>
  kind === 'archive' ? [page] : page.history.map((change) => ({ ...page, history: [change] }))

async function followPart(ctx: Ctx, mailbox: OpenMailbox, part: HistoryPage): Promise<void> {
  const { arrived, revived, moved, labelled, last } = changesOf(part)
  const unmatched = await take(ctx, mailbox, arrived, false)
  if (revived.length > 0) await revive(ctx, mailbox, revived)
  // What people tidy up in their own inbox is their own business.
  if (moved.length > 0 && mailbox.kind === 'archive') await followMoves(ctx, mailbox, moved)
  await followRelabelled(ctx, mailbox, labelled)
  await followLabels(ctx, mailbox, labelled)
  if (mailbox.kind === 'agent' && arrived.length > 0 && last !== null) await moveTo(ctx, mailbox, last, unmatched)
}

/**
 * The position only grows. What is counted of the mails up to it is counted once. It does not wait for the disk: the mails are on it
 * before, and a position that a crash takes back only reads them again.
 */
const moveTo = (ctx: Ctx, mailbox: OpenMailbox, position: string, unmatched = 0): Promise<void> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const held = await lockMailbox(tx, mailbox.id)
      if (!held || !isLater(position, held.cursor)) return
      await countUnmatched(tx, mailbox.id, unmatched)
      await tx.$executeRaw`update desk.mailbox set cursor = ${position} where workspace_id = ${tx.workspaceId}::uuid and id = ${mailbox.id}::uuid`
    },
    { repeats: true },
  )

/** The same at the end of the feed: where no mail is left unread and access was never lost, the mailbox is up to date with it. */
const moveToEnd = (ctx: Ctx, mailbox: OpenMailbox, position: string): Promise<boolean> =>
  inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const held = await lockMailbox(tx, mailbox.id)
      if (!held) return false
      const cursor = isLater(position, held.cursor) ? position : held.cursor
      const moved = await tx.send(Prisma.sql`
        update desk.mailbox m set cursor = ${cursor}, synced_at = ${tx.now}
        where m.workspace_id = ${tx.workspaceId}::uuid and m.id = ${mailbox.id}::uuid and m.state <> 'needs_access' and not exists (
          select from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.state = 'received' and mm.raw_id is null)`)
      if (moved > 0) return true
      await tx.send(
        Prisma.sql`update desk.mailbox set cursor = ${cursor} where workspace_id = ${tx.workspaceId}::uuid and id = ${mailbox.id}::uuid`,
      )
      return false
    },
    { repeats: true },
  )

/** Whether a push told of more than the feed has shown so far, so that it is worth another look. */
const isHinted = ({ hint, looks = 0 }: SyncRequest, cursor: string): boolean =>
  hint !== undefined && isLater(hint, cursor) && looks < LOOKS

/** The next sync says it again, should a crash take it back. */
async function caughtUp(ctx: Ctx, mailbox: OpenMailbox, request: SyncRequest, cursor: string): Promise<void> {
  await inWorkspace(
    ctx,
    mailbox.workspaceId,
    async (tx) => {
      const held = await lockMailbox(tx, mailbox.id)
      const back = held?.state === 'needs_access'
      await tx.mailbox.update({
        where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mailbox.id } },
        data: { syncedAt: tx.now, ...(back && { state: 'connected', problem: null, lostAt: null }) },
      })
      if (back) await record(tx, [mailboxAccessRegained({ mailboxId: mailbox.id, by: systemOf(tx.workspaceId) })])
      if (isHinted(request, cursor))
        await enqueueLook(
          tx,
          { mailboxId: mailbox.id, hint: request.hint, looks: (request.looks ?? 0) + 1 },
          new Date(tx.now.getTime() + LOOK_AGAIN_MS),
        )
    },
    { repeats: true },
  )
}

/** Said once, in words that an admin can act on; every poll tries again, so that granting access is all it takes. */
const loseAccess = (ctx: Ctx, mailbox: OpenMailbox, error: GmailAccessLost): Promise<void> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const held = await lockMailbox(tx, mailbox.id)
    await tx.mailbox.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mailbox.id } },
      data: {
        state: 'needs_access',
        problem: error.message,
        ...(held?.state !== 'needs_access' && { lostAt: tx.now }),
      },
    })
    if (held?.state === 'needs_access') return
    await record(tx, [
      mailboxAccessLost({ mailboxId: mailbox.id, problem: error.problem, by: systemOf(tx.workspaceId) }),
    ])
  })
