import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import type { MailView } from './view.ts'

const Line = z.string().max(2000)

/** What the compose box posts. */
export const Outgoing = z.object({
  to: Line.min(3, 'Say whom it is for'),
  cc: Line.default(''),
  bcc: Line.default(''),
  replyTo: Line.default(''),
  subject: Line.default(''),
  text: z.string().max(1_000_000),
  /** The conversation and the mail that this answers. */
  threadId: z.string().optional(),
  answers: z.string().optional(),
  draftId: z.string().optional(),
})
export type Outgoing = z.infer<typeof Outgoing>

export type From = { name: string; address: string }

/** The bytes a mail client hands to Gmail; Gmail itself adds the Message-ID. */
export function composed(
  from: From,
  mail: Outgoing,
  answered?: Pick<MailView, 'messageId' | 'references'>,
): Promise<Buffer> {
  const node = new MailComposer({
    from,
    to: mail.to,
    ...(mail.cc ? { cc: mail.cc } : {}),
    ...(mail.bcc ? { bcc: mail.bcc } : {}),
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    ...(answered?.messageId
      ? { inReplyTo: answered.messageId, references: [...answered.references, answered.messageId] }
      : {}),
    subject: mail.subject,
    text: mail.text,
  }).compile()
  node.keepBcc = true // Gmail delivers by the header, and takes it off itself
  return node.build()
}

/** The compose box as Gmail opens it for an answer: to whoever asked last, with the mail quoted below. */
export function answerTo(mails: readonly MailView[], support: string): Outgoing {
  const last = mails.at(-1)
  if (!last) return { to: '', cc: '', bcc: '', replyTo: '', subject: '', text: '' }
  const asker = mails.findLast((mail) => !mail.sent && mail.from.email !== support) ?? last
  const to = asker.replyTo || formatted(asker.from)
  return {
    to,
    cc: '',
    bcc: '',
    replyTo: '',
    subject: /^re:/i.test(last.subject) ? last.subject : `Re: ${last.subject}`,
    text: `\n\n${quoted(last)}`,
    threadId: last.threadId,
    answers: last.id,
  }
}

const formatted = ({ name, email }: MailView['from']) =>
  name === email ? email : `"${name.replaceAll('"', '')}" <${email}>`

function quoted(mail: MailView): string {
  const day = mail.at.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const lines = mail.text.replaceAll('\r', '').trimEnd().split('\n')
  return `On ${day} at ${mail.at.toISOString().slice(11, 16)}, ${formatted(mail.from)} wrote:\n${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n`
}
