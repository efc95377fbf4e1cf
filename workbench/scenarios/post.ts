import { randomBytes } from 'node:crypto'
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer'
import { SHOP, type StaffSeed } from './fern-and-fig.ts'
import { lookOf, type Quoted } from './looks.ts'
import type { Story, StoryFile, StoryMail } from './story.ts'

/** A mail that is on its way already, as its answer must know it. */
export interface Earlier extends Quoted {
  messageId: string
  references: string[]
  subject: string
}

type Wrote = Extract<StoryMail, { kind: 'wrote' }>
type Answered = Extract<StoryMail, { kind: 'answered' }>

export interface Posted {
  raw: Buffer
  messageId: string
  references: string[]
  subject: string
  text: string
  from: string
}

/** The bytes of what a customer wrote, as an answer to `earlier` unless it is the first or comes loose. */
export async function customerMail(story: Story, mail: Wrote, at: Date, earlier?: Earlier): Promise<Posted> {
  const sender = mail.by ?? story.customer
  const answers = mail.loose ? undefined : earlier
  const subject = mail.subject ?? (answers ? `Re: ${story.subject}` : story.subject)
  const look = lookOf(mail.mailer, mail.text, answers)
  const messageId = `<${randomBytes(12).toString('hex')}@${sender.email.split('@')[1]}>`
  const raw = await built({
    from: { name: sender.name, address: sender.email },
    to: [{ name: SHOP.name, address: SHOP.support }],
    ...(mail.cc ? { cc: mail.cc } : {}),
    subject,
    date: at,
    messageId,
    ...threaded(answers),
    text: look.text,
    ...(look.html ? { html: withPictures(look.html, mail.files) } : {}),
    headers: { ...look.headers, ...mail.headers },
    attachments: (mail.files ?? []).map(attachmentOf),
  })
  return {
    raw,
    messageId,
    references: referencesOf(answers),
    subject,
    text: mail.text,
    from: `${sender.name} <${sender.email}>`,
  }
}

/** What an agent answers from the own account as the support address; Gmail gives it a Message-ID of its own. */
export async function agentMail(
  story: Story,
  mail: Answered,
  agent: StaffSeed,
  at: Date,
  earlier: Earlier,
): Promise<Omit<Posted, 'messageId'>> {
  const subject = `Re: ${story.subject}`
  const from = { name: SHOP.name, address: SHOP.support }
  const look = lookOf('gmail', mail.text, earlier)
  const raw = await built({
    from,
    to: [{ name: story.customer.name, address: story.customer.email }],
    subject,
    date: at,
    ...threaded(earlier),
    text: look.text,
    ...(look.html ? { html: look.html } : {}),
  })
  return { raw, references: referencesOf(earlier), subject, text: mail.text, from: `${agent.name} <${SHOP.support}>` }
}

const attachmentOf = ({ name, type, content, inline }: StoryFile) => ({
  filename: name,
  contentType: type,
  content,
  ...(inline ? { cid: name, contentDisposition: 'inline' } : {}),
})

const withPictures = (html: string, files: StoryFile[] = []) => {
  const pictures = files.filter((file) => file.inline).map((file) => `<img src="cid:${file.name}" alt="">`)
  return html.replace(/(<\/div><\/body>|$)/, `${pictures.join('')}$1`)
}

const referencesOf = (earlier: Earlier | undefined) => (earlier ? [...earlier.references, earlier.messageId] : [])

const threaded = (earlier: Earlier | undefined): MailComposerOptions =>
  earlier ? { inReplyTo: earlier.messageId, references: referencesOf(earlier) } : {}

const built = (options: MailComposerOptions): Promise<Buffer> => new MailComposer(options).compile().build()
