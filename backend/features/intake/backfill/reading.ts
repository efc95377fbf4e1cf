import { GmailAccessLost, GmailPaced, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import type { Change } from '../changes.ts'
import { type OpenMailbox, readMailbox } from '../mailboxes.ts'
import { enqueueBackfill } from '../queueing.ts'
import { knownOf } from '../storing.ts'
import { take } from '../taking.ts'
import { backfillEnded } from './events.ts'
import { type Backfill, lockRunning } from './runs.ts'
import { FULL_PAGE, halved, queryOf, spanAfter, type Window, windowOf } from './windows.ts'

/** Mails that one job brings in, and stretches of time that it looks through: then others get their turn. */
const AT_ONCE = 100
const STRETCHES = 10
/** History that waits to be filed; beyond it nothing more is fetched, so that memory and work list stay small. */
const WAITING = 200
const BREATH_MS = 1_000

/**
 * Brings in the next mails of a mailbox's past, and asks for its own next turn. All that it needs is on its row: after a crash it goes
 * on there, and what is stored already is skipped.
 */
export async function backfill(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> {
  const run = await inWorkspace(ctx, workspaceId, (tx) => lockRunning(tx, mailboxId))
  if (run === null) return
  const mailbox = await readMailbox(ctx, workspaceId, mailboxId, 'history')
  if (mailbox.state !== 'connected') return // the minute's tick comes back
  if (await isBehind(ctx, mailbox)) return comeBack(ctx, mailbox, BREATH_MS)
  try {
    if (await readSome(ctx, mailbox, run)) await comeBack(ctx, mailbox, 0)
  } catch (error) {
    if (error instanceof GmailPaced || error instanceof GmailTooFast)
      return comeBack(ctx, mailbox, (error.retryAfter ?? 1) * 1_000)
    if (!(error instanceof GmailAccessLost)) throw error
    await noteProblem(ctx, mailbox, error.message)
  }
}

/** @returns whether the run goes on */
async function readSome(ctx: Ctx, mailbox: OpenMailbox, first: Backfill): Promise<boolean> {
  let step: Step = { run: first, brought: 0 }
  let brought = 0
  for (let stretch = 0; stretch < STRETCHES && brought < AT_ONCE && step.run !== null; stretch++) {
    step = await readStretch(ctx, mailbox, step.run)
    brought += step.brought
  }
  return step.run !== null
}

/** `run`: as it stands now; null when it ended, or was paused or stopped meanwhile. */
type Step = { run: Backfill | null; brought: number }

async function readStretch(ctx: Ctx, mailbox: OpenMailbox, run: Backfill): Promise<Step> {
  const window = windowOf(run)
  const page = await mailbox.history.messages({ query: queryOf(window), spamAndTrash: false })
  if (page.nextPageToken !== undefined && run.span > 1)
    return { run: await goOn(ctx, mailbox, run, (tx) => change(tx, run.id, { span: halved(run.span) })), brought: 0 }
  const listed = await listedIn(mailbox, window, page)
  const known = await knownOf(ctx, mailbox, listed)
  const unknown = listed.filter(({ gmailId }) => !known.has(gmailId))
  await take(ctx, mailbox, unknown.slice(0, AT_ONCE), true)
  if (unknown.length > AT_ONCE) return { run, brought: AT_ONCE } // the same stretch again, without these
  const after = await goOn(ctx, mailbox, run, (tx) => advance(tx, mailbox, { run, window, listed }))
  return { run: after, brought: unknown.length }
}

type Page = Awaited<ReturnType<OpenMailbox['history']['messages']>>

/** Oldest first. A single second may hold more than a page: then its pages are read at once, and end in memory with it. */
async function listedIn({ history }: OpenMailbox, window: Window, first: Page): Promise<Change[]> {
  const messages = [...first.messages]
  for (let pageToken = first.nextPageToken; pageToken !== undefined && messages.length < MOST_IN_A_SECOND; ) {
    const page = await history.messages({ query: queryOf(window), pageToken, spamAndTrash: false })
    messages.push(...page.messages)
    pageToken = page.nextPageToken
  }
  return messages.map(({ id, threadId }) => ({ gmailId: id, threadId: threadId ?? null, labels: [] })).reverse()
}

const MOST_IN_A_SECOND = 20 * FULL_PAGE

const isBehind = (ctx: Ctx, { workspaceId, id }: OpenMailbox): Promise<boolean> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from (
          select from desk.mailbox_mail where workspace_id = ${workspaceId}::uuid and mailbox_id = ${id}::uuid and state = 'received'
            and historical and raw_id is not null limit ${WAITING}) waiting`
      return (row?.count ?? 0) >= WAITING
    },
    { reads: true },
  )

/** Writes what was reached, unless the run was paused or stopped meanwhile. @returns how it stands then */
const goOn = (
  ctx: Ctx,
  mailbox: OpenMailbox,
  { id }: Backfill,
  write: (tx: Tx) => Promise<void>,
): Promise<Backfill | null> =>
  inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    if ((await lockRunning(tx, mailbox.id))?.id !== id) return null
    await write(tx)
    return lockRunning(tx, mailbox.id)
  })

type Read = { run: Backfill; window: Window; listed: readonly Change[] }

async function advance(tx: Tx, { id: mailboxId }: OpenMailbox, { run, window, listed }: Read): Promise<void> {
  const { to: reachedAt } = window
  const isOver = reachedAt >= run.until
  const count = await countIn(tx, mailboxId, { run, window, listed })
  const total = { listed: run.listed + count.listed, taken: run.taken + count.taken }
  const span = spanAfter(run.span, listed.length)
  await change(tx, run.id, {
    reachedAt,
    span,
    problem: null,
    ...total,
    ...(isOver && { state: 'done', endedAt: tx.now }),
  })
  const ended = { mailboxId, backfillId: run.id, ...total, by: systemOf(tx.workspaceId) }
  if (isOver) await record(tx, [backfillEnded(ended)])
}

/** Mails of exactly this stretch, and those of them that this run brought in: seconds at its ends are asked for twice. */
async function countIn(tx: Tx, mailboxId: string, { run, window, listed }: Read) {
  const ids = listed.map(({ gmailId }) => gmailId)
  const [row] = await tx.$queryRaw<{ listed: number; taken: number }[]>`
    select count(*)::int as listed, count(*) filter (where received_at >= ${run.startedAt})::int as taken from desk.mailbox_mail
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = any(${ids}::text[])
      and coalesce(accepted_at, ${window.from}) >= ${window.from} and coalesce(accepted_at, ${window.from}) < ${window.to}`
  return row ?? { listed: 0, taken: 0 }
}

type Changes = Partial<Pick<Backfill, 'span' | 'reachedAt' | 'problem' | 'listed' | 'taken' | 'state' | 'endedAt'>>

async function change(tx: Tx, id: string, data: Changes): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  await tx.mailboxBackfill.update({ where, data: { ...data, updatedAt: tx.now } })
}

const comeBack = (ctx: Ctx, { workspaceId, id }: OpenMailbox, ms: number): Promise<void> =>
  inWorkspace(ctx, workspaceId, (tx) => enqueueBackfill(tx, id, new Date(tx.now.getTime() + ms)))

const noteProblem = (ctx: Ctx, { workspaceId, id }: OpenMailbox, problem: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const run = await lockRunning(tx, id)
    if (run) await change(tx, run.id, { problem })
  })

/** Runs whose job got lost are taken up again, each minute. */
export async function resumeBackfills(tx: Tx): Promise<void> {
  const where = { workspaceId: tx.workspaceId, state: 'running' }
  for (const { mailboxId } of await tx.mailboxBackfill.findMany({ where, select: { mailboxId: true } }))
    await enqueueBackfill(tx, mailboxId)
}
