import { type Properties, readProperties } from './tnef-properties.ts'

/** What Outlook wraps into a winmail.dat. */
export type Unwrapped = {
  text: string
  html: string
  files: { name: string; contentType: string; contentId: string | null; bytes: Buffer }[]
}

const SIGNATURE = 0x223e9f78
/** Attributes of the stream, by the lower half of their id (MS-OXTNEF 2.1.3.2). */
const ATTACHMENT_BEGINS = 0x9002
const TITLE = 0x8010
const DATA = 0x800f
const ATTACHMENT_PROPERTIES = 0x9005
const MESSAGE_PROPERTIES = 0x9003
const BODY = 0x800c
const CODEPAGE = 0x9007
/** Properties of a message and of an attachment (MS-OXPROPS). */
const PR_BODY = 0x1000
const PR_HTML = 0x1013
const PR_DATA = 0x3701
const PR_LONG_NAME = 0x3707
const PR_DISPLAY_NAME = 0x3001
const PR_MIME_TAG = 0x370e
const PR_CONTENT_ID = 0x3712

/** Mails inside mails are unwrapped so deep. */
const DEEPEST = 4
/** An embedded mail stands behind the id of its interface. */
const INTERFACE_ID = 16
const MOST_FILES = 500

/** @returns null when these bytes are no such file, or a broken one that holds nothing to be saved */
export function unwrapTnef(bytes: Buffer, depth = 0): Unwrapped | null {
  if (depth >= DEEPEST || bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null
  const found: Unwrapped = { text: '', html: '', files: [] }
  let charset = 'windows-1252'
  let part: Part | null = null
  const close = () => {
    if (part) addFile(found, part, depth)
    part = null
  }
  for (const { id, data } of attributes(bytes)) {
    if (id === CODEPAGE && data.length >= 4) charset = charsetOf(data.readUInt32LE(0))
    else if (id === ATTACHMENT_BEGINS) {
      close()
      part = { title: '', data: null, properties: new Map() }
    } else if (id === TITLE && part) part.title = decode(data, charset)
    else if (id === DATA && part) part.data = data
    else if (id === ATTACHMENT_PROPERTIES && part) part.properties = readProperties(data, charset)
    else if (id === BODY) found.text = decode(data, charset)
    else if (id === MESSAGE_PROPERTIES) readMessage(found, readProperties(data, charset))
  }
  close()
  return found.text || found.html || found.files.length > 0 ? found : null
}

type Part = { title: string; data: Buffer | null; properties: Properties }

/** A stream that is cut gives what stands before the cut. */
function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  for (let at = 6; at + 9 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 5)
    const begin = at + 9
    if (begin + length > bytes.length) return
    yield { id: bytes.readUInt16LE(at + 1), data: bytes.subarray(begin, begin + length) }
    at = begin + length + 2
  }
}

function readMessage(found: Unwrapped, properties: Properties): void {
  const text = properties.get(PR_BODY)
  const html = properties.get(PR_HTML)
  if (typeof text === 'string' && !found.text) found.text = text
  if (html !== undefined) found.html = typeof html === 'string' ? html : html.toString('utf8')
}

function addFile(found: Unwrapped, { title, data, properties }: Part, depth: number): void {
  const held = properties.get(PR_DATA)
  const bytes = data?.length ? data : Buffer.isBuffer(held) ? held : null
  if (!bytes || found.files.length >= MOST_FILES) return
  const inner = unwrapTnef(bytes.subarray(INTERFACE_ID), depth + 1) ?? unwrapTnef(bytes, depth + 1)
  if (inner) {
    found.files.push(...inner.files.slice(0, MOST_FILES - found.files.length))
    if (inner.text)
      found.files.push({
        ...PLAIN,
        name: `${nameOf(properties, title) || 'message'}.txt`,
        bytes: Buffer.from(inner.text),
      })
    return
  }
  found.files.push({
    name: nameOf(properties, title),
    contentType: words(properties.get(PR_MIME_TAG)) || 'application/octet-stream',
    contentId: words(properties.get(PR_CONTENT_ID)) || null,
    bytes,
  })
}

const PLAIN = { contentType: 'text/plain', contentId: null }

const nameOf = (properties: Properties, title: string): string =>
  words(properties.get(PR_LONG_NAME)) || words(properties.get(PR_DISPLAY_NAME)) || title

const words = (value: string | Buffer | undefined): string => (typeof value === 'string' ? value : '')

/** Windows code pages that mail programs name, else the usual one. */
function charsetOf(codepage: number): string {
  if (codepage >= 1250 && codepage <= 1258) return `windows-${codepage}`
  const named: Record<number, string> = { 932: 'shift_jis', 936: 'gb18030', 949: 'euc-kr', 950: 'big5', 65001: 'utf-8' }
  return named[codepage] ?? 'windows-1252'
}

const decode = (data: Buffer, charset: string): string => new TextDecoder(charset).decode(data).replace(/\0+$/, '')
