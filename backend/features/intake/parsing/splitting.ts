import { Readable, type Transform } from 'node:stream'
import { type AttachmentStream, type HeaderLines, type Headers, MailParser, type MessageText } from 'mailparser'
import { BestCharset, type Decode, type TextRoom } from './charset.ts'
import type { Flow } from './flowed.ts'
import type { PreparedBytes } from './preparing.ts'
import { QuotedPrintable } from './quoted-printable.ts'

export type Split = { headers: Headers; headerLines: HeaderLines; text: string; html: string; wasCut: boolean }

/** An attachment as it stands in the mail; its content has to be read to its end. */
export type Part = {
  contentType: string
  filename: string
  cid: string
  headers: Headers
  content: AsyncIterable<Uint8Array>
}

/** Hands the bytes to the MIME parser. @param take called with one attachment after another; the parser waits for it */
export function split({ header, body }: PreparedBytes, take: (part: Part) => Promise<void>): Promise<Split> {
  return new Promise((resolve, reject) => {
    const room: TextRoom = { bytes: MOST_TEXT, wasFull: false }
    const parser = ownCharsets(
      room,
      new MailParser({
        skipHtmlToText: true,
        skipTextToHtml: true,
        skipTextLinks: true,
        skipImageLinks: true,
        keepDeliveryStatus: true,
      }),
    )
    const found: Split = { headers: new Map(), headerLines: [], text: '', html: '', wasCut: false }
    let taken: Promise<void> = Promise.resolve()
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
        return
      }
      taken = take(partOf(data)).then(() => data.release(), reject)
    })
    parser.on('error', reject)
    parser.on('end', () => taken.then(() => resolve({ ...found, wasCut: room.wasFull }))) // a mail that is one file ends before that file is taken
    if (header.length + body.length <= PIECE) {
      parser.write(header)
      parser.end(body)
    } else Readable.from(piecesOf(header, body), { objectMode: false }).pipe(parser)
  })
}

/** Text and HTML of one mail that are read; more is no letter, and stands in the mail itself. Bytes. */
export const MOST_TEXT = 6_000_000

export const CUT = 'Only the beginning of its text is shown, because it is very long. All of it is in the mail itself.'

/** So much is handed over at a time, so that what is decoded of a large file is never there as a whole. Bytes. */
const PIECE = 256_000

function* piecesOf(...all: Buffer[]): Generator<Buffer> {
  for (const bytes of all) for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

const partOf = ({ contentType, filename, cid, headers, content }: AttachmentStream): Part => ({
  contentType: contentType || 'application/octet-stream',
  filename: filename ?? '',
  cid: cid ?? '',
  headers,
  content: content as unknown as AsyncIterable<Uint8Array>,
})

type TextNode = { charset?: string; isAttachment?: boolean; decoder?: Transform }
type MimeNode = { encoding?: string | false; flowed?: boolean; delSp?: boolean; getDecoder(): Transform }
type Insides = { decoder: { decodeStream: Decode }; createNode(node: MimeNode): TextNode }

/**
 * Lets every text part pass our own decoder, which puts lines together that were broken, and quoted-printable pass while it is decoded.
 * mailparser has no option for this: it takes UTF-8 and undeclared parts as they are. These members of 3.9.31 are pinned by the version and by reading.test.ts.
 */
function ownCharsets(room: TextRoom, parser: MailParser): MailParser {
  const insides = parser as unknown as Insides
  const decode = insides.decoder.decodeStream.bind(insides.decoder)
  const createNode = insides.createNode.bind(parser)
  insides.decoder = {
    decodeStream: (mark) => {
      const [, flow = '', charset = ''] = /^best-(\w+)-(.*)$/s.exec(mark) ?? []
      return new BestCharset({ charset, flow: FLOWS[flow] ?? null }, decode, room)
    },
  }
  insides.createNode = (node) => {
    if (node.encoding === 'quoted-printable') node.getDecoder = () => new QuotedPrintable()
    const flow = !node.flowed ? 'as' : node.delSp ? 'joined' : 'flowed'
    node.flowed = false
    const made = createNode(node)
    if (made.decoder) endedOnce(made.decoder)
    if (made.isAttachment === false) made.charset = `best-${flow}-${made.charset ?? 'utf-8'}`
    return made
  }
  return parser
}

/** The library ends what it has ended before, which nobody hears of; an error with its stack costs as much as a tenth of a mail. */
function endedOnce(decoder: Transform): void {
  const end = decoder.end.bind(decoder)
  decoder.end = () => (decoder.writableEnded ? decoder : end())
}

/** What stands before a charset's name, so that mailparser does not take a short cut for UTF-8, says how its lines were broken. */
const FLOWS: Record<string, Flow> = { flowed: { deletes: false }, joined: { deletes: true } }
