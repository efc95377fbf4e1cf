import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Change } from '../changes.ts'
import { mailboxCertified } from '../events.ts'
import { type OpenMailbox, readMailbox } from '../mailboxes.ts'
import { take } from '../taking.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** What came later may be on its way here. */
const ON_ITS_WAY_MS = 15 * MINUTE
/** It is counted once a night: the queue may run a job again that was done, and a count of minutes would hide that of the night. */
const OFTEN_ENOUGH_MS = 12 * 60 * MINUTE
/** After a longer silence the reading of the mailbox itself finds what is missing. */
const FURTHEST_MS = 7 * DAY

type Stretch = { from: Date; to: Date }
type Count = { listed: number; late: number; unended: number }

/**
 * Counts what Gmail lists since the last count against what is here, brings in what is not, and writes down the result. A mailbox that
 * cannot be read, or is just being read anew, gets no certificate: the age of the last one says so.
 */
export async function certify(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> {
  const mailbox = await readMailbox(ctx, workspaceId, mailboxId)
  if (mailbox.state !== 'connected' || mailbox.resyncPage !== null) return
  const stretch = await stretchOf(ctx, mailbox)
  if (stretch === null) return
  const count = await countAll(ctx, mailbox, stretch)
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const certificateId = newId(tx.now)
    const { from: fromAt, to: toAt } = stretch
    await tx.intakeCertificate.create({
      data: { workspaceId, id: certificateId, mailboxId, at: tx.now, fromAt, toAt, ...count },
    })
    await record(tx, [mailboxCertified({ mailboxId, certificateId, ...count, by: systemOf(workspaceId) })])
  })
}

/** From the last count on; null when it was counted tonight, or nothing is long enough ago. */
const stretchOf = (ctx: Ctx, { workspaceId, id: mailboxId, createdAt }: OpenMailbox): Promise<Stretch | null> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId, mailboxId }
      const select = { at: true, toAt: true } as const
      const last = await tx.intakeCertificate.findFirst({ where, orderBy: { at: 'desc' }, select })
      const now = tx.now.getTime()
      if (last && now - last.at.getTime() < OFTEN_ENOUGH_MS) return null
      const since = Math.max((last?.toAt ?? createdAt).getTime(), now - FURTHEST_MS)
      const to = now - ON_ITS_WAY_MS
      return to > since ? { from: new Date(since), to: new Date(to) } : null
    },
    { reads: true },
  )

async function countAll(ctx: Ctx, mailbox: OpenMailbox, { from, to }: Stretch): Promise<Count> {
  const query = `after:${seconds(from)} before:${seconds(to)}`
  const count: Count = { listed: 0, late: 0, unended: 0 }
  let pageToken: string | undefined
  do {
    const page = await mailbox.gmail.messages({ query, pageToken, spamAndTrash: true })
    const { unknown, unended } = await compare(ctx, mailbox, page.messages.map(asChange))
    await take(ctx, mailbox, unknown.reverse(), true)
    count.listed += page.messages.length
    count.late += unknown.length
    count.unended += unended
    pageToken = page.nextPageToken
  } while (pageToken !== undefined)
  return count
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000)

const asChange = ({ id, threadId }: { id: string; threadId?: string | undefined }): Change => ({
  gmailId: id,
  threadId: threadId ?? null,
  labels: [],
})

const compare = (
  ctx: Ctx,
  { workspaceId, id }: OpenMailbox,
  listed: readonly Change[],
): Promise<{ unknown: Change[]; unended: number }> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const rows = await tx.mailboxMail.findMany({
        where: { workspaceId, mailboxId: id, gmailId: { in: listed.map(({ gmailId }) => gmailId) } },
        select: { gmailId: true, state: true },
      })
      const known = new Set(rows.map(({ gmailId }) => gmailId))
      return {
        unknown: listed.filter(({ gmailId }) => !known.has(gmailId)),
        unended: rows.filter(({ state }) => state === 'received').length,
      }
    },
    { reads: true },
  )
