import { createHash } from 'node:crypto'
import { type Field, fieldsOf, headerValue, split } from './headers.ts'
import { decodeBytes, decodeWords } from './words.ts'

export interface Part {
  partId: string
  mimeType: string
  filename: string
  charset: string
  fields: Field[]
  /** Decoded bytes of a leaf; empty for multiparts. */
  content: Buffer
  parts: Part[]
}

const DEEPEST = 50

/** The MIME tree as Gmail shows it: part ids "", "0", "1", "1.0" … */
export function partOf(raw: Buffer, partId = '', depth = 0): Part {
  const { block, body } = split(raw)
  const fields = fieldsOf(block)
  const type = headerValue(fields, 'Content-Type') ?? 'text/plain'
  const mimeType = (/^[^;\s]+\/[^;\s]+/.exec(type)?.[0] ?? 'text/plain').toLowerCase()
  const boundary = parameter(type, 'boundary')
  const pieces = mimeType.startsWith('multipart/') && boundary && depth < DEEPEST ? between(body, boundary) : []
  return {
    partId,
    mimeType,
    filename: parameter(headerValue(fields, 'Content-Disposition') ?? '', 'filename') || parameter(type, 'name'),
    charset: parameter(type, 'charset') || 'utf-8',
    fields,
    content: pieces.length > 0 ? Buffer.alloc(0) : decoded(body, headerValue(fields, 'Content-Transfer-Encoding')),
    parts: pieces.map((piece, i) => partOf(piece, partId === '' ? `${i}` : `${partId}.${i}`, depth + 1)),
  }
}

export const leavesOf = (part: Part): Part[] => (part.parts.length > 0 ? part.parts.flatMap(leavesOf) : [part])

export const attachmentsOf = (part: Part) => leavesOf(part).filter((leaf) => leaf.filename !== '')

/** The readable text of the first plain part, else of the first HTML part without its tags, up to `most` bytes. */
export function textOf(part: Part, most = 65_536): string {
  const leaves = leavesOf(part).filter((leaf) => leaf.filename === '')
  const plain = leaves.find((leaf) => leaf.mimeType === 'text/plain')
  if (plain) return stringOf(plain, most)
  const html = leaves.find((leaf) => leaf.mimeType === 'text/html')
  return html
    ? stringOf(html, most)
        .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^<>]*>/g, ' ')
    : ''
}

/** Attachment ids are stable here, so a reader may keep them; Gmail changes its own at every read. */
export const attachmentId = (messageId: string, part: Part) =>
  `ANGj${createHash('sha256').update(`${messageId}/${part.partId}`).digest('base64url')}`

function stringOf({ content, charset }: Part, most: number) {
  const bytes = content.subarray(0, most)
  return decodeBytes(bytes, charset) ?? bytes.toString('utf8')
}

function between(body: Buffer, boundary: string): Buffer[] {
  const pieces: Buffer[] = []
  const mark = `--${boundary}`
  let start = -1
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if ((at > 0 && body[at - 1] !== 0x0a) || !/^(--)?[ \t]*\r?(\n|$)/.test(after(body, at + mark.length))) continue
    if (start >= 0) pieces.push(body.subarray(start, beforeLineEnd(body, at)))
    if (body.toString('latin1', at + mark.length, at + mark.length + 2) === '--') return pieces
    const lineEnd = body.indexOf('\n', at)
    start = lineEnd < 0 ? body.length : lineEnd + 1
  }
  if (start >= 0) pieces.push(body.subarray(start))
  return pieces
}

const after = (body: Buffer, at: number) => body.toString('latin1', at, at + 80)

const beforeLineEnd = (body: Buffer, at: number) => Math.max(0, at - (body[at - 2] === 0x0d ? 2 : 1))

function decoded(body: Buffer, encoding = ''): Buffer {
  const kind = encoding.trim().toLowerCase()
  if (kind === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (kind !== 'quoted-printable') return body
  const text = body.toString('latin1').replace(/=\r?\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

function parameter(value: string, name: string): string {
  const extended = new RegExp(`;\\s*${name}\\*(?:0\\*)?\\s*=\\s*([^']*)'[^']*'([^;\\s]+)`, 'i').exec(value)
  if (extended) return decodeBytes(percentBytes(extended[2] ?? ''), extended[1] || 'utf-8') ?? ''
  const plain = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(value)
  return plain ? decodeWords((plain[1] ?? plain[2] ?? '').replace(/\\(.)/g, '$1')) : ''
}

const percentBytes = (text: string) =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
