import { isUtf8 } from 'node:buffer'
import { Transform, type TransformCallback } from 'node:stream'
import { type Flow, unflowed } from './flowed.ts'
import { decodeGuessing } from './guessing.ts'

/** Opens a stream that decodes the declared charset to UTF-8. */
export type Decode = (charset: string) => Transform

/** How much text of one mail is still read: the texts of all its parts are in memory at once. */
export type TextRoom = { bytes: number; wasFull: boolean }

/** Charsets whose bytes all look like ASCII, or have a width of their own: the declaration is the only hint. */
const DECLARED_ONLY = /^(utf-?7|utf-?16|utf-?32|ucs|iso-?2022|hz|jis)/i
const SAYS_NOTHING = /^(us-?ascii|ascii|utf-?8|unknown-8bit|8bit|binary|none|default|x-unknown)$/i
const UNREADABLE = '\uFFFD'

/**
 * Decodes a text part: as UTF-8 when its bytes are, whatever was declared, since wrong declarations are common and text of another
 * charset is almost never valid UTF-8 by chance; else as declared, when that fits; else as what it looks like.
 */
export class BestCharset extends Transform {
  readonly #declared: string
  readonly #flow: Flow | null
  readonly #decode: Decode
  readonly #room: TextRoom
  readonly #chunks: Buffer[] = []

  /** @param declared its charset, and how its lines were broken */
  constructor(declared: { charset: string; flow: Flow | null }, decode: Decode, room: TextRoom) {
    super()
    this.#declared = declared.charset
    this.#flow = declared.flow
    this.#decode = decode
    this.#room = room
  }

  override _transform(chunk: Buffer | string, _encoding: BufferEncoding, done: TransformCallback): void {
    const bytes = chunk as Buffer
    const kept = fitting(bytes, this.#room)
    this.#room.wasFull ||= kept.length < bytes.length
    if (kept.length > 0) this.#chunks.push(holdsMore(kept) ? Buffer.from(kept) : kept)
    done()
  }

  override _flush(done: TransformCallback): void {
    const flow = this.#flow
    this.#read((_error, text: Buffer | string) => done(null, flow === null ? text : unflowed(String(text), flow)))
  }

  #read(done: TransformCallback): void {
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks)
    if (!DECLARED_ONLY.test(this.#declared) && isUtf8(bytes)) {
      done(null, bytes)
      return
    }
    if (SAYS_NOTHING.test(this.#declared)) {
      done(null, decodeGuessing(bytes))
      return
    }
    decodeWith(this.#decode, this.#declared, bytes).then(
      (text) => done(null, text.includes(UNREADABLE) ? better(text, decodeGuessing(bytes)) : text),
      () => done(null, decodeGuessing(bytes)), // the declared charset is none that anybody knows
    )
  }
}

const LF = 10
/** A line counts as much at least: millions of empty ones fill the memory of a process as millions of letters never do. Bytes. */
const SHORTEST_LINE = 20

/** A few bytes must not keep a large piece of the mail in memory. */
const holdsMore = (bytes: Buffer): boolean => bytes.buffer.byteLength > bytes.length * 4 + SHARED

/** Node cuts small buffers out of pieces of this size. */
const SHARED = Buffer.poolSize

/** As much of the text as there is room for, and takes that room. */
function fitting(bytes: Buffer, room: TextRoom): Buffer {
  let at = 0
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, at)) {
    const cost = Math.max(end + 1 - at, SHORTEST_LINE)
    if (cost > room.bytes) break
    room.bytes -= cost
    at = end + 1
  }
  const rest = bytes.subarray(at, at + room.bytes)
  room.bytes -= rest.length
  return bytes.subarray(0, at + rest.length)
}

/** Text cut in the middle of a character has one unreadable mark in any charset: a guess has to be clearly better. */
const better = (declared: string, guessed: string): string =>
  count(declared) > 2 && count(guessed) * 2 < count(declared) ? guessed : declared

const count = (text: string): number => text.split(UNREADABLE).length

async function decodeWith(decode: Decode, charset: string, bytes: Buffer): Promise<string> {
  const stream = decode(charset)
  stream.end(bytes)
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
