import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { enqueueAll, job, type Work } from '../../platform/jobs.ts'
import { undecided } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { REMINDER, sendReminder } from './closing/sending.ts'
import { keyOf, sendPlannedReply } from './replying.ts'
import { REPLY } from './sending-mail.ts'

const RESUMED_AT_ONCE = 200

/** Mails that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
export const resumeReplies = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    await resume(tx, REPLY, sendPlannedReply)
    await resume(tx, REMINDER, sendReminder)
  })

async function resume(tx: Tx, kind: string, { name, maxAttempts }: Work<Ctx>): Promise<void> {
  const left = await undecided(tx, kind, RESUMED_AT_ONCE)
  await enqueueAll(
    tx,
    left.map(({ id, ticketId }) => ({
      job: name,
      payload: { replyId: id },
      queue: `ticket:${ticketId}`,
      key: keyOf(id),
      maxAttempts,
    })),
  )
}

export const resumeRepliesJob = job('drafts:resume-replies', z.object({}), resumeReplies)
