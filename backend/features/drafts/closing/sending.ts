import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { type Job, job } from '../../../platform/jobs.ts'
import { type Effect, type Entry, perform } from '../../../platform/journal.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { comeAgain } from '../coming-again.ts'
import { customerReminded } from '../events.ts'
import { permitSending } from '../permitting.ts'
import type { ReplyRequest } from '../reply-mail.ts'
import { enqueueAgain } from '../replying.ts'
import { type Sent, sendingReply } from '../sending-mail.ts'
import { closingIn } from './settings.ts'

/** Reminders in the journal: nobody waits for them as for an answer, and they lose their sense when something happens. */
export const REMINDER = 'gmail.reminder'

/** Sends a planned reminder; the journal makes sure that it is sent once. */
export const sendReminder: Job<{ replyId: string }, Ctx> = job(
  'drafts:send-reminder',
  z.object({ replyId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { replyId }) => {
    const at = { workspaceId, entryId: replyId }
    const attempt = perform(ctx, sendingReminder, at, permitSending(ctx))
    await comeAgain(ctx, workspaceId, attempt, (tx, when) => enqueueAgain(tx, sendReminder, replyId, when))
  },
)

const sendingReminder: Effect<ReplyRequest, Sent, Ctx> = {
  ...sendingReply,
  kind: REMINDER,
  unwanted: async (tx, entry) => ((await isWanted(tx, entry)) ? null : 'The ticket moved on before the reminder left.'),
  async settle(ctx, tx, entry, sent) {
    await sendingReply.settle(ctx, tx, entry, sent)
    if (entry.ticketId === null) return
    const by = systemOf(tx.workspaceId)
    await record(tx, [customerReminded({ ticketId: entry.ticketId, replyId: entry.id, by })])
    await tx.idleTicket.updateMany({ where: remindedBy(tx, entry), data: { remindedAt: tx.now } })
  },
}

type Planned = Pick<Entry<unknown>, 'ticketId' | 'plannedAt'>

/** The note of a ticket that this reminder made. The days until it closes count since the customer was asked. */
const remindedBy = (tx: Tx, { ticketId, plannedAt }: Planned) => ({
  workspaceId: tx.workspaceId,
  ticketId: ticketId ?? '',
  remindedAt: plannedAt,
})

/** The customer may have written, the ticket moved or been put off, or the setting been switched off since it was planned. */
async function isWanted(tx: Tx, entry: Planned): Promise<boolean> {
  if (entry.ticketId === null || (await closingIn(tx)).remindPending === null) return false
  const where = {
    workspaceId: tx.workspaceId,
    id: entry.ticketId,
    status: 'pending',
    voidReason: null,
    snoozedUntil: null,
  }
  return (await tx.ticket.count({ where })) === 1 && (await tx.idleTicket.count({ where: remindedBy(tx, entry) })) === 1
}
