import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync, type ZlibOptions } from 'node:zlib'
import { randomPiece } from './random.ts'

const FORMAT = 1
const HEADER = 4
const IV = 12
const TAG = 16
/** Below this inflating costs more than the bytes that deflating saves; excerpts and names stay below. */
const SMALLEST_TO_COMPRESS = 1_000
/** Most values have a few kilobytes: getting the usual tables ready takes longer than filling them. */
const SMALL_AND_QUICK = { level: 1, memLevel: 5 }

/** Says which row a sealed value belongs to, so that it cannot be moved to another one. */
export type Place = { workspaceId: string; table: string; id: string }

/** One data key of a workspace in the clear; `version` tells which one opens a value. */
export type DataKey = { version: number; key: KeyObject }

/** Made once per key: Node spends four times as long on a cipher whose key comes as bytes. @param bytes 32 of them */
export const dataKey = (version: number, bytes: Buffer): DataKey => ({ version, key: createSecretKey(bytes) })

const aad = ({ workspaceId, table, id }: Place) => Buffer.from(`${workspaceId}/${table}/${id}`)

/**
 * Compresses, then encrypts with AES-256-GCM.
 * Layout: format, flags (1 = compressed), key version (2 bytes), IV (12), tag (16), cipher text.
 */
export function seal(dataKey: DataKey, place: Place, content: Buffer | string): Buffer {
  const plain = typeof content === 'string' ? Buffer.from(content) : content
  return encrypted(
    dataKey,
    place,
    plain,
    plain.length >= SMALLEST_TO_COMPRESS ? deflateRawSync(plain, SMALL_AND_QUICK) : plain,
  )
}

/** The same for megabytes: they are compressed aside, and the process goes on meanwhile. 50 MB take a second of a processor. */
export const sealLarge = async (dataKey: DataKey, place: Place, plain: Buffer): Promise<Buffer> =>
  encrypted(dataKey, place, plain, await deflateAside(plain, { ...SMALL_AND_QUICK, chunkSize: PIECE }))

const deflateAside = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw)
const inflateAside = promisify<Buffer, ZlibOptions, Buffer>(inflateRaw)
/** The process is asked once for so many bytes that come out. */
const PIECE = 1_000_000

function encrypted({ version, key }: DataKey, place: Place, plain: Buffer, packed: Buffer): Buffer {
  const compressed = packed.length < plain.length
  const iv = randomPiece(IV)
  const header = Buffer.from([FORMAT, compressed ? 1 : 0, version >> 8, version & 255])
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.concat([header, aad(place)]))
  const text = cipher.update(compressed ? packed : plain)
  cipher.final() // of this mode it says nothing more
  return Buffer.concat([header, iv, cipher.getAuthTag(), text])
}

/** The version of the data key that sealed a value. */
export const sealedWith = (sealed: Uint8Array): number => ((sealed[2] ?? 0) << 8) | (sealed[3] ?? 0)

/** Opens what `seal` made. Throws when the value was changed, moved to another row, or sealed with another key. */
export function unseal(dataKey: DataKey, place: Place, sealed: Uint8Array): Buffer {
  const { text, compressed } = decrypted(dataKey, place, sealed)
  return compressed ? inflateRawSync(text) : text
}

/** The same for megabytes. */
export async function unsealLarge(dataKey: DataKey, place: Place, sealed: Uint8Array): Promise<Buffer> {
  const { text, compressed } = decrypted(dataKey, place, sealed)
  return compressed ? inflateAside(text, { chunkSize: PIECE }) : text
}

function decrypted({ key }: DataKey, place: Place, sealed: Uint8Array): { text: Buffer; compressed: boolean } {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes[0] !== FORMAT) throw new Error(`Unknown format of a sealed value in ${place.table}`)
  const header = bytes.subarray(0, HEADER)
  const iv = bytes.subarray(HEADER, HEADER + IV)
  const tag = bytes.subarray(HEADER + IV, HEADER + IV + TAG)
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
    .setAAD(Buffer.concat([header, aad(place)]))
    .setAuthTag(tag)
  const text = Buffer.concat([decipher.update(bytes.subarray(HEADER + IV + TAG)), decipher.final()])
  return { text, compressed: header[1] === 1 }
}

/** A key for one purpose, derived from the master key (HKDF-SHA-256), so that no two uses share a key. */
export const deriveKey = (masterKey: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `sidedesk/${purpose}`, 32))

/** Short name of a master key that can be stored beside what it wrapped. */
export const keyId = (masterKey: Buffer): string => createHash('sha256').update(masterKey).digest('hex').slice(0, 16)

/** SHA-256 as base64url, for look-up keys and body hashes. */
export const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64url')

/** HMAC-SHA-256 of a text, cut to `length` bytes, as base64url. */
export const macOf = (key: Buffer, content: string, length = 16): string =>
  createHmac('sha256', key).update(content).digest().subarray(0, length).toString('base64url')

/** Compares two texts in constant time. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
