import { emailsIn } from './addresses.ts'
import { fieldsOf, headerValue, split } from './headers.ts'
import { attachmentsOf, partOf, textOf } from './tree.ts'
import { decodeWords } from './words.ts'

/** What Gmail keeps beside the bytes to list, thread and search without reading them again. */
export interface Head {
  messageId: string
  /** In-Reply-To, then References, newest first. */
  references: string[]
  from: string
  fromEmail: string
  recipients: string[]
  to: string
  cc: string
  bcc: string
  subject: string
  snippet: string
  size: number
  hasAttachment: boolean
  /** The Date header in milliseconds since 1970, when it can be read. */
  date?: number
}

export function headOf(raw: Buffer): Head {
  const fields = fieldsOf(split(raw).block)
  const text = (name: string) => decodeWords(headerValue(fields, name) ?? '')
  const part = partOf(raw)
  return {
    messageId: idsIn(headerValue(fields, 'Message-ID'))[0] ?? '',
    references: [
      ...new Set([...idsIn(headerValue(fields, 'In-Reply-To')), ...idsIn(headerValue(fields, 'References')).reverse()]),
    ],
    from: text('From'),
    fromEmail: emailsIn(headerValue(fields, 'From'))[0] ?? '',
    recipients: ['To', 'Cc', 'Bcc'].flatMap((name) => emailsIn(headerValue(fields, name))),
    to: text('To'),
    cc: text('Cc'),
    bcc: text('Bcc'),
    subject: text('Subject'),
    snippet: snippetOf(textOf(part, 8192)),
    size: raw.length,
    hasAttachment: attachmentsOf(part).length > 0,
    ...dateIn(headerValue(fields, 'Date')),
  }
}

export const idsIn = (value: string | undefined) => value?.match(/<[^<>\s]+>/g) ?? []

const dateIn = (value = '') => {
  const date = Date.parse(value.replace(/\([^)]*\)/g, ''))
  return Number.isNaN(date) ? {} : { date }
}

const snippetOf = (text: string) => escapeHtml(text.slice(0, 2000).replace(/\s+/g, ' ').trim().slice(0, 200))

const escapeHtml = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign,
  )
