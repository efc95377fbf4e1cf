import type { Tx } from '../../../platform/tenancy.ts'
import { enqueueProcessing } from '../queueing.ts'
import { mailRulesIn } from './rows.ts'

/**
 * Puts mails whose labels changed back on the work list, where rules see them with the labels that they have now. Only what a rule
 * ignored, and only where rules ask for labels; what became a ticket stays one.
 * @param gmailIds any mails of the mailbox, known or not
 * @returns how many are judged again
 */
export async function rejudge(tx: Tx, mailboxId: string, gmailIds: readonly string[]): Promise<number> {
  if (gmailIds.length === 0) return 0
  const { rules } = await mailRulesIn(tx)
  if (!rules.some(({ active, matches }) => active && matches.labels.length > 0)) return 0
  const again = await tx.$executeRaw`
    with chosen as (
      delete from desk.ignored_mail where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid
        and gmail_id = any(${[...gmailIds]}::text[]) and rule_id is not null returning gmail_id)
    update desk.mailbox_mail m set state = 'received', outcome = null, reason = null, ended_at = null, attempts = 0
    from chosen c
    where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = ${mailboxId}::uuid and m.gmail_id = c.gmail_id and m.state = 'ended'
      and m.outcome = 'ignored' and m.raw_id is not null
      and exists (select from desk.raw_mail r where r.workspace_id = m.workspace_id and r.stored_at = m.raw_at and r.id = m.raw_id)`
  if (again > 0) await enqueueProcessing(tx, mailboxId)
  return again
}
