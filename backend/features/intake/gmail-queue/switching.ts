import type { GmailQueueAccount, GmailQueueSwitch } from '../../../../shared/gmail-queue.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { noteAllOpen, queueOf, SWITCH } from './due.ts'
import { gmailQueueSwitched } from './events.ts'
import { OWNER_WORKS } from './reading.ts'
import { removeAllLabels } from './removing.ts'

/** Every account that is read, and what is written into it. */
export const accountsIn = (tx: Tx): Promise<GmailQueueAccount[]> =>
  tx.$queryRaw<GmailQueueAccount[]>`
    select b.id::text as "mailboxId", b.archive_address as address, b.kind, coalesce(s.labels, false) as labels, coalesce(s.archive, false) as archive
    from desk.mailbox b left join desk.gmail_queue_setting s on s.workspace_id = b.workspace_id and s.mailbox_id = b.id
    where b.workspace_id = ${tx.workspaceId}::uuid and b.state <> 'ended' order by b.kind, b.archive_address`

/** Says what is written into an account. Switched on, all open work is labelled; switched off, our labels go. */
export const switchAccount = (
  ctx: Ctx,
  mailboxId: string,
  wish: GmailQueueSwitch,
  by: Actor,
): Promise<GmailQueueAccount> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const account = (await accountsIn(tx)).find((one) => one.mailboxId === mailboxId)
    if (!account) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
    const { labels, archive } = wish
    const where = { workspaceId_mailboxId: { workspaceId, mailboxId } }
    const row = { labels, archive, updatedAt: now }
    await tx.gmailQueueSetting.upsert({ where, create: { ...row, workspaceId, mailboxId }, update: row })
    const after = { ...account, labels, archive }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'gmail_queue', before: account, after, by })
    await record(tx, [gmailQueueSwitched({ mailboxId, labels, archive, by })])
    await enqueue(tx, SWITCH, { mailboxId }, { queue: queueOf(tx) })
    return after
  })

/**
 * Carries a switch out.
 * @returns seconds after which to go on, when Gmail or the door asks us to wait; null when it is done
 */
export async function carryOut(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<number | null> {
  const setting = await inWorkspace(ctx, workspaceId, (tx) => effectiveIn(tx, mailboxId), { reads: true })
  if (!setting.labels) {
    const seconds = await removeAllLabels(ctx, { workspaceId, mailboxId })
    if (seconds !== null) return seconds
  }
  if (!(setting.labels || setting.archive)) return null
  await inWorkspace(ctx, workspaceId, noteAllOpen)
  return null
}

/** What is written into an account at this moment: nothing when it is read no more, or its owner does not work on tickets. */
async function effectiveIn(tx: Tx, mailboxId: string): Promise<GmailQueueSwitch> {
  const [row] = await tx.$queryRaw<GmailQueueSwitch[]>`
    select s.labels and b.state <> 'ended' and ${OWNER_WORKS} as labels, s.archive and b.state <> 'ended' and ${OWNER_WORKS} as archive
    from desk.gmail_queue_setting s
    join desk.mailbox b on b.workspace_id = s.workspace_id and b.id = s.mailbox_id
    left join desk.staff st on st.workspace_id = b.workspace_id and st.id = b.staff_id
    where s.workspace_id = ${tx.workspaceId}::uuid and s.mailbox_id = ${mailboxId}::uuid`
  return row ?? { labels: false, archive: false }
}

/** The owner of an inbox has another role, or it is read no more: what the desk wrote there is looked at as a whole. */
export const lookAgainAt = (
  ctx: Ctx,
  workspaceId: string,
  which: { staffId: string } | { id: string },
): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const where = { workspaceId, queueSetting: { isNot: null }, ...which }
    for (const { id } of await tx.mailbox.findMany({ where, select: { id: true } }))
      await enqueue(tx, SWITCH, { mailboxId: id }, { queue: queueOf(tx) })
  })
