import { randomBytes } from 'node:crypto'
import { simpleParser } from 'mailparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import type { Google } from '../emulators/google/google.ts'

export interface Known {
  name: string
  email: string
  received: number
}

export interface Correspondence {
  messageId: string
  references: string[]
  subject: string
  at: Date
  /** Received by the customer; otherwise written by the customer. */
  received: boolean
  answerTo: string
}

/** What the "write as a customer" form posts. */
export const CustomerMail = z.object({
  email: z.email('That is not a mail address'),
  name: z.string().max(200).default(''),
  inReplyTo: z.string().default(''),
  subject: z.string().trim().min(1, 'A mail needs a subject').max(998),
  text: z.string().max(1_000_000),
  files: z.array(z.object({ name: z.string().min(1), type: z.string(), content: z.base64() })).default([]),
})
export type CustomerMail = z.infer<typeof CustomerMail>

/** The people outside, as the workbench lets its user play them. */
export function customersOf(google: Google, mail: { support: string; archive: string; now: () => Date }) {
  /** Mail of one person that a mailbox of the shop holds. */
  const writtenBy = (email: string): Correspondence[] =>
    google.users
      .mails(mail.archive)
      .filter(({ head }) => head.fromEmail === email && head.messageId !== '')
      .map(({ head, at }) => ({ ...pick(head), at: new Date(at), received: false, answerTo: mail.support }))

  const receivedBy = async (email: string): Promise<Correspondence[]> =>
    Promise.all(
      google.customers.inbox(email).map(async ({ id, messageId, references, subject, from, at }) => {
        const parsed = await simpleParser(google.customers.rawOf(email, id) ?? Buffer.alloc(0))
        return {
          messageId,
          references: references.toReversed(),
          subject,
          at,
          received: true,
          answerTo: parsed.replyTo?.text ?? from,
        }
      }),
    )

  const correspondence = async (email: string) =>
    [...(await receivedBy(email)), ...writtenBy(email)].sort((one, other) => other.at.getTime() - one.at.getTime())

  return {
    list(): Known[] {
      const names = new Map(
        google.customers.list().map(({ email, name, received }) => [email, { name, email, received }]),
      )
      for (const { head } of google.users.mails(mail.archive)) {
        const known = names.get(head.fromEmail)
        if (head.fromEmail === '' || head.fromEmail === mail.support) continue
        if (!known?.name)
          names.set(head.fromEmail, { name: nameIn(head.from), email: head.fromEmail, received: known?.received ?? 0 })
      }
      return [...names.values()].sort((one, other) => one.name.localeCompare(other.name))
    },
    correspondence,
    received: (email: string) => google.customers.inbox(email).toReversed(),
    rawOf: google.customers.rawOf,
    /** A mail leaves the customer and is delivered; answers the Message-ID. */
    async write(writing: CustomerMail): Promise<{ messageId: string; delivered: number }> {
      const answered = writing.inReplyTo
        ? (await correspondence(writing.email)).find((one) => one.messageId === writing.inReplyTo)
        : undefined
      const to = answered?.answerTo ?? mail.support
      const raw = await new MailComposer({
        from: writing.name ? { name: writing.name, address: writing.email } : writing.email,
        to,
        subject: writing.subject,
        text: writing.text,
        date: mail.now(),
        messageId: `<${randomBytes(12).toString('hex')}@${writing.email.split('@')[1]}>`,
        attachments: writing.files.map(({ name, type, content }) => ({
          filename: name,
          contentType: type || 'application/octet-stream',
          content: Buffer.from(content, 'base64'),
        })),
        ...(answered
          ? { inReplyTo: answered.messageId, references: [...answered.references, answered.messageId] }
          : {}),
      })
        .compile()
        .build()
      const { messageId, copies } = google.deliver(raw, { from: writing.email, to: [addressIn(to)] })
      return { messageId, delivered: copies.length }
    },
  }
}

const pick = ({ messageId, references, subject }: { messageId: string; references: string[]; subject: string }) => ({
  messageId,
  references: references.toReversed(),
  subject,
})

const nameIn = (from: string) =>
  from
    .replace(/<[^>]*>/, '')
    .replaceAll('"', '')
    .trim()

const addressIn = (text: string) => /<([^<>]+)>/.exec(text)?.[1] ?? text.trim()
