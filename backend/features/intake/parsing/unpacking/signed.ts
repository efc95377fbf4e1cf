/**
 * The mail inside an opaquely signed S/MIME part: the content of a CMS SignedData (RFC 5652 section 5). The signature is not checked
 * here; the part itself is kept beside what it holds.
 * @returns null when these bytes hold no readable content, such as an encrypted part
 */
export function signedContent(bytes: Buffer): Buffer | null {
  try {
    const info = children(readTlv(bytes, 0, bytes.length))
    const [type, wrapped] = info
    if (!type || !wrapped || !type.content.equals(SIGNED_DATA)) return null
    const [signed] = children(wrapped)
    const capsule = signed && children(signed).find(({ tag }, index) => tag === SEQUENCE && index >= 2)
    const content = capsule && children(capsule).find(({ tag }) => tag === EXPLICIT_0)
    const [octets] = content ? children(content) : []
    return octets ? joined(octets) : null
  } catch (error) {
    if (error instanceof RangeError) return null // cut or not DER at all
    throw error
  }
}

/** 1.2.840.113549.1.7.2 */
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex')
const SEQUENCE = 0x30
const EXPLICIT_0 = 0xa0
const OCTETS_IN_PIECES = 0x24
const DEEPEST = 20
const MOST = 10_000

type Tlv = { tag: number; content: Buffer; end: number; open: boolean }

/** Sizes may be written as "until the end mark", as streaming programs do. */
function readTlv(bytes: Buffer, at: number, end: number): Tlv {
  const tag = bytes.readUInt8(at)
  const first = bytes.readUInt8(at + 1)
  if (first === 0x80) return { tag, content: bytes.subarray(at + 2, end), end, open: true }
  const width = first > 0x80 ? first & 0x7f : 0
  const length = width === 0 ? first : bytes.readUIntBE(at + 2, Math.min(width, 6))
  const begin = at + 2 + width
  if (width > 6 || begin + length > end) throw new RangeError('A part is longer than what it stands in')
  return { tag, content: bytes.subarray(begin, begin + length), end: begin + length, open: false }
}

function children({ content, open }: Tlv): Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < content.length && found.length < MOST; ) {
    if (open && content.readUInt16BE(at) === 0) break
    const next = readTlv(content, at, content.length)
    const whole = next.open
      ? { ...next, end: endOfOpen(content, at, 0), content: content.subarray(at + 2, endOfOpen(content, at, 0)) }
      : next
    found.push(whole)
    at = whole.end
  }
  return found
}

/** Where a part of unwritten size ends: behind the end mark of its own depth. */
function endOfOpen(bytes: Buffer, at: number, depth: number): number {
  if (depth > DEEPEST) throw new RangeError('Nested too deeply')
  let position = at + 2
  while (bytes.readUInt16BE(position) !== 0) {
    const next = readTlv(bytes, position, bytes.length)
    position = next.open ? endOfOpen(bytes, position, depth + 1) : next.end
  }
  return position + 2
}

const joined = (octets: Tlv): Buffer =>
  octets.tag === OCTETS_IN_PIECES ? Buffer.concat(children(octets).map(({ content }) => content)) : octets.content
