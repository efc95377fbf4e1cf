import { z } from 'zod'
import { GmailPaced, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { missedMailTaken } from '../events.ts'
import { readMailbox } from '../mailboxes.ts'
import { enqueueNaming, enqueueProcessing, enqueueTaking } from '../queueing.ts'
import { take } from '../taking.ts'

/** Brings in mails that a count found missing, in the turn of the mailbox's reader. What came meanwhile is skipped. */
export async function takeMissed(
  ctx: Ctx,
  workspaceId: string,
  mailboxId: string,
  gmailIds: readonly string[],
): Promise<void> {
  const mailbox = await readMailbox(ctx, workspaceId, mailboxId)
  if (mailbox.state === 'paused' || mailbox.state === 'ended') return
  const changes = gmailIds.map((gmailId) => ({ gmailId, threadId: null, labels: [] }))
  try {
    await take(ctx, mailbox, changes.toReversed(), true)
  } catch (error) {
    if (!(error instanceof GmailPaced || error instanceof GmailTooFast)) throw error
    const seconds = error.retryAfter ?? 1
    await inWorkspace(ctx, workspaceId, (tx) =>
      enqueueTaking(tx, mailboxId, gmailIds, new Date(tx.now.getTime() + seconds * 1_000)),
    )
  }
}

/** Somebody wants a mail that a count found without an outcome. Pressed twice it is asked for once. @throws DeskError not_found */
export const takeIn = (ctx: Ctx, certificateId: string, gmailId: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId } = tx
    const [found] = await tx.$queryRaw<{ mailboxId: string; kind: string; state: string }[]>`
      select mailbox_id::text as "mailboxId", kind, state from desk.intake_difference
      where workspace_id = ${workspaceId}::uuid and certificate_id = ${certificateId}::uuid and gmail_id = ${gmailId} for update`
    if (!found) throw new DeskError('not_found', 'This certificate tells of no such mail.')
    const { mailboxId, kind, state } = found
    if (kind === 'waiting') await enqueueProcessing(tx, mailboxId)
    else await enqueueTaking(tx, mailboxId, [gmailId])
    if (state === 'asked') return
    const where = { workspaceId_certificateId_gmailId: { workspaceId, certificateId, gmailId } }
    await tx.intakeDifference.update({ where, data: { state: 'asked', askedById: by.id } })
    await record(tx, [missedMailTaken({ mailboxId, certificateId, by })])
  })

const Named = z.object({ from: z.string(), subject: z.string() })
export type Named = z.infer<typeof Named>
export const NAMED_AS = 'intake_difference.content'

export const namedIn = (text: string): Named => Named.parse(JSON.parse(text))

/** Of more differences only the ids are shown. */
const MOST_NAMED = 200
const AT_A_TIME = 20

/** Asks Gmail who wrote the mails that differ, and about what, so that whoever may see it knows what was missed. */
export async function nameDifferences(
  ctx: Ctx,
  workspaceId: string,
  { id, mailboxId }: { id: string; mailboxId: string },
): Promise<void> {
  const mailbox = await readMailbox(ctx, workspaceId, mailboxId)
  if (mailbox.state !== 'connected') return
  const { unnamed, named } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId, certificateId: id }
      return {
        named: await tx.intakeDifference.count({ where: { ...where, content: { not: null } } }),
        unnamed: await tx.intakeDifference.findMany({
          where: { ...where, content: null },
          orderBy: { gmailId: 'asc' },
          take: AT_A_TIME,
          select: { gmailId: true },
        }),
      }
    },
    { reads: true },
  )
  if (unnamed.length === 0 || named >= MOST_NAMED) return
  const later = (seconds: number) =>
    inWorkspace(ctx, workspaceId, (tx) =>
      enqueueNaming(tx, { id, mailboxId }, new Date(tx.now.getTime() + seconds * 1_000)),
    )
  try {
    for (const { gmailId } of unnamed) {
      const header = await mailbox.history.header(gmailId)
      const said = header ? { from: header.from.slice(0, 320), subject: header.subject.slice(0, 300) } : GONE
      const content = mailbox.box.seal(NAMED_AS, `${id}/${gmailId}`, JSON.stringify(said))
      await inWorkspace(ctx, workspaceId, (tx) =>
        tx.intakeDifference.updateMany({ where: { workspaceId, certificateId: id, gmailId }, data: { content } }),
      )
    }
  } catch (error) {
    if (!(error instanceof GmailPaced || error instanceof GmailTooFast)) throw error
    return later(error.retryAfter ?? 1)
  }
  await later(0)
}

const GONE: Named = { from: '', subject: 'Not in Gmail any more' }
