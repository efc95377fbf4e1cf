import { isAscii, isUtf8 } from 'node:buffer'
import { decodeGuessing, decodeStrictly } from './guessing.ts'

const LF = 10
const CR = 13

/** A mail in two parts, so that a large one need not be copied for the sake of its header. */
export type PreparedBytes = { header: Buffer; body: Buffer }

/**
 * Repairs what parsers trip over, without touching a body: a leading mbox "From " line, lone CRs as line ends, and header bytes
 * that are neither ASCII nor UTF-8. A mail whose lines end by CRs gets them replaced throughout.
 */
export function prepare(raw: Buffer): PreparedBytes {
  const mail = withoutMboxLine(endsLinesByCr(raw) ? withLfOnly(raw) : raw)
  const end = endOfHeader(mail)
  const header = withoutLoneCr(mail.subarray(0, end))
  return { header: asUtf8(withinSize(header)), body: mail.subarray(end) }
}

const LONE_CR = /\r(?!\n)/

/** Characters that tell how a mail ends its lines. */
const LOOKED_AT = 64_000

function endsLinesByCr(raw: Buffer): boolean {
  const looked = raw.subarray(0, LOOKED_AT)
  if (!LONE_CR.test(looked.toString('latin1'))) return false
  let [lone, feeds] = [0, 0]
  for (let at = looked.indexOf(CR); at >= 0; at = looked.indexOf(CR, at + 1)) if (looked[at + 1] !== LF) lone++
  for (let at = looked.indexOf(LF); at >= 0; at = looked.indexOf(LF, at + 1)) feeds++
  return lone > 0 && lone > feeds * 10
}

/** The longest way through a mail is a step for each byte: a copy is made once, and changed in place. */
function withLfOnly(raw: Buffer): Buffer {
  const mail = Buffer.from(raw)
  for (let at = mail.indexOf(CR); at >= 0; at = mail.indexOf(CR, at + 1)) if (mail[at + 1] !== LF) mail[at] = LF
  return mail
}

function withoutMboxLine(mail: Buffer): Buffer {
  if (!/^>?From /.test(mail.toString('latin1', 0, 6))) return mail
  const lineEnd = mail.indexOf(LF)
  return lineEnd < 0 ? mail : mail.subarray(lineEnd + 1)
}

/** Where the first empty line begins. */
function endOfHeader(mail: Buffer): number {
  let end = mail.length
  for (const mark of ENDS_OF_HEADER) {
    const at = mail.subarray(0, end + mark.length).indexOf(mark)
    if (at >= 0 && at < end) end = at
  }
  return end
}

/** The usual one first: the others are looked for before it only. */
const ENDS_OF_HEADER = ['\r\n\r\n', '\n\n', '\n\r\n', '\r\r']

const withoutLoneCr = (header: Buffer): Buffer => {
  for (let at = header.indexOf(CR); at >= 0; at = header.indexOf(CR, at + 1))
    if (header[at + 1] !== LF && at + 1 < header.length)
      return Buffer.from(header.toString('latin1').replace(/\r(?!\n|$)/g, '\n'), 'latin1')
  return header
}

/** Parsers refuse larger headers, and nobody writes them. Bytes. */
const LARGEST_HEADER = 500_000
const LARGEST_FIELD = 60_000

/** Of a header that no parser takes the first fields are kept, each as far as it is sensible. */
function withinSize(header: Buffer): Buffer {
  if (header.length <= LARGEST_HEADER) return header
  const kept: Buffer[] = []
  let size = 0
  for (let at = 0; at < header.length && size < LARGEST_HEADER; ) {
    const end = endOfField(header, at)
    const field = header.subarray(at, Math.min(end, at + LARGEST_FIELD))
    kept.push(field, ...(field.at(-1) === LF || end === header.length ? [] : [Buffer.from('\n')]))
    size += field.length
    at = end
  }
  return Buffer.concat(kept)
}

/** A line that begins by a space goes on with the field above it. */
function endOfField(header: Buffer, from: number): number {
  for (let at = header.indexOf(LF, from); at >= 0; at = header.indexOf(LF, at + 1)) {
    const next = header[at + 1]
    if (next !== 32 && next !== 9) return at + 1
  }
  return header.length
}

/** Each field for itself: servers on the way add theirs in charsets of their own. */
function asUtf8(header: Buffer): Buffer {
  if (isAscii(header)) return header
  if (isUtf8(header)) return withoutRawBytesInWords(header)
  const text = header.toString('latin1')
  const declared =
    /^content-type:[^\n]*(?:\n[ \t][^\n]*)*?charset="?([\w:.-]+)/im.exec(text.slice(0, LOOKED_AT))?.[1] ?? ''
  const fields = text.split(/(?<=\n)(?![ \t])/).map((field) => Buffer.from(field, 'latin1'))
  return Buffer.concat(fields.map((field) => fieldAsUtf8(field, declared)))
}

function fieldAsUtf8(field: Buffer, declared: string): Buffer {
  if (field.every((byte) => byte < 128)) return field
  const words = withoutRawBytesInWords(field)
  if (isUtf8(words)) return words
  const named = /^(us-?ascii|utf-?8)?$/i.test(declared) ? null : decodeStrictly(words, declared)
  return Buffer.from(named ?? decodeGuessing(words))
}

/** A byte that an encoded word should have encoded is in the charset of the word, whatever its neighbours are in. */
function withoutRawBytesInWords(field: Buffer): Buffer {
  const text = field.toString('latin1')
  if (!/=\?[^?\s]{1,40}\?q\?[^?]{0,1000}[\x80-\xff]/i.test(text)) return field
  const encoded = text.replace(
    /(=\?[^?\s]{1,40}\?q\?)([^?\r\n]{0,1000})(?=\?=)/gi,
    (_word, begin: string, inside: string) => {
      return begin + inside.replace(/[\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase()}`)
    },
  )
  return Buffer.from(encoded, 'latin1')
}
