/** Values of the properties that are texts or bytes; all others are passed over. */
export type Properties = Map<number, string | Buffer>

const STRING8 = 0x1e
const UNICODE = 0x1f
const BINARY = 0x102
const OBJECT = 0x0d
const MANY = 0x1000
/** Bytes that a value of a fixed size takes, padded to four. */
const SIZES: Record<number, number> = { 2: 4, 3: 4, 4: 4, 10: 4, 11: 4, 5: 8, 6: 8, 7: 8, 20: 8, 64: 8, 72: 16 }
const FIRST_NAMED = 0x8000

/** Reads a block of MAPI properties as far as it is whole (MS-OXTNEF 2.1.3.4). */
export function readProperties(block: Buffer, charset: string): Properties {
  const found: Properties = new Map()
  const reader = { block, at: 0 }
  try {
    const count = u32(reader)
    for (let index = 0; index < count; index++) readOne(reader, charset, found)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error // the block is cut: what was read is read
  }
  return found
}

type Cursor = { block: Buffer; at: number }

function readOne(cursor: Cursor, charset: string, into: Properties): void {
  const type = u16(cursor)
  const id = u16(cursor)
  if (id >= FIRST_NAMED) skipName(cursor)
  const kind = type & ~MANY
  const size = SIZES[kind]
  if (size !== undefined) {
    skip(cursor, size * (type & MANY ? u32(cursor) : 1))
    return
  }
  if (![STRING8, UNICODE, BINARY, OBJECT].includes(kind)) throw new RangeError(`An unknown type of property: ${type}`)
  const count = u32(cursor)
  for (let index = 0; index < count; index++) {
    const bytes = take(cursor, u32(cursor))
    if (index === 0) into.set(id, readValue(kind, bytes, charset))
  }
}

const readValue = (kind: number, bytes: Buffer, charset: string): string | Buffer => {
  if (kind === BINARY || kind === OBJECT) return bytes
  return new TextDecoder(kind === UNICODE ? 'utf-16le' : charset).decode(bytes).replace(/\0+$/, '')
}

function skipName(cursor: Cursor): void {
  skip(cursor, 16)
  if (u32(cursor) === 0) skip(cursor, 4)
  else take(cursor, u32(cursor))
}

function u16(cursor: Cursor): number {
  const value = cursor.block.readUInt16LE(cursor.at)
  cursor.at += 2
  return value
}

function u32(cursor: Cursor): number {
  const value = cursor.block.readUInt32LE(cursor.at)
  cursor.at += 4
  return value
}

function skip(cursor: Cursor, bytes: number): void {
  if (cursor.at + bytes > cursor.block.length) throw new RangeError('The block ends here')
  cursor.at += bytes
}

/** Values are padded to four bytes. */
function take(cursor: Cursor, bytes: number): Buffer {
  const begin = cursor.at
  skip(cursor, bytes)
  cursor.at = Math.min(cursor.block.length, begin + Math.ceil(bytes / 4) * 4)
  return cursor.block.subarray(begin, begin + bytes)
}
