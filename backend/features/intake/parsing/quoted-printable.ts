import { Transform, type TransformCallback } from 'node:stream'

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const EQUALS = 61

const NOTHING = Buffer.alloc(0)

/** White space at the end of a line is no content; what it ends is not waited for any longer than this. Bytes. */
const LONGEST_BLANK = 1_000

/**
 * Decodes quoted-printable while it passes. The decoder of the library holds a part as a whole, several times over: a text of 24 MB
 * took 600 MB. What is no escape stays as it is written.
 */
export class QuotedPrintable extends Transform {
  #held: Buffer = NOTHING

  override _transform(chunk: Buffer | string, _encoding: BufferEncoding, done: TransformCallback): void {
    const bytes = this.#held.length === 0 ? (chunk as Buffer) : Buffer.concat([this.#held, chunk as Buffer])
    const end = decidedUntil(bytes)
    this.#held = end === bytes.length ? NOTHING : Buffer.from(bytes.subarray(end))
    done(null, decoded(bytes, end, false))
  }

  override _flush(done: TransformCallback): void {
    done(null, decoded(this.#held, this.#held.length, true))
  }
}

/** What stands before here does not depend on what comes next. */
function decidedUntil(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && bytes.length - end < LONGEST_BLANK && (isBlank(bytes[end - 1]) || bytes[end - 1] === CR)) end--
  if (bytes[end - 1] === EQUALS) return end - 1
  return bytes[end - 2] === EQUALS ? end - 2 : end
}

/** Most bytes are letters, or a blank between two of them: they pass by the shortest way. */
function decoded(bytes: Buffer, end: number, isLast: boolean): Buffer {
  const out = Buffer.allocUnsafe(end)
  let size = 0
  for (let at = 0; at < end; ) {
    const byte = bytes[at] as number
    if (byte !== EQUALS) {
      if ((byte !== SPACE && byte !== TAB) || (at + 1 < end && (bytes[at + 1] as number) > SPACE)) {
        out[size++] = byte
        at++
        continue
      }
      const blankEnd = endOfBlank(bytes, at, end)
      const endsLine = blankEnd === end ? isLast : bytes[blankEnd] === LF || bytes[blankEnd] === CR
      if (!endsLine) size += bytes.copy(out, size, at, blankEnd)
      at = blankEnd
      continue
    }
    const code = at + 2 < end ? codeOf(bytes[at + 1] as number, bytes[at + 2] as number) : -1
    if (code >= 0) {
      out[size++] = code
      at += 3
      continue
    }
    const next = afterLine(bytes, endOfBlank(bytes, at + 1, end), end, isLast)
    if (next < 0) out[size++] = byte
    at = next < 0 ? at + 1 : next
  }
  return out.subarray(0, size)
}

const isBlank = (byte: number | undefined): boolean => byte === SPACE || byte === TAB

function endOfBlank(bytes: Buffer, from: number, end: number): number {
  let at = from
  while (at < end && isBlank(bytes[at])) at++
  return at
}

/** Where the next line begins; -1 when this one goes on. */
function afterLine(bytes: Buffer, at: number, end: number, isLast: boolean): number {
  if (at === end) return isLast ? at : -1
  if (bytes[at] === LF) return at + 1
  return bytes[at] === CR && at + 1 < end && bytes[at + 1] === LF ? at + 2 : -1
}

/** What two hexadecimal digits say; -1 when they are none. */
function codeOf(first: number, second: number): number {
  const high = digit(first)
  const low = digit(second)
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function digit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
