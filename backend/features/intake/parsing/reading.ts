import {
  type AddressObject,
  type AttachmentStream,
  type HeaderLines,
  type Headers,
  MailParser,
  type MessageText,
} from 'mailparser'
import { BestCharset, type Decode } from './charset.ts'
import { excerptOf } from './excerpt.ts'
import { nameFor, safeName } from './names.ts'
import { KEPT_HEADERS, type KeptHeader, type ParsedAttachment, type ParsedMail, type Person } from './parsed-mail.ts'
import { prepare } from './preparing.ts'
import { storable, textOfHtml } from './text.ts'

/** What RFC 5321 allows an address to be long; anything longer is no address and must not become an index entry. */
const ADDRESS = 320
/** Characters kept of one header line. */
const HEADER = 20_000

/** Reads one mail. Runs in a child process, because hostile mail can take any time and memory. */
export async function readMail(raw: Buffer): Promise<ParsedMail> {
  const { headers, headerLines, text, html, attachments } = await split(prepare(raw))
  const whole = storable(text.trim() ? text : html ? textOfHtml(html) : text)
  return {
    messageId: textHeader(headers, 'message-id', 2_000) || null,
    subject: textHeader(headers, 'subject', 2_000),
    from: people(headers, 'from')[0] ?? null,
    sender: people(headers, 'sender'),
    replyTo: people(headers, 'reply-to'),
    to: people(headers, 'to'),
    cc: people(headers, 'cc'),
    text: whole,
    excerpt: excerptOf(whole),
    headers: keptHeaders(headerLines),
    attachments: attachments.map((part, index) => asAttachment(part, index, html)),
  }
}

type Part = { part: AttachmentStream; bytes: Buffer }
type Split = { headers: Headers; headerLines: HeaderLines; text: string; html: string; attachments: Part[] }

/** Hands the bytes to the MIME parser and collects what it finds. */
function split(mail: Buffer): Promise<Split> {
  return new Promise((resolve, reject) => {
    const parser = ownCharsets(
      new MailParser({
        skipHtmlToText: true,
        skipTextToHtml: true,
        skipTextLinks: true,
        skipImageLinks: true,
        keepDeliveryStatus: true,
      }),
    )
    const found: Split = { headers: new Map(), headerLines: [], text: '', html: '', attachments: [] }
    parser.on('headers', (headers: Headers) => {
      found.headers = headers
    })
    parser.on('headerLines', (lines: HeaderLines) => {
      found.headerLines = lines
    })
    parser.on('data', (data: AttachmentStream | MessageText) => {
      if (data.type === 'text') {
        found.text = data.text ?? ''
        found.html = typeof data.html === 'string' ? data.html : ''
      } else collect(data, found.attachments, reject)
    })
    parser.on('error', reject)
    parser.on('end', () => resolve(found))
    parser.end(mail)
  })
}

function collect(part: AttachmentStream, into: Part[], failed: (error: Error) => void): void {
  const chunks: Buffer[] = []
  const { content } = part
  content.on('data', (chunk: Buffer) => chunks.push(chunk))
  content.on('error', failed)
  content.on('end', () => {
    into.push({ part, bytes: Buffer.concat(chunks) })
    part.release()
  })
}

type TextNode = { charset?: string; isAttachment?: boolean }
type Insides = { decoder: { decodeStream: Decode }; createNode(node: unknown): TextNode }

/**
 * Lets every text part pass our own decoder. mailparser has no option for this: it takes UTF-8 and undeclared parts as they are.
 * These two members of 3.9.31 are pinned by the version and by reading.test.ts.
 */
function ownCharsets(parser: MailParser): MailParser {
  const insides = parser as unknown as Insides
  const decode = insides.decoder.decodeStream.bind(insides.decoder)
  const createNode = insides.createNode.bind(parser)
  insides.decoder = { decodeStream: (mark) => new BestCharset(mark.slice(MARK.length), decode) }
  insides.createNode = (node) => {
    const made = createNode(node)
    if (made.isAttachment === false) made.charset = `${MARK}${made.charset ?? 'utf-8'}`
    return made
  }
  return parser
}

/** Put before a charset's name, so that mailparser does not take a short cut for UTF-8. */
const MARK = 'best-'

function textHeader(headers: Headers, name: string, characters: number): string {
  const value = headers.get(name)
  return typeof value === 'string' ? storable(value, characters).trim() : ''
}

function people(headers: Headers, name: string): Person[] {
  const value = headers.get(name) as AddressObject | AddressObject[] | undefined
  const lists = value === undefined ? [] : Array.isArray(value) ? value : [value]
  return lists
    .flatMap((list) => list.value ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .map((entry) => ({ name: storable(entry.name ?? '', 200).trim(), address: storable(entry.address ?? '').trim() }))
    .filter(({ address }) => address.includes('@') && address.length <= ADDRESS)
    .slice(0, 500)
}

const isKept = (key: string): key is KeptHeader => (KEPT_HEADERS as readonly string[]).includes(key)

function keptHeaders(lines: HeaderLines): ParsedMail['headers'] {
  const kept: ParsedMail['headers'] = {}
  for (const { key, line } of lines) {
    if (!isKept(key)) continue
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n\s*/g, ' ')
    const tail = key === 'references' && value.length > HEADER ? value.slice(-HEADER) : value // the newest stand last
    kept[key] = [...(kept[key] ?? []), storable(tail, HEADER).trim()].slice(0, 50)
  }
  return kept
}

function asAttachment({ part, bytes }: Part, index: number, html: string): ParsedAttachment {
  const contentType = storable(part.contentType || 'application/octet-stream', 200).toLowerCase()
  const contentId = part.cid ? storable(part.cid, 900) : null
  return {
    name: safeName(storable(part.filename ?? '')) || nameFor(contentType, index + 1),
    contentType,
    contentId,
    inline: contentId !== null && html.includes(`cid:${contentId}`),
    bytes,
  }
}
