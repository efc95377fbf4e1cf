import type { SavedReply } from '../../../../shared/drafts.ts'
import type { Actor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { assignIn, categoriseIn, prioritiseIn, tagIn } from '../../tickets/index.ts'
import { macroUsed } from '../events.ts'
import { chooseIn } from '../sending/choosing.ts'
import { nameAtWork } from './people.ts'

/**
 * Does what a saved reply does besides its text, and counts it. What is as it should be already stays, so twice is once; only the count
 * grows. What becomes of the ticket after sending is kept for the moment in which the answer is read as sent.
 */
export async function actIn(tx: Tx, ticketId: string, { id, acts }: SavedReply, by: Actor): Promise<void> {
  const { priority, category, tags, take, assigneeId, sending } = acts
  if (priority) await prioritiseIn(tx, ticketId, { priority }, by)
  if (category) await categoriseIn(tx, ticketId, { category }, by)
  if (tags && tags.length > 0) await tagIn(tx, ticketId, { add: tags, remove: [] }, by)
  if (take && by.kind === 'staff') await assignIn(tx, ticketId, { assigneeId: by.id }, by)
  else if (assigneeId && (await nameAtWork(tx, assigneeId))) await assignIn(tx, ticketId, { assigneeId }, by)
  if (sending) await chooseIn(tx, ticketId, sending, by)
  await tx.$executeRaw`
    update desk.saved_reply set used_count = used_count + 1, used_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`
  await record(tx, [macroUsed({ ticketId, savedReplyId: id, acts: Object.keys(acts).length, by })])
}
