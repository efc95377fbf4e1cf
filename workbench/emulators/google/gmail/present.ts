import { fieldsOf, split } from '../mime/headers.ts'
import { attachmentId, type Part, partOf } from '../mime/tree.ts'
import { decodeWords } from '../mime/words.ts'
import type { Mail } from '../store/mailbox.ts'
import type { Store } from '../store/store.ts'

export type Format = 'full' | 'metadata' | 'minimal' | 'raw'

/** A message resource in one of Gmail's four formats. */
export function presentMail(store: Store, mail: Mail, format: Format, wanted: string[] = []) {
  const base = {
    id: mail.id,
    threadId: mail.threadId,
    labelIds: mail.labels,
    snippet: mail.head.snippet,
    sizeEstimate: mail.head.size,
    historyId: String(mail.history),
    internalDate: String(mail.at),
  }
  if (format === 'minimal') return base
  const raw = store.rawOf(mail.raw)
  if (format === 'raw') return { ...base, raw: raw.toString('base64url') }
  if (format === 'full') return { ...base, payload: presentPart(mail.id, partOf(raw)) }
  const names = new Set(wanted.map((name) => name.toLowerCase()))
  const headers = headersOf(raw).filter((field) => names.size === 0 || names.has(field.name.toLowerCase()))
  return { ...base, payload: { mimeType: partOf(raw).mimeType, headers } }
}

export const presentRef = (mail: Mail) => ({ id: mail.id, threadId: mail.threadId })

const headersOf = (raw: Buffer) =>
  fieldsOf(split(raw).block).map((f) => ({ name: f.name, value: decodeWords(f.value) }))

function presentPart(messageId: string, part: Part): object {
  const headers = part.fields.map((f) => ({ name: f.name, value: decodeWords(f.value) }))
  const { partId, mimeType, filename, content } = part
  if (part.parts.length > 0) {
    return {
      partId,
      mimeType,
      filename,
      headers,
      body: { size: 0 },
      parts: part.parts.map((p) => presentPart(messageId, p)),
    }
  }
  const body = filename
    ? { attachmentId: attachmentId(messageId, part), size: content.length }
    : { size: content.length, data: content.toString('base64url') }
  return { partId, mimeType, filename, headers, body }
}
