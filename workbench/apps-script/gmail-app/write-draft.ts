import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Mail, NewDraft } from './mail.ts'

/** A draft as raw base64url; an answer gets the recipients, subject and thread headers of a reply. */
export async function writeDraft(draft: NewDraft, email: string, answered: Mail | undefined): Promise<string> {
  const reply = answered && repliesTo(answered, draft, email)
  const composer = new MailComposer({
    from: draft.name ? { name: draft.name, address: draft.from ?? email } : (draft.from ?? email),
    to: reply?.to ?? draft.to,
    cc: draft.cc ?? reply?.cc,
    bcc: draft.bcc,
    replyTo: draft.replyTo,
    subject: reply?.subject ?? draft.subject,
    inReplyTo: reply?.inReplyTo,
    references: reply?.references,
    text: draft.body,
    html: draft.htmlBody,
    newline: '\r\n',
  })
  const mime = composer.compile()
  mime.keepBcc = true
  return (await mime.build()).toString('base64url')
}

function repliesTo(answered: Mail, draft: NewDraft, email: string) {
  const header = (name: string) => answered.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? ''
  const others = [answered.to, answered.cc].filter(Boolean).join(', ')
  const inReplyTo = header('message-id')
  return {
    to: answered.replyTo || answered.from,
    cc: draft.answers?.all ? withoutOwn(others, email) : undefined,
    subject: /^re:/i.test(answered.subject) ? answered.subject : `Re: ${answered.subject}`,
    inReplyTo,
    references: `${header('references')} ${inReplyTo}`.trim(),
  }
}

const withoutOwn = (addresses: string, email: string) =>
  addresses
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter((each) => each.trim() && !each.toLowerCase().includes(email.toLowerCase()))
    .join(', ')
