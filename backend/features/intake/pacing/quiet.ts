import { GmailPaced } from '../../../clients/gmail/index.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/**
 * Asked before an attempt begins, which would be told the same only after several transactions: where many mails wait for one account that
 * would cost more than the mails.
 * @throws GmailPaced while Google wants quiet from the account
 */
export async function refuseWhileQuiet(tx: Tx, mailboxId: string): Promise<void> {
  const [held] = await tx.$queryRaw<{ until: Date }[]>`
    select held_until as until from desk.mailbox_pace
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and held_until > ${tx.now}`
  if (held) throw new GmailPaced((held.until.getTime() - tx.now.getTime()) / 1_000)
}
