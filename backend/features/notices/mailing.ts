import { z } from 'zod'
import { GmailRefused } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { enqueue, enqueueAll, type Job, job } from '../../platform/jobs.ts'
import { type Effect, type Entry, NotYet, perform, planAll, undecided } from '../../platform/journal.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { afterSending, comeAgain, findSentMail, isNotSent, permitSending } from '../drafts/index.ts'
import { openMailbox } from '../intake/index.ts'
import { shadowIn, withheld } from '../settings/index.ts'
import { isQuietFor, refuseQuiet, ShiftIsOver } from './choosing/quiet.ts'
import { sealWaiting } from './digest/waiting.ts'
import { HasLeft, refuseLeft } from './leaving.ts'
import type { Mail } from './notice.ts'
import { composeNotice, NOTICE_HEADER, NoticeRequest } from './notice-mail.ts'

const KIND = 'gmail.notice'

/**
 * Writes down one mail for each person, to be sent by a job. From a mailbox in shadow mode nothing is sent, so that nobody is mailed
 * where there is no other one.
 * @throws DeskError unavailable while there is no mailbox
 */
export async function planMails(
  tx: Tx,
  box: Box,
  people: readonly { noticeId: string; staffId: string; email: string }[],
  { subject, text, references, path }: Mail,
): Promise<void> {
  if (people.length === 0) return
  const sender = await mailboxToSendFrom(tx)
  if (sender === null) return withheld(tx, KIND, people.length)
  const { id: mailboxId, address: from } = sender
  const by = systemOf(tx.workspaceId)
  await planAll(
    tx,
    box,
    people.map(({ noticeId: id, staffId, email: to }) => {
      const request: NoticeRequest = { mailboxId, staffId, from, to, subject, text, references, path }
      return { kind: KIND, id, ticketId: null, by, request }
    }),
  )
  await enqueueMails(
    tx,
    people.map(({ noticeId }) => noticeId),
  )
}

const enqueueMails = (tx: Tx, noticeIds: readonly string[]): Promise<void> =>
  enqueueAll(
    tx,
    noticeIds.map((noticeId) => ({
      job: sendNotice.name,
      payload: { noticeId },
      key: keyOf(noticeId),
      maxAttempts: sendNotice.maxAttempts,
    })),
  )

const keyOf = (noticeId: string) => `notice:${noticeId}`

/** One that is reached; where none is, the mail waits for it, so that what goes other ways need not. One that is not read can send. */
export async function mailboxToSendFrom(tx: Tx): Promise<{ id: string; address: string } | null> {
  const { workspaceId } = tx
  const all = await tx.mailbox.findMany({
    where: { workspaceId },
    orderBy: [{ kind: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }], // an archive before somebody's own inbox
    select: { id: true, address: true, state: true },
  })
  const able = ['connected', 'paused', 'needs_access'].flatMap((one) => all.filter(({ state }) => state === one))
  if (able.length === 0)
    throw new DeskError('unavailable', 'There is no mailbox that a notice could be sent from. Connect one.')
  const { mailboxes } = await shadowIn(tx)
  return able.find(({ id }) => !mailboxes.has(id)) ?? null
}

/** Sends a planned notice; the journal makes sure that it is sent once. */
export const sendNotice: Job<{ noticeId: string }, Ctx> = job(
  'notices:send',
  z.object({ noticeId: z.uuid() }),
  async (ctx: Ctx, workspaceId, { noticeId }) => {
    const at = { workspaceId, entryId: noticeId }
    const attempt = perform(ctx, sendingNotice, at, permitSending(ctx))
    await comeAgain(ctx, workspaceId, attempt, (tx, when) =>
      enqueue(tx, sendNotice, { noticeId }, { key: keyOf(noticeId), at: when }),
    )
  },
)

/** Mails that nobody is sending any more (a pause, lost access, a queue that gave up) are taken up again. */
export async function resumeMails(tx: Tx, most: number): Promise<void> {
  const left = await undecided(tx, KIND, most)
  await enqueueMails(
    tx,
    left.map(({ id }) => id),
  )
}

const Sent = z.object({ gmailId: z.string() })

const sendingNotice: Effect<NoticeRequest, z.infer<typeof Sent>, Ctx> = {
  kind: KIND,
  request: NoticeRequest,
  result: Sent,
  async run(ctx, { workspaceId, id, request }) {
    await refuseLeft(ctx, workspaceId, request.staffId)
    if (request.path !== undefined) await refuseQuiet(ctx, workspaceId, request.staffId)
    const mailbox = await openMailbox(ctx, workspaceId, request.mailboxId)
    const raw = await composeNotice(request, noticeMark(ctx, workspaceId, id), ctx.clock.now())
    const { id: gmailId } = await mailbox.send({ raw, threadId: undefined })
    return { gmailId }
  },
  find: (ctx, entry) =>
    afterSending(async () => {
      const mark = { name: NOTICE_HEADER, value: noticeMark(ctx, entry.workspaceId, entry.id) }
      const found = await findSentMail(ctx, entry, { mailboxId: entry.request.mailboxId, mark })
      return found === null || found instanceof NotYet ? found : { gmailId: found.gmailId }
    }),
  nothingDone: isNotSent,
  refusal: (error) =>
    error instanceof GmailRefused || error instanceof HasLeft || error instanceof ShiftIsOver ? error.message : null,
  refused: (tx, entry, _words, ctx) => waitInstead(ctx, tx, entry),
  settle: async () => undefined,
}

/** A mail that was held up until its person was off shift comes with what else waits for them. */
async function waitInstead(ctx: Ctx, tx: Tx, { id, request }: Entry<NoticeRequest>): Promise<void> {
  const { staffId, subject, path } = request
  if (path === undefined || !(await isQuietFor(tx, staffId))) return
  const content = sealWaiting(await ctx.keyring.box(tx), id, { subject, path })
  await tx.notice.updateMany({ where: { workspaceId: tx.workspaceId, id }, data: { waits: 'quiet', content } })
}

/** What a mail to our own people is found again by. */
export const noticeMark = ({ signer }: Ctx, workspaceId: string, id: string) =>
  `${id}.${signer.mac('notice-header', `${workspaceId}/${id}`)}`
