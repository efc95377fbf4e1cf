export type IncomingAttachment = {
  id: string
  name: string
  contentType: string
  /** bytes */
  size: number
  contentId: string | null
  inline: boolean
  objectKey: string
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
  sentAt: Date
  automatic: boolean
  historical: boolean
  raw: { id: string; at: Date } | null
  attachments: readonly IncomingAttachment[]
}

export type Filed = { ticketId: string; messageId: string; outcome: 'ticket' | 'joined' | 'duplicate' }
