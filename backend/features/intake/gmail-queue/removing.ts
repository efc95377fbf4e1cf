import { type GmailMailbox, GmailPaced, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { mayAffectOutside } from '../../settings/index.ts'
import { openMailbox, openSecret } from '../mailboxes.ts'
import type { Place } from './naming.ts'

/** The number of a ticket that is done makes room for others: Gmail has room for 10,000 labels. */
export async function removeNumber(ctx: Ctx, place: Place, gmail: GmailMailbox, ticketId: string): Promise<void> {
  const { workspaceId, mailboxId } = place
  const row = await inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.gmailQueueLabel.findFirst({
        where: { workspaceId, mailboxId, ticketId },
        select: { id: true, labelId: true },
      }),
    { reads: true },
  )
  if (row) await removeLabel(ctx, workspaceId, gmail, row)
}

/** Gmail takes a label that is deleted off all its mails. The row goes after it, so that nothing of ours is left there unknown. */
async function removeLabel(
  ctx: Ctx,
  workspaceId: string,
  gmail: GmailMailbox,
  { id, labelId }: { id: string; labelId: string | null },
): Promise<void> {
  if (labelId !== null) await gmail.deleteLabel(labelId)
  await inWorkspace(ctx, workspaceId, (tx) => tx.gmailQueueLabel.deleteMany({ where: { workspaceId, id } }))
}

const AT_ONCE = 100

/**
 * An inbox that is read no more has no secret. Where the organisation still lets the same service account into other inboxes, it may take
 * our labels out of this one; where not, they stay, and their owner deletes them.
 */
async function openForRemoving(ctx: Ctx, { workspaceId, mailboxId }: Place): Promise<GmailMailbox | null> {
  const { row, other, box } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      row: await tx.mailbox.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId, id: mailboxId } } }),
      other: await tx.mailbox.findFirst({
        where: { workspaceId, access: 'service_account', secret: { not: null } },
        orderBy: { createdAt: 'desc' },
      }),
      box: await ctx.keyring.box(tx),
    }),
    { reads: true },
  )
  if (row.state !== 'ended') return openMailbox(ctx, workspaceId, mailboxId, 'labels')
  if (row.access !== 'service_account' || !other?.secret) return null
  const secret = openSecret(box, other.id, other.secret)
  return ctx.gmail.mailbox({ mailboxId, address: row.archiveAddress, access: 'service_account', secret })
}

/**
 * Takes all labels of ours out of an account. What was archived stays archived.
 * @returns seconds after which to go on, when Gmail or the door asks us to wait; null when all is out
 */
export async function removeAllLabels(ctx: Ctx, { workspaceId, mailboxId }: Place): Promise<number | null> {
  const gmail = await openForRemoving(ctx, { workspaceId, mailboxId })
  if (!gmail) return null
  for (;;) {
    const { rows, allowed } = await inWorkspace(ctx, workspaceId, async (tx) => ({
      rows: await tx.gmailQueueLabel.findMany({
        where: { workspaceId, mailboxId },
        take: AT_ONCE,
        select: { id: true, labelId: true },
      }),
      allowed: await mayAffectOutside(ctx, tx, { mailboxId }),
    }))
    if (rows.length === 0) break
    if (!allowed) return 15 * 60
    try {
      for (const row of rows) await removeLabel(ctx, workspaceId, gmail, row)
    } catch (error) {
      if (error instanceof GmailPaced || error instanceof GmailTooFast) return error.retryAfter ?? 1
      throw error
    }
  }
  await inWorkspace(ctx, workspaceId, (tx) =>
    tx.gmailQueueMail.updateMany({
      where: { workspaceId, mailboxId },
      data: { kinds: [], nextKinds: [], isWriting: false },
    }),
  )
  return null
}
