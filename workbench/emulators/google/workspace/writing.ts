import { randomBytes } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Ground } from '../ground.ts'
import type { ReceivedMail } from '../store/entries.ts'
import type { DeliveryOptions } from './delivery.ts'

export interface Writing extends DeliveryOptions {
  from: string
  name?: string
  to: string | string[]
  cc?: string[]
  subject: string
  text: string
  html?: string
  attachments?: { filename: string; content: Buffer | string; contentType?: string }[]
  /** Message-ID this answers; its References are continued when it lies in the customer's mailbox. */
  inReplyTo?: string
  messageId?: string
}

/** A whole mail as an outsider's mail client builds it. */
export async function composed(
  ground: Ground,
  writing: Writing & { to: string[] },
  inbox: ReceivedMail[],
): Promise<Buffer> {
  const { from, name, to, cc, subject, text, html, attachments, inReplyTo, at = ground.clock.now() } = writing
  const answered = inbox.find((mail) => mail.head.messageId === inReplyTo)
  const references = inReplyTo
    ? [...new Set([...(answered?.head.references.toReversed() ?? []), inReplyTo])]
    : undefined
  const messageId = writing.messageId ?? `<${randomBytes(12).toString('hex')}@${from.split('@')[1]}>`
  const mail = new MailComposer({
    from: name ? { name, address: from } : from,
    to,
    subject,
    text,
    date: at,
    messageId,
    ...(cc ? { cc } : {}),
    ...(html ? { html } : {}),
    ...(attachments ? { attachments } : {}),
    ...(inReplyTo ? { inReplyTo, references: references ?? [] } : {}),
  })
  return mail.compile().build()
}
