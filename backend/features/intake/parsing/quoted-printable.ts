import { Transform, type TransformCallback } from 'node:stream'

const [TAB, LF, CR, SPACE, EQUALS] = [9, 10, 13, 32, 61]

/** White space at the end of a line is no content; what it ends is not waited for any longer than this. Bytes. */
const LONGEST_BLANK = 1_000

/**
 * Decodes quoted-printable while it passes. The decoder of the library holds a part as a whole, several times over: a text of 24 MB
 * took 600 MB. What is no escape stays as it is written.
 */
export class QuotedPrintable extends Transform {
  #held: Buffer = Buffer.alloc(0)

  override _transform(chunk: Buffer | string, _encoding: BufferEncoding, done: TransformCallback): void {
    const bytes = Buffer.concat([this.#held, Buffer.from(chunk as Buffer)])
    const end = decidedUntil(bytes)
    this.#held = Buffer.from(bytes.subarray(end))
    done(null, decoded(bytes.subarray(0, end), false))
  }

  override _flush(done: TransformCallback): void {
    done(null, decoded(this.#held, true))
  }
}

/** What stands before here does not depend on what comes next. */
function decidedUntil(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && bytes.length - end < LONGEST_BLANK && (isBlank(bytes[end - 1]) || bytes[end - 1] === CR)) end--
  if (bytes[end - 1] === EQUALS) return end - 1
  return bytes[end - 2] === EQUALS ? end - 2 : end
}

function decoded(bytes: Buffer, isLast: boolean): Buffer {
  const out = Buffer.allocUnsafe(bytes.length)
  let size = 0
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number
    if (byte !== EQUALS && !isBlank(byte)) {
      out[size++] = byte
      at++
      continue
    }
    const code = byte === EQUALS ? codeAt(bytes, at + 1) : -1
    const blankEnd = endOfBlank(bytes, at + (byte === EQUALS ? 1 : 0))
    if (code >= 0) {
      out[size++] = code
      at += 3
    } else if (byte === EQUALS) {
      const next = afterLine(bytes, blankEnd, isLast)
      if (next === null) out[size++] = byte
      at = next ?? at + 1
    } else {
      const endsLine = blankEnd === bytes.length ? isLast : bytes[blankEnd] === LF || bytes[blankEnd] === CR
      if (!endsLine) size += bytes.copy(out, size, at, blankEnd)
      at = blankEnd
    }
  }
  return out.subarray(0, size)
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB

function endOfBlank(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

/** Where the next line begins; null when this one goes on. */
function afterLine(bytes: Buffer, at: number, isLast: boolean): number | null {
  if (at === bytes.length) return isLast ? at : null
  if (bytes[at] === LF) return at + 1
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : null
}

/** Two hexadecimal digits; -1 when they are none. */
function codeAt(bytes: Buffer, at: number): number {
  const [high, low] = [digit(bytes[at]), digit(bytes[at + 1])]
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function digit(byte = 0): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
