import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { z } from 'zod'

/** The exact answer as it was planned; sealed in the journal, sent as it is. */
export const ReplyRequest = z.object({
  mailboxId: z.uuid(),
  from: z.string(),
  to: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string(),
  subject: z.string(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
  gmailThreadId: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable().default(null),
  /** A machine's mail says so, and other machines leave it alone (RFC 3834). `true` stands in requests that were planned long ago. */
  automatic: z.union([z.boolean(), z.enum(['auto-replied', 'auto-generated'])]).default(false),
  /** Name and signed value of the header that marks the mail as ours. */
  mark: z.object({ name: z.string(), value: z.string() }),
})
export type ReplyRequest = z.infer<typeof ReplyRequest>

/** The mail as bytes. Line breaks inside header values are folded away by the composer, so nothing can be injected. */
export const composeReply = (reply: ReplyRequest, date: Date): Promise<Buffer> =>
  new MailComposer({
    from: reply.from,
    to: reply.to,
    replyTo: reply.replyTo,
    subject: reply.subject,
    date,
    ...(reply.inReplyTo && { inReplyTo: reply.inReplyTo, references: reply.references }),
    headers: {
      [reply.mark.name]: reply.mark.value,
      ...(reply.automatic && {
        'Auto-Submitted': reply.automatic === true ? 'auto-generated' : reply.automatic,
        'X-Auto-Response-Suppress': 'All',
      }),
    },
    text: reply.text,
    ...(reply.html !== null && { html: reply.html }),
    disableUrlAccess: true,
    disableFileAccess: true,
  })
    .compile()
    .build()
