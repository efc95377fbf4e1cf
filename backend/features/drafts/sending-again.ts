import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { enqueue } from '../../platform/jobs.ts'
import { planAgain } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { refuseInShadow } from '../settings/index.ts'
import { replySentAgain } from './events.ts'
import { refuseDoubtful } from './refusing-doubtful.ts'
import { keyOf, replyState, sendPlannedReply } from './replying.ts'
import { threadOf } from './thread.ts'

type Again = { ticketId: string; replyId: string; despiteDoubt: boolean }

/**
 * Somebody has looked, and the customer has not got this answer: it leaves as it was written, once, however often it is pressed.
 * @throws DeskError not_found, already_done once it or a later answer went out, in_shadow, needs_confirmation
 */
export const sendAgain = (ctx: Ctx, { ticketId, replyId, despiteDoubt }: Again, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { state } = await replyState(tx, ticketId, replyId)
    if (state === 'sent') throw new DeskError('already_done', 'This answer was sent.')
    if (state !== 'refused' && state !== 'unclear') return // it is on its way
    if (await isAnsweredSince(tx, ticketId, replyId))
      throw new DeskError('already_done', 'Another answer went out since. Write a new one if this is still to be said.')
    const { mailboxId } = await threadOf(ctx, tx, ticketId)
    for (const about of [{ ticketId }, { mailboxId }]) await refuseInShadow(tx, about)
    await refuseDoubtful(ctx, tx, ticketId, despiteDoubt)
    if (!(await planAgain(tx, replyId))) return
    await record(tx, [replySentAgain({ ticketId, replyId, by })])
    await enqueue(tx, sendPlannedReply, { replyId }, { queue: `ticket:${ticketId}`, key: keyOf(replyId) })
  })

async function isAnsweredSince(tx: Tx, ticketId: string, replyId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ answered: boolean }[]>`
    select exists (select from desk.message m where m.workspace_id = j.workspace_id and m.ticket_id = ${ticketId}::uuid and m.direction = 'out'
      and m.sent_at > j.created_at) as answered
    from desk.journal_entry j where j.workspace_id = ${tx.workspaceId}::uuid and j.id = ${replyId}::uuid`
  return row?.answered ?? false
}
