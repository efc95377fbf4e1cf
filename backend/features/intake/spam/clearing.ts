import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { spamCleared } from './events.ts'

/** What Gmail took out of spam by itself, or somebody in Gmail, is suspected no more. What was decided here stays so. */
export async function clearSuspects(tx: Tx, mailboxId: string, gmailIds: readonly string[]): Promise<void> {
  if (gmailIds.length === 0) return
  const { workspaceId } = tx
  const cleared = await tx.$queryRaw<{ id: string }[]>`
    update desk.suspected_mail set state = 'ticket', decided_at = ${tx.now}
    where workspace_id = ${workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and gmail_id = any(${[...gmailIds]}::text[]) and state <> 'ticket'
    returning id::text`
  const by = systemOf(workspaceId)
  await record(
    tx,
    cleared.map(({ id: suspectedId }) => spamCleared({ mailboxId, suspectedId, by })),
  )
}
