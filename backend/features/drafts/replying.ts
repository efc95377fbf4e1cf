import { z } from 'zod'
import type { Reply } from '../../../shared/drafts.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue, type Job, job } from '../../platform/jobs.ts'
import { perform, plan } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { refuseInShadow } from '../settings/index.ts'
import { REPLY_HEADER, replyHeader, tokenAddress } from '../tickets/index.ts'
import { withheldBecause } from './automatic/withholding.ts'
import { comeAgain } from './coming-again.ts'
import { type automaticReplyPlanned, replyPlanned } from './events.ts'
import { permitSending } from './permitting.ts'
import { refuseDoubtful } from './refusing-doubtful.ts'
import { REPLY, sendingReply } from './sending-mail.ts'
import { frame } from './templates/framing.ts'
import { frameFor } from './templates/templates.ts'
import { replySubject, threadOf } from './thread.ts'

/** Writes the answer down and leaves the sending to a job: the agent does not wait for Gmail, and a crash loses nothing. */
export const reply = (ctx: Ctx, ticketId: string, { text, despiteDoubt }: Answer, by: Actor): Promise<Reply> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await refuseDoubtful(ctx, tx, ticketId, despiteDoubt)
    return replyIn(ctx, tx, { ticketId, text }, by)
  })

type Answer = { text: string; despiteDoubt: boolean }

type Wish = { ticketId: string; text: string; automatic?: typeof automaticReplyPlanned }

/** The same inside a transaction. @param wish.automatic what a machine's words are recorded as */
export async function replyIn(ctx: Ctx, tx: Tx, { ticketId, text, automatic }: Wish, by: Actor): Promise<Reply> {
  const replyId = await planMail(ctx, tx, { ticketId, text, kind: REPLY, automatic: automatic !== undefined }, by)
  await record(tx, [(automatic ?? replyPlanned)({ ticketId, replyId, by })])
  await enqueue(tx, sendPlannedReply, { replyId }, { queue: `ticket:${ticketId}`, key: keyOf(replyId) })
  return { id: replyId, ticketId, state: 'planned', refusal: null }
}

type Planned = { ticketId: string; text: string; kind: string; automatic: boolean }

/**
 * Writes down a mail into the customer's conversation, exactly as it will leave; whoever plans it has it sent.
 * @param planned.automatic a machine's words: they answer nothing and move nothing
 * @returns its id in the journal
 * @throws DeskError invalid_request when nobody can be written to, automatic_withheld when no machine may; in_shadow
 */
export async function planMail(
  ctx: Ctx,
  tx: Tx,
  { ticketId, text, kind, automatic }: Planned,
  by: Actor,
): Promise<string> {
  await refuseInShadow(tx, { ticketId })
  const thread = await threadOf(ctx, tx, ticketId)
  await refuseInShadow(tx, { mailboxId: thread.mailboxId }) // a ticket of no mailbox is answered from one all the same
  if (automatic) await refuseAutomatic(ctx, tx, { ticketId, address: thread.customer.address })
  const id = newId(tx.now)
  const framed = frame(text, await frameFor(tx, thread.language, by.kind === 'staff' ? by.id : null))
  await plan(
    tx,
    await ctx.keyring.box(tx),
    { kind },
    {
      id,
      ticketId,
      by,
      request: {
        mailboxId: thread.mailboxId,
        from: thread.supportAddress,
        to: thread.customer,
        replyTo: tokenAddress(ctx.signer, tx.workspaceId, thread.supportAddress, thread.number, null),
        subject: replySubject(thread.subject),
        inReplyTo: thread.messageIds.at(-1) ?? null,
        references: thread.messageIds,
        gmailThreadId: thread.gmailThreadId,
        ...framed,
        automatic: automatic && (kind === REPLY ? 'auto-replied' : 'auto-generated'),
        mark: { name: REPLY_HEADER, value: replyHeader(ctx.signer, tx.workspaceId, id) },
      },
    },
  )
  return id
}

/** @throws DeskError automatic_withheld with the reason */
async function refuseAutomatic(ctx: Ctx, tx: Tx, to: { ticketId: string; address: string }): Promise<void> {
  const why = await withheldBecause(ctx, tx, to)
  if (why !== null) throw new DeskError('automatic_withheld', `No automatic mail goes out: ${why}.`)
}

/** What became of a reply. */
export async function replyState(tx: Tx, ticketId: string, replyId: string): Promise<Reply> {
  const row = await tx.journalEntry.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: replyId } },
  })
  if (row?.kind !== REPLY || row.ticketId !== ticketId)
    throw new DeskError('not_found', 'There is no such reply on this ticket.')
  const state = (
    {
      planned: 'planned',
      running: 'sending',
      done: 'sent',
      refused: 'refused',
      unknown: 'unknown',
      needs_person: 'unclear',
    } as const
  )[row.state as 'planned']
  return { id: replyId, ticketId, state, refusal: row.refusal }
}

/** Sends a planned reply; the journal makes sure that it is sent once. */
export const sendPlannedReply: Job<{ replyId: string }, Ctx> = job(
  'drafts:send-reply',
  z.object({ replyId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { replyId }) => {
    const at = { workspaceId, entryId: replyId }
    const attempt = perform(ctx, sendingReply, at, permitSending(ctx))
    await comeAgain(ctx, workspaceId, attempt, (tx, when) => enqueueAgain(tx, sendPlannedReply, replyId, when))
  },
)

/** One job for one reply, however often it is asked for. */
export const keyOf = (replyId: string) => `reply:${replyId}`

/** In the queue of its ticket, where it stood before. */
export async function enqueueAgain(
  tx: Tx,
  work: Job<{ replyId: string }, Ctx>,
  replyId: string,
  at: Date,
): Promise<void> {
  const { ticketId } = await tx.journalEntry.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: replyId } },
    select: { ticketId: true },
  })
  await enqueue(tx, work, { replyId }, { queue: `ticket:${ticketId}`, key: keyOf(replyId), at })
}
