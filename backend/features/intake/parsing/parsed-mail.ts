/** Headers that later decisions look at, as they were written; a header may come more than once, topmost first. */
export const KEPT_HEADERS = [
  'authentication-results',
  'auto-submitted',
  'bcc',
  'content-type',
  'delivered-to',
  'in-reply-to',
  'list-id',
  'precedence',
  'references',
  'return-path',
  'x-auto-reply-from',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-failed-recipients',
  'x-gm-original-to',
  'x-google-original-from',
  'x-original-authentication-results',
  'x-original-from',
  'x-original-sender',
  'x-original-to',
  'x-sidedesk-reply',
] as const
export type KeptHeader = (typeof KEPT_HEADERS)[number]

export type Person = { name: string; address: string }

export type ParsedAttachment = {
  name: string
  contentType: string
  contentId: string | null
  /** Shown inside the text, where its Content-ID is named. */
  inline: boolean
  bytes: Uint8Array
}

/** What a mail says, after all decoding: every text can be stored, none is longer than it can be. */
export type ParsedMail = {
  /** null when the header is missing or empty. */
  messageId: string | null
  subject: string
  from: Person | null
  sender: Person[]
  replyTo: Person[]
  to: Person[]
  cc: Person[]
  /** The whole text; from HTML when there is no plain text. */
  text: string
  /** What is new in the text, without what it quotes; the whole text when nothing is left. */
  excerpt: string
  headers: Partial<Record<KeptHeader, string[]>>
  attachments: ParsedAttachment[]
}

/** A mail whose attachments are kept elsewhere already. */
export type MailText = Omit<ParsedMail, 'attachments'>
