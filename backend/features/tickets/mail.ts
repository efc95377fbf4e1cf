import type { MailWhy } from '../../../shared/mail-why.ts'
import type { MessageTrust } from '../../../shared/trust.ts'
import type { KeptFile } from '../files/index.ts'

export type IncomingAttachment = {
  id: string
  name: string
  contentId: string | null
  inline: boolean
  file: KeptFile
}

/** A mail that was read and parsed, ready to be filed under a ticket. */
export type MailToFile = {
  mailboxId: string | null
  mailKey: string
  /** Keys of In-Reply-To first, then of References, newest first. */
  references: string[]
  messageId: string
  subject: string
  from: { name: string; address: string }
  /** Look-up key of the customer's address, when the mail is proved to come from there. */
  provenKey: string | null
  to: string[]
  cc: string[]
  text: string
  excerpt: string
  /** What is new in the text, for the view; absent or null when that is all of it. */
  reply?: string | null
  /** What there is to say of how it came: signed, encrypted, unpacked. */
  notes?: readonly string[]
  sentAt: Date
  automatic: boolean
  historical: boolean
  /** Of history: its ticket counts in figures all the same. */
  counted?: true
  raw: { id: string; at: Date } | null
  attachments: readonly IncomingAttachment[]
  /** How far its sender can be believed; nobody judged what no mail was read of. */
  trust?: MailTrust | null
  /** How many of `references`, from the first on, are of In-Reply-To. */
  direct?: number
  /** Key of the conversation as Outlook numbers it. */
  threadKey?: string | null
  /** A rule says that nobody is told of it. */
  quiet?: boolean
  /** What tells the ticket it belongs to. */
  why?: MailWhy
}

/** What was found of a sender, and whom a trick imitates: the two addresses are personal data and are kept sealed. */
export type MailTrust = Pick<MessageTrust, 'level' | 'dmarc' | 'dkim' | 'spf' | 'signs'> & {
  looksLike: string | null
  replyTo: string | null
}

export type Filed = { ticketId: string; messageId: string; outcome: 'ticket' | 'joined' | 'duplicate' }
