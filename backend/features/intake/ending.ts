import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { Ending } from './desk.ts'

/** Writes how mails ended, in one statement. */
export async function endRows(
  tx: Tx,
  mailboxId: string,
  ends: readonly { gmailId: string; ending: Ending }[],
): Promise<void> {
  const values = ends.map(
    ({ gmailId, ending }) => Prisma.sql`(${gmailId}, ${ending.outcome}, ${ending.reason}, ${ending.messageId}::uuid)`,
  )
  await tx.send(Prisma.sql`
    update desk.mailbox_mail m set state = 'ended', outcome = ended.outcome, reason = ended.reason, message_id = ended.message_id, ended_at = ${tx.now},
      mail_key = case when ended.outcome in ('ignored', 'suspected_spam', 'quarantined') then m.mail_key end
    from (values ${Prisma.join(values)}) as ended (gmail_id, outcome, reason, message_id)
    where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.gmail_id = ended.gmail_id and m.state = 'received'`)
}

/** One more failure of a mail that stays on the work list. */
export async function failRow(tx: Tx, mailboxId: string, gmailId: string): Promise<void> {
  await tx.$executeRaw`
    update desk.mailbox_mail set attempts = least(attempts + 1, 10000)
    where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = ${gmailId} and state = 'received'`
}
