import { mailKeyOf, mailKeysIn } from '../tickets/index.ts'
import type { MailText } from './parsing/parsed-mail.ts'

export type MailKeys = { own: string; inReplyTo: string[]; references: string[] }

/** The keys that a mail is found by, and those of the mails it names, newest first. A mail without an id goes by its bytes. */
export function keysOf({ messageId, headers }: MailText, rawHash: string): MailKeys {
  const inReplyTo = [...new Set((headers['in-reply-to'] ?? []).flatMap(mailKeysIn))]
  const named = (headers.references ?? []).flatMap(mailKeysIn).reverse()
  const references = [...new Set(named)].filter((key) => !inReplyTo.includes(key))
  return { own: messageId ? mailKeyOf(messageId) : rawHash, inReplyTo, references }
}

export const allKeys = ({ own, inReplyTo, references }: MailKeys): string[] => [own, ...inReplyTo, ...references]
