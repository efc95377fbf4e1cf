import type { GmailMessage, GmailPart, GmailThread } from './gmail.ts'

export interface Address {
  name: string
  email: string
}

export interface FileView {
  attachmentId: string
  name: string
  type: string
  size: number
  contentId: string
}

export interface MailView {
  id: string
  threadId: string
  from: Address
  replyTo: string
  to: string
  cc: string
  bcc: string
  subject: string
  snippet: string
  at: Date
  text: string
  html: string
  files: FileView[]
  unread: boolean
  draft: boolean
  sent: boolean
  messageId: string
  references: string[]
}

export interface ConversationView {
  threadId: string
  subject: string
  mails: MailView[]
}

/** A conversation as a person reads it; drafts live in the compose box. */
export function conversationOf(thread: GmailThread): ConversationView {
  const mails = thread.messages.map(mailOf).filter((mail) => !mail.draft)
  return { threadId: thread.id, subject: mails[0]?.subject || '(no subject)', mails }
}

export function mailOf(message: GmailMessage): MailView {
  const leaves = leavesOf(message.payload)
  const header = (name: string) => headerOf(message.payload, name)
  return {
    id: message.id,
    threadId: message.threadId,
    from: addressIn(header('From')),
    replyTo: header('Reply-To'),
    to: header('To'),
    cc: header('Cc'),
    bcc: header('Bcc'),
    subject: header('Subject'),
    snippet: unescaped(message.snippet),
    at: new Date(Number(message.internalDate)),
    text: bodyOf(leaves, 'text/plain'),
    html: bodyOf(leaves, 'text/html'),
    files: leaves.flatMap(fileIn),
    unread: message.labelIds.includes('UNREAD'),
    draft: message.labelIds.includes('DRAFT'),
    sent: message.labelIds.includes('SENT'),
    messageId: header('Message-ID').trim(),
    references: [...header('References').matchAll(/<[^<>\s]+>/g)].map(([id]) => id),
  }
}

/** `"Name" <a@b>`, `Name <a@b>` or `a@b`. */
export function addressIn(header: string): Address {
  const [, name = '', email = ''] = /^\s*"?(.*?)"?\s*<([^<>]*)>\s*$/.exec(header) ?? []
  return email ? { name: name || email, email } : { name: header.trim(), email: header.trim() }
}

const leavesOf = (part: GmailPart): GmailPart[] => (part.parts ? part.parts.flatMap(leavesOf) : [part])

const headerOf = (part: GmailPart, name: string) =>
  part.headers?.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''

const bodyOf = (leaves: GmailPart[], type: string) =>
  leaves
    .filter((part) => part.mimeType === type && part.filename === '' && part.body.data !== undefined)
    .map((part) => decoded(Buffer.from(part.body.data ?? '', 'base64url'), headerOf(part, 'Content-Type')))
    .join('\n')

/** An unknown charset is read as Latin text, where every byte means something. */
function decoded(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('windows-1252').decode(bytes)
    throw error
  }
}

function fileIn(part: GmailPart): FileView[] {
  const { attachmentId, size } = part.body
  if (!attachmentId) return []
  return [
    {
      attachmentId,
      size,
      name: part.filename,
      type: part.mimeType,
      contentId: headerOf(part, 'Content-ID').replace(/[<>\s]/g, ''),
    },
  ]
}

const SIGNS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
const unescaped = (text: string) => text.replace(/&(?:lt|gt|quot|amp|#39);/g, (sign) => SIGNS[sign] ?? sign)
