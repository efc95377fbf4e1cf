import { z } from 'zod'
import type { Reply } from '../../../shared/drafts.ts'
import { GmailRefused, GmailUnavailable } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { enqueue, enqueueAll, job } from '../../platform/jobs.ts'
import { type Effect, type Entry, perform, plan, undecided } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { openMailbox } from '../intake/index.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { excerptOf, fileStaffMail, mailKeyOf, REPLY_HEADER, replyHeader, tokenAddress } from '../tickets/index.ts'
import { type customerReminded, replyPlanned, replyRefused } from './events.ts'
import { composeReply, headerOf, ReplyRequest } from './reply-mail.ts'
import { afterSending, findSentMail } from './sent-mail.ts'
import { frame } from './templates/framing.ts'
import { frameFor } from './templates/templates.ts'
import { replySubject, threadOf } from './thread.ts'

const KIND = 'gmail.reply'

const Sent = z.object({ gmailId: z.string(), messageId: z.string(), sentAt: z.iso.datetime() })
type Sent = z.infer<typeof Sent>

/** Writes the answer down and leaves the sending to a job: the agent does not wait for Gmail, and a crash loses nothing. */
export const reply = (ctx: Ctx, ticketId: string, text: string, by: Actor): Promise<Reply> =>
  inWorkspace(ctx, by.workspaceId, (tx) => replyIn(ctx, tx, { ticketId, text }, by))

type Wish = { ticketId: string; text: string; automatic?: typeof customerReminded }

/** The same inside a transaction. @param wish.automatic a machine's words, and what they are recorded as: they answer nothing and move nothing */
export async function replyIn(ctx: Ctx, tx: Tx, { ticketId, text, automatic }: Wish, by: Actor): Promise<Reply> {
  const thread = await threadOf(ctx, tx, ticketId)
  const replyId = newId(tx.now)
  const framed = frame(text, await frameFor(tx, thread.language, by.kind === 'staff' ? by.id : null))
  await plan(
    tx,
    await ctx.keyring.box(tx),
    { kind: KIND },
    {
      id: replyId,
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
        automatic: automatic !== undefined,
        mark: { name: REPLY_HEADER, value: replyHeader(ctx.signer, tx.workspaceId, replyId) },
      },
    },
  )
  await record(tx, [(automatic ?? replyPlanned)({ ticketId, replyId, by })])
  await enqueue(tx, sendPlannedReply, { replyId }, { queue: `ticket:${ticketId}`, key: keyOf(replyId) })
  return { id: replyId, ticketId, state: 'planned', refusal: null }
}

/** What became of a reply. */
export async function replyState(tx: Tx, ticketId: string, replyId: string): Promise<Reply> {
  const row = await tx.journalEntry.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: replyId } },
  })
  if (row?.kind !== KIND || row.ticketId !== ticketId)
    throw new DeskError('not_found', 'There is no such reply on this ticket.')
  const state = (
    { planned: 'planned', running: 'sending', done: 'sent', refused: 'refused', unknown: 'unknown' } as const
  )[row.state as 'planned']
  return { id: replyId, ticketId, state, refusal: row.refusal }
}

/** Sends a planned reply; the journal makes sure that it is sent once. */
export const sendPlannedReply = job(
  'drafts:send-reply',
  z.object({ replyId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { replyId }) => {
    await perform(ctx, sendingReply, { workspaceId, entryId: replyId }, (tx) => mayAffectOutside(ctx, tx))
  },
)

const RESUMED_AT_ONCE = 200

/** Replies that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
export const resumeReplies = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    const left = await undecided(tx, KIND, RESUMED_AT_ONCE)
    const { name, maxAttempts } = sendPlannedReply
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
  })

export const resumeRepliesJob = job('drafts:resume-replies', z.object({}), resumeReplies)

const keyOf = (replyId: string) => `reply:${replyId}`

const sendingReply: Effect<ReplyRequest, Sent, Ctx> = {
  kind: KIND,
  request: ReplyRequest,
  result: Sent,
  async run(ctx, { workspaceId, request }) {
    const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
    const raw = await composeReply(request, ctx.clock.now())
    const sent = await mailbox.send({ raw, threadId: request.gmailThreadId ?? undefined })
    return afterSending(() => readBack(mailbox, sent.id))
  },
  find: (ctx, entry) => afterSending(() => findSent(ctx, entry)),
  refusal: (error) => (error instanceof GmailRefused ? error.message : null),
  refused: (tx, { id, ticketId, by }) => record(tx, ticketId ? [replyRefused({ ticketId, replyId: id, by })] : []),
  settle: (ctx, tx, entry, sent) => fileOwnReply(ctx, tx, entry, sent),
}

type Mailbox = Awaited<ReturnType<typeof openMailbox>>

/** Google replaces the Message-ID of what it sends, so the real one is read from the sent mail (facts/mail.md section 3.4). */
async function readBack(mailbox: Mailbox, gmailId: string): Promise<Sent> {
  const mail = await mailbox.raw(gmailId)
  const messageId = mail ? headerOf(mail.raw, 'Message-ID') : ''
  if (!mail || messageId === '')
    throw new GmailUnavailable('Gmail accepted the reply but did not show it yet.', { mayHaveHappened: true })
  return { gmailId, messageId, sentAt: mail.acceptedAt.toISOString() }
}

async function findSent(ctx: Ctx, { workspaceId, request, plannedAt }: Entry<ReplyRequest>): Promise<Sent | null> {
  const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
  const id = await findSentMail(mailbox, request.mark, plannedAt)
  return id === null ? null : readBack(mailbox, id)
}

/** The reply is on the ticket at once; when intake reads the same mail in the archive it finds it there. */
async function fileOwnReply(
  ctx: Ctx,
  tx: Tx,
  { ticketId, by, request }: Entry<ReplyRequest>,
  { messageId, sentAt }: Sent,
): Promise<void> {
  const mail = {
    mailboxId: request.mailboxId,
    mailKey: mailKeyOf(messageId),
    references: [...request.references].reverse().map(mailKeyOf),
    messageId,
    subject: request.subject,
    from: { name: '', address: request.from },
    to: [request.to.address],
    cc: [],
    text: request.text,
    excerpt: excerptOf(request.text),
    sentAt: new Date(sentAt),
    automatic: request.automatic,
    provenKey: null,
    historical: false,
    raw: null,
    attachments: [],
  }
  await fileStaffMail(tx, await ctx.keyring.box(tx), mail, ticketId, { staffId: by.kind === 'staff' ? by.id : null })
}
