import { hashOf } from '../../platform/crypto.ts'
import { mailKeyOf, mailKeysIn } from '../tickets/index.ts'
import type { MailText } from './parsing/parsed-mail.ts'

export type MailKeys = {
  own: string
  inReplyTo: string[]
  references: string[]
  /** Of the conversation, as Outlook numbers it. */
  thread: string | null
}

/** The keys that a mail is found by, and those of the mails it names, newest first. A mail without an id goes by its bytes. */
export function keysOf({ messageId, headers }: MailText, rawHash: string): MailKeys {
  const inReplyTo = [...new Set((headers['in-reply-to'] ?? []).flatMap(mailKeysIn))]
  const named = (headers.references ?? []).flatMap(mailKeysIn).reverse()
  const references = [...new Set(named)].filter((key) => !inReplyTo.includes(key))
  const own = messageId ? mailKeyOf(messageId) : rawHash
  return { own, inReplyTo, references, thread: threadKeyOf(headers['thread-index']?.[0]) }
}

export const allKeys = ({ own, inReplyTo, references, thread }: MailKeys): string[] => [
  own,
  ...inReplyTo,
  ...references,
  ...(thread === null ? [] : [thread]),
]

/** Bytes of a Thread-Index that all mails of one conversation begin with: a mark, when it began, and its number. */
const CONVERSATION = 22
/** Bytes that each answer adds. */
const ANSWER = 5

/** @returns null for what Outlook did not write */
export function threadKeyOf(header: string | undefined): string | null {
  const text = (header ?? '').replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length < CONVERSATION || (bytes.length - CONVERSATION) % ANSWER !== 0) return null
  return hashOf(`thread-index/${bytes.subarray(0, CONVERSATION).toString('hex')}`)
}
