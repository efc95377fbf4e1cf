/** A value of a row, as the type of its column takes it: ids and days as text, JSON as text, words for search as bytes already. */
export type Value = string | number | boolean | Date | Uint8Array | readonly string[] | null

/** Bytes on their way: `bytes` is filled up to `at`, `full` waits to be sent. */
export type Pages = { bytes: Buffer; at: number; full: Buffer[] }

type Writer = (pages: Pages, value: never) => void

/** Sent at once. Bytes. */
const PAGE = 64 * 1024
/** What COPY's binary format begins with: its name, no flags, nothing more. */
const BEGINNING = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const NOTHING = -1
/** Days and milliseconds from 1970 to 2000, where PostgreSQL begins to count. */
const TO_2000 = { days: 10_957, ms: 946_684_800_000 }
const TWO_32 = 2 ** 32
const DAY_MS = 86_400_000
const TEXT_OID = 25

/** Pages with the beginning of what COPY reads. */
export function beginPages(): Pages {
  const pages = { bytes: Buffer.allocUnsafeSlow(PAGE), at: 0, full: [] }
  writeBytes(pages, BEGINNING)
  return pages
}

/** Hands over what is written, whole pages or not. */
export function endPages(pages: Pages): void {
  int16(pages, NOTHING)
  turn(pages, PAGE)
}

/**
 * Writes rows as COPY's binary format has them: neither side spends time on dates, numbers and bytes as text.
 * @param types of the columns, by the names that the database's catalogue has for them
 */
export function rowWriter(pages: Pages, types: readonly string[]): (values: readonly Value[]) => void {
  const writers = types.map((type) => {
    const writer = WRITERS[type]
    if (!writer) throw new Error(`Nobody wrote a ${type} yet`)
    return writer
  })
  return (values) => {
    if (values.length !== writers.length) throw new Error(`A row of ${values.length} for ${writers.length} columns`)
    int16(pages, values.length)
    for (let n = 0; n < values.length; n++) {
      const value = values[n]
      if (value === null) int32(pages, NOTHING)
      else writers[n]?.(pages, value as never)
    }
  }
}

const WRITERS: Record<string, Writer> = {
  uuid: (pages, id: string) => {
    int32(pages, 16)
    writeId(pages, id)
  },
  text: (pages, text: string) => writeText(pages, text),
  timestamptz: (pages, at: Date) => {
    const ms = at.getTime() - TO_2000.ms
    const micros = (((ms % TWO_32) + TWO_32) % TWO_32) * 1_000
    int32(pages, 8)
    int32(pages, Math.floor(ms / TWO_32) * 1_000 + Math.floor(micros / TWO_32))
    int32(pages, micros % TWO_32)
  },
  date: (pages, day: string) => {
    int32(pages, 4)
    int32(pages, Date.parse(`${day}T00:00:00Z`) / DAY_MS - TO_2000.days)
  },
  int2: (pages, number: number) => {
    int32(pages, 2)
    int16(pages, number)
  },
  int4: (pages, number: number) => {
    int32(pages, 4)
    int32(pages, number)
  },
  int8: (pages, number: number) => {
    int32(pages, 8)
    int32(pages, Math.floor(number / TWO_32))
    int32(pages, number % TWO_32)
  },
  bool: (pages, is: boolean) => {
    int32(pages, 1)
    int8(pages, is ? 1 : 0)
  },
  bytea: (pages, bytes: Uint8Array) => {
    int32(pages, bytes.length)
    writeBytes(pages, bytes)
  },
  tsvector: (pages, words: Uint8Array) => {
    int32(pages, words.length)
    writeBytes(pages, words)
  },
  jsonb: (pages, json: string) => writeText(pages, json, JSONB_VERSION),
  _text: (pages, texts: readonly string[]) => {
    const isEmpty = texts.length === 0
    const size = texts.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), isEmpty ? 12 : 20)
    int32(pages, size)
    int32(pages, isEmpty ? 0 : 1) // dimensions
    int32(pages, 0) // none of them is null
    int32(pages, TEXT_OID)
    if (isEmpty) return
    int32(pages, texts.length)
    int32(pages, 1) // the first has this number
    for (const text of texts) writeText(pages, text)
  },
}

const JSONB_VERSION = 1

function room(pages: Pages, size: number): void {
  if (pages.at + size > pages.bytes.length) turn(pages, Math.max(size, PAGE))
}

function turn(pages: Pages, size: number): void {
  pages.full.push(pages.bytes.subarray(0, pages.at))
  pages.bytes = Buffer.allocUnsafeSlow(size)
  pages.at = 0
}

function int8(pages: Pages, number: number): void {
  room(pages, 1)
  pages.bytes[pages.at++] = number
}

function int16(pages: Pages, number: number): void {
  room(pages, 2)
  const { bytes, at } = pages
  bytes[at] = number >> 8
  bytes[at + 1] = number
  pages.at = at + 2
}

/** Its lowest 32 bits, so that it takes the lower half of a longer number as well. */
function int32(pages: Pages, number: number): void {
  room(pages, 4)
  const { bytes, at } = pages
  bytes[at] = number >>> 24
  bytes[at + 1] = number >>> 16
  bytes[at + 2] = number >>> 8
  bytes[at + 3] = number
  pages.at = at + 4
}

function writeBytes(pages: Pages, from: Uint8Array): void {
  room(pages, from.length)
  pages.bytes.set(from, pages.at)
  pages.at += from.length
}

/** Up to here a loop is quicker than asking the runtime to write. Characters. */
const SHORT = 24

/** @param version goes before the text, as one byte of its value */
function writeText(pages: Pages, text: string, version?: number): void {
  const before = version === undefined ? 0 : 1
  const { length } = text
  room(pages, 4 + before + 3 * length)
  const begin = pages.at
  const { bytes } = pages
  let at = begin + 4
  if (version !== undefined) bytes[at++] = version
  if (length > SHORT) at += bytes.write(text, at)
  else
    for (let n = 0; n < length; n++) {
      const code = text.charCodeAt(n)
      if (code > 127) {
        at = begin + 4 + before
        at += bytes.write(text, at)
        break
      }
      bytes[at++] = code
    }
  int32(pages, at - begin - 4)
  pages.at = at
}

/** Where the pairs of digits of an id stand in its text. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
const DIGITS = new Uint8Array(128)
for (let digit = 0; digit < 16; digit++) DIGITS[digit.toString(16).charCodeAt(0)] = digit

function writeId(pages: Pages, id: string): void {
  room(pages, 16)
  const { bytes, at } = pages
  for (let n = 0; n < 16; n++) {
    const from = PAIRS[n] as number
    bytes[at + n] = ((DIGITS[id.charCodeAt(from)] as number) << 4) | (DIGITS[id.charCodeAt(from + 1)] as number)
  }
  pages.at = at + 16
}
