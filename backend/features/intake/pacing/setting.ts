import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'

/** How a mailbox is read. `unitsPerMinute`: null is the number that the desk is configured with. */
export const MailboxReading = z.object({
  pollMinutes: z.int().min(1).max(15),
  unitsPerMinute: z.int().min(600).max(1_000_000).nullable(),
})
export type MailboxReading = z.infer<typeof MailboxReading>

export type ReadingOf = MailboxReading & {
  id: string
  archiveAddress: string
  /** Google asked us to be quiet until then. */
  heldUntil: Date | null
}

/** @throws DeskError not_found */
export async function readingOf(tx: Tx, mailboxId: string): Promise<ReadingOf> {
  const row = await tx.mailbox.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mailboxId } },
    select: {
      id: true,
      archiveAddress: true,
      pollMinutes: true,
      unitsPerMinute: true,
      pace: { select: { heldUntil: true } },
    },
  })
  if (!row) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
  const { pace, ...reading } = row
  const heldUntil = pace?.heldUntil ?? null
  return { ...reading, heldUntil: heldUntil && heldUntil > tx.now ? heldUntil : null }
}

/** @throws DeskError not_found */
export const writeReading = (ctx: Ctx, mailboxId: string, wanted: MailboxReading, by: StaffActor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { pollMinutes, unitsPerMinute } = await readingOf(tx, mailboxId)
    await tx.mailbox.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: mailboxId } }, data: wanted })
    await noteChange(tx, await ctx.keyring.box(tx), {
      setting: 'mailbox_reading',
      before: { mailboxId, pollMinutes, unitsPerMinute },
      after: { mailboxId, ...wanted },
      by,
    })
  })
