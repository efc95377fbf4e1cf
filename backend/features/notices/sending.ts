import { v5 } from 'uuid'
import { z } from 'zod'
import { GmailRefused } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { enqueue, enqueueAll, job } from '../../platform/jobs.ts'
import { type Effect, perform, plan, undecided } from '../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { afterSending, findSentMail } from '../drafts/index.ts'
import { openMailbox } from '../intake/index.ts'
import { mayAffectOutside } from '../settings/index.ts'
import { noticeReference } from '../tickets/index.ts'
import { composeNotice, NOTICE_HEADER, NoticeRequest } from './notice-mail.ts'
import type { Recipient } from './recipients.ts'

const KIND = 'gmail.notice'

export type Notice = {
  /** Says which notice it is, so that a reaction that runs twice writes one: «asked/<approval>». */
  about: string
  subject: string
  text: string
  /** Number of the ticket that the panel shows beside it. */
  ticket: string | null
}

/**
 * Writes one notice for each person, to be sent by a job.
 * @throws DeskError unavailable while no mailbox is connected: the queue comes again
 */
export async function notify(ctx: Ctx, tx: Tx, people: readonly Recipient[], notice: Notice): Promise<void> {
  if (people.length === 0) return
  const mailbox = await mailboxToSendFrom(tx)
  const box = await ctx.keyring.box(tx)
  for (const { id: staffId, email } of people) {
    const id = v5(`${notice.about}/${staffId}`, tx.workspaceId)
    const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
    if (await tx.journalEntry.findUnique({ where, select: { id: true } })) continue
    const request: NoticeRequest = {
      mailboxId: mailbox.id,
      staffId,
      from: mailbox.address,
      to: email,
      subject: ctx.mask(notice.subject),
      text: ctx.mask(notice.text),
      ...(notice.ticket && { references: noticeReference(ctx.signer, tx.workspaceId, notice.ticket) }),
    }
    await plan(tx, box, { kind: KIND }, { id, ticketId: null, by: systemOf(tx.workspaceId), request })
    await enqueue(tx, sendNotice, { noticeId: id }, { key: keyOf(id) })
  }
}

async function mailboxToSendFrom(tx: Tx): Promise<{ id: string; address: string }> {
  const mailbox = await tx.mailbox.findFirst({
    where: { workspaceId: tx.workspaceId, state: 'connected' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, address: true },
  })
  if (!mailbox) throw new DeskError('unavailable', 'No mailbox is connected that a notice could be sent from.')
  return mailbox
}

const keyOf = (noticeId: string) => `notice:${noticeId}`

/** Sends a planned notice; the journal makes sure that it is sent once. */
export const sendNotice = job(
  'notices:send',
  z.object({ noticeId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { noticeId }) => {
    await perform(ctx, sendingNotice, { workspaceId, entryId: noticeId }, (tx) => mayAffectOutside(ctx, tx))
  },
)

const RESUMED_AT_ONCE = 200

/** Notices that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
export const resumeNotices = job('notices:resume', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!(await mayAffectOutside(ctx, tx))) return
    const left = await undecided(tx, KIND, RESUMED_AT_ONCE)
    const { name, maxAttempts } = sendNotice
    await enqueueAll(
      tx,
      left.map(({ id }) => ({ job: name, payload: { noticeId: id }, key: keyOf(id), maxAttempts })),
    )
  }),
)

const Sent = z.object({ gmailId: z.string() })

/** Someone who left meanwhile gets nothing. */
class HasLeft extends Error {
  override name = 'HasLeft'
}

const sendingNotice: Effect<NoticeRequest, z.infer<typeof Sent>, Ctx> = {
  kind: KIND,
  request: NoticeRequest,
  result: Sent,
  async run(ctx, { workspaceId, id, request }) {
    await refuseLeft(ctx, workspaceId, request.staffId)
    const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
    const raw = await composeNotice(request, markOf(ctx, workspaceId, id), ctx.clock.now())
    const { id: gmailId } = await mailbox.send({ raw, threadId: undefined })
    return { gmailId }
  },
  find: (ctx, { workspaceId, id, request, plannedAt }) =>
    afterSending(async () => {
      const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
      const mark = { name: NOTICE_HEADER, value: markOf(ctx, workspaceId, id) }
      const gmailId = await findSentMail(mailbox, mark, plannedAt)
      return gmailId === null ? null : { gmailId }
    }),
  refusal: (error) => (error instanceof GmailRefused || error instanceof HasLeft ? error.message : null),
  refused: async () => undefined,
  settle: async () => undefined,
}

const markOf = ({ signer }: Ctx, workspaceId: string, id: string) =>
  `${id}.${signer.mac('notice-header', `${workspaceId}/${id}`)}`

async function refuseLeft(ctx: Ctx, workspaceId: string, id: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId, id } }
  const staff = await inWorkspace(ctx, workspaceId, (tx) => tx.staff.findUnique({ where, select: { state: true } }), {
    reads: true,
  })
  if (staff?.state === 'deactivated') throw new HasLeft('This person has left the desk.')
}
