import { Transform, type TransformCallback } from 'node:stream'
import { isUtf8 } from './preparing.ts'

/** Opens a stream that decodes the declared charset to UTF-8. */
export type Decode = (charset: string) => Transform

/** Charsets whose bytes all look like ASCII, or have a width of their own: the declaration is the only hint. */
const DECLARED_ONLY = /^(utf-?7|utf-?16|utf-?32|ucs|iso-?2022|hz|jis)/i
const IS_UTF8 = /^(us-?ascii|ascii|utf-?8)$/i
/** Half-width Japanese and most mislabelled Western text: what browsers fall back to as well. */
const FALLBACK = 'windows-1252'

/**
 * Decodes a text part: as UTF-8 when its bytes are, whatever was declared, since wrong declarations are common and text of another
 * charset is almost never valid UTF-8 by chance; else as declared; else as Windows-1252.
 */
export class BestCharset extends Transform {
  readonly #declared: string
  readonly #decode: Decode
  readonly #chunks: Buffer[] = []

  constructor(declared: string, decode: Decode) {
    super()
    this.#declared = declared
    this.#decode = decode
  }

  override _transform(chunk: Buffer | string, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#chunks.push(Buffer.from(chunk as Buffer))
    done()
  }

  override _flush(done: TransformCallback): void {
    const bytes = Buffer.concat(this.#chunks)
    if (!DECLARED_ONLY.test(this.#declared) && isUtf8(bytes)) {
      done(null, bytes)
      return
    }
    const charset = IS_UTF8.test(this.#declared) ? FALLBACK : this.#declared
    decodeWith(this.#decode, charset, bytes).then(
      (text) => done(null, text),
      () => done(null, new TextDecoder(FALLBACK).decode(bytes)), // the declared charset is none that anybody knows
    )
  }
}

async function decodeWith(decode: Decode, charset: string, bytes: Buffer): Promise<string> {
  const stream = decode(charset)
  stream.end(bytes)
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}
