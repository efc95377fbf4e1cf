import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { mailCountAsked } from '../events.ts'
import { beginCount } from './counts.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** What came later may be on its way here. */
const ON_ITS_WAY_MS = 15 * MINUTE
/**
 * It is counted once a night: the queue may run a job again that was done, and a count of minutes would hide that of the night. What a count
 * reaches to tells when it began: one that takes all day because Gmail is slow keeps the next night from nothing.
 */
const OFTEN_ENOUGH_MS = 12 * 60 * MINUTE
/** After a longer silence the reading of the mailbox itself finds what is missing. */
const FURTHEST_MS = 7 * DAY

/**
 * Begins to count what Gmail lists since the last night's count against what is here; what is not is brought in. A mailbox that cannot be
 * read, or is just being read anew, gets no certificate: the age of the last one says so.
 */
export const certify = (ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const mailbox = await mailboxIn(tx, mailboxId)
    if (mailbox.state !== 'connected' || mailbox.kind !== 'archive' || mailbox.resyncPage !== null) return
    const where = { workspaceId, mailboxId, kind: 'nightly' }
    const last = await tx.intakeCertificate.findFirst({
      where,
      orderBy: { at: 'desc' },
      select: { toAt: true },
    })
    const now = tx.now.getTime()
    if (last && now - last.toAt.getTime() < OFTEN_ENOUGH_MS) return
    const from = Math.max((last?.toAt ?? mailbox.createdAt).getTime(), now - FURTHEST_MS)
    const to = now - ON_ITS_WAY_MS
    if (to <= from) return
    await beginCount(tx, { mailboxId, kind: 'nightly', fromAt: new Date(from), toAt: new Date(to), askedById: null })
  })

/**
 * Begins to count all that came since the mailbox was connected, and the earlier mail that was read in, for somebody who wants to know
 * now. It changes nothing: what it finds missing is brought in by a press. @throws DeskError not_found, invalid_request
 */
export const countNow = (ctx: Ctx, mailboxId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { createdAt, kind } = await mailboxIn(tx, mailboxId)
    if (kind !== 'archive')
      throw new DeskError(
        'invalid_request',
        'Only a shared mailbox is counted: of somebody’s own inbox little is kept.',
      )
    const toAt = new Date(Math.max(createdAt.getTime(), tx.now.getTime() - ON_ITS_WAY_MS))
    const fromAt = (await readSince(tx, mailboxId, createdAt)) ?? createdAt
    await beginCount(tx, { mailboxId, kind: 'asked', fromAt, toAt, askedById: by.id })
    await record(tx, [mailCountAsked({ mailboxId, by })])
  })

/** Since when a mailbox was read into the past, up to its connection; null where it was not. */
async function readSince(tx: Tx, mailboxId: string, connectedAt: Date): Promise<Date | null> {
  const whole = { workspaceId: tx.workspaceId, mailboxId, state: 'done', until: { gte: connectedAt } }
  const { _min } = await tx.mailboxBackfill.aggregate({ where: whole, _min: { since: true } })
  return _min.since
}

async function mailboxIn(tx: Tx, id: string) {
  const mailbox = await tx.mailbox.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!mailbox) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
  return mailbox
}
