import { reportsDelivery } from './bounce-signs.ts'
import type { ParsedMail, Returned, Sink } from './parsed-mail.ts'

export type ReportPart = { contentType: string; bytes: Uint8Array }

type Report = Pick<ParsedMail, 'headers' | 'from' | 'to' | 'subject' | 'text'>

/** Lets a sink take the parts of a mail, and keeps the beginning of those that a report or a calendar is read from. */
export function listening(sink: Sink): { sink: Sink; parts: ReportPart[] } {
  const parts: ReportPart[] = []
  return {
    parts,
    sink(head, content) {
      if (parts.length >= MOST_PARTS || !(isReportPart(head.contentType) || isCalendar(head.contentType)))
        return sink(head, content)
      const part = { contentType: head.contentType, bytes: Buffer.alloc(0) }
      parts.push(part)
      return sink(head, keeping(part, content))
    },
  }
}

const MOST_PARTS = 20

async function* keeping(part: ReportPart, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    const left = LOOKED_AT - part.bytes.byteLength
    if (left > 0) part.bytes = Buffer.concat([part.bytes, chunk.subarray(0, left)])
    yield chunk
  }
}

const isCalendar = (contentType: string): boolean => /^(text\/calendar|application\/ics)/.test(contentType)

/** Types of parts that a report is read from. */
export const isReportPart = (contentType: string): boolean =>
  /^(message\/(global-)?(delivery-status|disposition-notification)|message\/(global-)?rfc822|message\/global|(text|message)\/(global-|rfc822-)headers|message\/global-headers)/.test(
    contentType,
  )

/** Characters looked at of each part and of the text: reports are short, and what they return may not be. */
const LOOKED_AT = 64_000
const MOST = 200

/**
 * What a mail says about one of ours that did not arrive: which one by the Message-IDs in its returned head, whom it did not reach, and
 * why (RFC 3464). Systems older than that write it in words. null for a mail that reports nothing.
 */
export function returnedOf(mail: Report, parts: readonly ReportPart[]): Returned | null {
  if (!reportsDelivery(mail)) return null
  const texts = parts
    .filter(({ contentType }) => isReportPart(contentType))
    .map(({ contentType, bytes }) => ({ contentType, text: latin1(bytes) }))
  const status = texts.filter(({ contentType }) => isStatus(contentType))
  const heads = texts.filter(({ contentType }) => !isStatus(contentType))
  const within = heads.filter(({ text }) => holdsReport(text))
  const words = mail.text.slice(0, LOOKED_AT)
  const recipients = [...status, ...within].flatMap(({ text }) => groupsOf(text)).slice(0, MOST)
  const named = (mail.headers['x-failed-recipients'] ?? []).flatMap((header) => addressesIn(header))
  const [head, tail] = splitAtReturned(words)
  const itself = new Set([...mail.to, ...(mail.from ? [mail.from] : [])].map(({ address }) => address.toLowerCase()))
  const others = (addresses: readonly string[]): string[] => addresses.filter((address) => !itself.has(address))
  const listed = recipients.length > 0 ? recipients : wordsOf(head, named, { subject: mail.subject, others })
  const returned = heads.map((part) => (within.includes(part) ? part.text : headOf(part.text)))
  const ids = [...status.map(({ text }) => text), ...returned, tail, head].flatMap(idsIn)
  return {
    ids: unique(ids).slice(0, MOST),
    recipients: listed,
    kind: overall(listed, `${mail.subject}\n${head}`),
    mentioned: others(unique([...named, ...addressesIn(head)])).slice(0, MOST),
  }
}

const isStatus = (contentType: string): boolean => /delivery-status|disposition-notification/.test(contentType)

/** Some gateways pass a report on inside a mail of their own. */
const holdsReport = (text: string): boolean => /^content-type\s*:\s*multipart\/report/im.test(headOf(text))

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOKED_AT))
    .toString('latin1')
    .replaceAll('\0', '') // what is found here is looked up in the database

type Recipient = Returned['recipients'][number]

/** The groups of fields of a delivery-status part: the first is about the mail, each other one about a recipient. */
function groupsOf(text: string): Recipient[] {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
  return groups.flatMap((group) => {
    const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(group)?.[1]?.trim() ?? ''
    const [address] = [field('Original-Recipient'), field('Final-Recipient')].flatMap((value) =>
      addressesIn(value.replace(/^[^;]*;/, '')),
    )
    if (!address) return []
    const final = addressesIn(field('Final-Recipient').replace(/^[^;]*;/, ''))[0] ?? null
    const code = codeIn(field('Status')) ?? codeIn(field('Diagnostic-Code'))
    return [
      { address, final: final === address ? null : final, code, kind: kindOf(field('Action').toLowerCase(), code) },
    ]
  })
}

function kindOf(action: string, code: string | null): Recipient['kind'] {
  if (/^delayed/.test(action)) return 'delayed'
  if (/^(delivered|relayed|expanded)/.test(action)) return 'delivered'
  if (/^failed/.test(action)) return 'failed'
  return code === null || code.startsWith('5') ? 'failed' : code.startsWith('4') ? 'delayed' : 'delivered'
}

type Told = { subject: string; others: (addresses: readonly string[]) => string[] }

/**
 * Without fields: the addresses that the report is about stand alone, in brackets, or in a header of Exim; else in a line that says what
 * went wrong.
 */
function wordsOf(head: string, named: readonly string[], { subject, others }: Told): Recipient[] {
  const alone = [
    ...head.matchAll(
      /^[ \t>"*-]*<?([^\s<>@:;,"()*-][^\s<>@:;,"()]*@[^\s<>@:;,"()]+\.[^\s<>@:;,"()]+)>?["]?[:;]?(?=\s|$)/gm,
    ),
  ].flatMap(([, address]) => address?.toLowerCase().replace(/\.+$/, '') ?? [])
  const about = [named, unique(alone), inLines(head)].map(others).find((addresses) => addresses.length > 0) ?? []
  const code = codeIn(head)
  const kind = DELAYED.test(`${subject}\n${head}`) ? 'delayed' : 'failed'
  return about.slice(0, MOST).map((address) => ({ address, final: null, code, kind }))
}

/** What servers say in the line of an address that they mean. */
const TELLING =
  /\b[45]\d\d\b|unknown|recipient|fail|undeliver|deliver|mailbox|rcpt|reach|no such|reject|full|quota|disabled|exist|invalid/i

const inLines = (head: string): string[] =>
  unique(head.split('\n').flatMap((line) => (TELLING.test(line) ? addressesIn(line) : [])))

const DELAYED =
  /\b(delayed|will (keep|continue|be retried)|has not yet been|not yet been delivered|temporar(y|ily) (problem|failure|deferred)|still being (retried|tried)|do not need to resend|this is a warning|verzögert|retardé)\b/i

function overall(recipients: readonly Recipient[], words: string): Returned['kind'] {
  if (recipients.some(({ kind }) => kind === 'failed')) return 'failed'
  if (recipients.some(({ kind }) => kind === 'delayed')) return 'delayed'
  if (recipients.length > 0) return 'delivered'
  return DELAYED.test(words) ? 'delayed' : 'failed'
}

/** RFC 3463 where it is written, else the SMTP reply: 550 is a failure of class 5. */
function codeIn(text: string): string | null {
  const [, enhanced] = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text) ?? []
  if (enhanced) return enhanced
  const [, smtp] = /(?:^|[\s;(])([45])\d\d(?:[\s-]|$)/m.exec(text) ?? []
  return smtp ? `${smtp}.0.0` : null
}

/** Where a report in words begins to quote what it returns. */
const RETURNED =
  /^.*(below this line is (a|the) copy|original message follows|(?<!receive )a copy of (the|your|my) message|message header follows|returned message|original message headers|unsent message|your message (was|is) (attached|as follows)|-- ?(original|returned|forwarded|this is) .*|kopie der nachricht).*$/im

/** What the report says itself, and what it returns. */
function splitAtReturned(text: string): [string, string] {
  const at = text.search(RETURNED)
  if (at >= 0) return [text.slice(0, at), text.slice(at)]
  const head = text.search(/^(received|return-path|message-id)\s*:/im)
  return head >= 0 ? [text.slice(0, head), text.slice(head)] : [text, '']
}

/** A returned mail's own head: its body may quote the ids of other mails. */
const headOf = (text: string): string => text.trimStart().split(/\r?\n\r?\n/)[0] ?? ''

const idsIn = (text: string): string[] =>
  [
    ...text
      .replace(/\r?\n[ \t]+/g, ' ')
      .matchAll(/^[ \t>]*(?:message-id|original-message-id|x-google-original-message-id)\s*:\s*(<[^<>\s]{3,900}>)/gim),
  ].flatMap(([, id]) => id ?? [])

const addressesIn = (text: string): string[] =>
  [...text.slice(0, LOOKED_AT).matchAll(/[^\s<>@:;,"'()[\]*]{1,64}@[a-z0-9][a-z0-9.-]{0,250}\.[a-z]{2,63}/gi)].map(
    ([address]) => address.toLowerCase().replace(/^(smtp|rfc822|mailto)=/, ''), // as X.400 writes them
  )

const unique = (all: readonly string[]): string[] => [...new Set(all)]

/** METHOD of a calendar among the parts of a mail (RFC 5546); null when there is none. */
export function calendarMethodIn(parts: readonly ReportPart[]): string | null {
  const calendar = parts.find(({ contentType }) => isCalendar(contentType))
  const [, method] = (calendar && /^METHOD\s*:\s*([A-Z]{3,20})/im.exec(latin1(calendar.bytes))) ?? []
  return method?.toUpperCase() ?? null
}
