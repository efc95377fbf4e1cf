import { z } from 'zod'
import { GmailRefused, GmailUnavailable } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { record } from '../../platform/events.ts'
import { type Effect, type Entry, NotYet } from '../../platform/journal.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { openMailbox } from '../intake/index.ts'
import { excerptOf, fileStaffMail, mailKeyOf } from '../tickets/index.ts'
import { replyRefused, replyUnclear } from './events.ts'
import { composeReply, ReplyRequest } from './reply-mail.ts'
import { afterSending, findSentMail, isNotSent, type SentMail } from './sent-mail.ts'

/** Answers of people and of rules in the journal. */
export const REPLY = 'gmail.reply'

const Sent = z.object({ gmailId: z.string(), messageId: z.string(), sentAt: z.iso.datetime() })
export type Sent = z.infer<typeof Sent>

/** A mail of the desk through Gmail, once, and on its ticket as soon as it is sent. */
export const sendingReply: Effect<ReplyRequest, Sent, Ctx> = {
  kind: REPLY,
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
  nothingDone: isNotSent,
  refused: (tx, { id, ticketId, by }) => record(tx, ticketId ? [replyRefused({ ticketId, replyId: id, by })] : []),
  async leftOpen(_ctx, tx, { id, ticketId, by }, { state }) {
    if (state === 'needs_person' && ticketId) await record(tx, [replyUnclear({ ticketId, replyId: id, by })])
  },
  settle: (ctx, tx, entry, sent) => fileOwnReply(ctx, tx, entry, sent),
}

type Mailbox = Awaited<ReturnType<typeof openMailbox>>

/** Google replaces the Message-ID of what it sends, so the real one is read from the sent mail (facts/mail.md section 3.4). */
async function readBack(mailbox: Mailbox, gmailId: string): Promise<Sent> {
  const mail = await mailbox.datedSigns(gmailId, ['Message-ID'])
  return known({
    gmailId,
    messageId: mail?.signs['message-id']?.[0]?.trim() ?? '',
    acceptedAt: mail?.acceptedAt ?? null,
  })
}

async function findSent(ctx: Ctx, entry: Entry<ReplyRequest>): Promise<Sent | NotYet | null> {
  const found = await findSentMail(ctx, entry, entry.request)
  return found === null || found instanceof NotYet ? found : known(found)
}

function known({ gmailId, messageId, acceptedAt }: Omit<SentMail, 'acceptedAt'> & { acceptedAt: Date | null }): Sent {
  if (acceptedAt === null || messageId === '')
    throw new GmailUnavailable('Gmail accepted the reply but did not show it yet.', { mayHaveHappened: true })
  return { gmailId, messageId, sentAt: acceptedAt.toISOString() }
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
    automatic: request.automatic !== false,
    provenKey: null,
    historical: false,
    raw: null,
    attachments: [],
  }
  await fileStaffMail(tx, await ctx.keyring.box(tx), mail, ticketId, { staffId: by.kind === 'staff' ? by.id : null })
}
