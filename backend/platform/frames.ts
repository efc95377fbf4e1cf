import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import type { DataKey, Place } from './crypto.ts'

const FORMAT = 2
const SALT = 32
const TAG = 16
/** Bytes before the first frame: format, nothing, key version (2), salt (32). */
export const FRAMES_HEADER = 4 + SALT
/** Bytes of content in every frame but the last. */
export const FRAME_BYTES = 65_536
const SEALED_FRAME = FRAME_BYTES + TAG

/**
 * Content that is sealed while it passes and can be opened from its middle. Every file has a key of its own (HKDF of the data key and a
 * random salt), every frame says its number and whether it is the last: none can be left out, moved, or put into another file.
 */
export type FrameSealer = {
  /** @returns sealed bytes that are ready, often none */
  add(content: Uint8Array): Buffer
  /** @returns the last of it */
  end(): Buffer
}

/** @param place the row that the file belongs to */
export function frameSealer(key: DataKey, place: Place): FrameSealer {
  const header = Buffer.concat([Buffer.from([FORMAT, 0, key.version >> 8, key.version & 255]), randomBytes(SALT)])
  const own = fileKey(key, header)
  let frame = 0
  let held: Buffer[] = []
  let size = 0
  const begin = () => (frame === 0 ? [header] : [])
  const close = (content: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', own, nonce(frame, last)).setAAD(aad(header, place))
    return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
  }
  return {
    add(content) {
      if (content.length > 0) held.push(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
      size += content.length
      if (size <= FRAME_BYTES) return NONE // the last frame is never empty unless the file is
      const all = Buffer.concat(held)
      const out: Buffer[] = begin()
      let at = 0
      for (; all.length - at > FRAME_BYTES; at += FRAME_BYTES) {
        out.push(close(all.subarray(at, at + FRAME_BYTES), false))
        frame++
      }
      held = [Buffer.from(all.subarray(at))] // a copy: what was given may be used again by whoever gave it
      size = all.length - at
      return Buffer.concat(out)
    },
    end: () => Buffer.concat([...begin(), close(Buffer.concat(held), true)]),
  }
}

const NONE = Buffer.alloc(0)

/** Bytes of a sealed file that hold a stretch of its content. */
export type Stretch = { sealedFrom: number; sealedTo: number; firstFrame: number; skip: number; length: number }

/**
 * Where a stretch of the content lies.
 * @param from first byte of the content
 * @param to the byte after the last one
 */
export function stretchOf(from: number, to: number): Stretch {
  const firstFrame = Math.floor(from / FRAME_BYTES)
  const lastFrame = Math.max(firstFrame, Math.ceil(to / FRAME_BYTES) - 1)
  return {
    sealedFrom: FRAMES_HEADER + firstFrame * SEALED_FRAME,
    sealedTo: FRAMES_HEADER + (lastFrame + 1) * SEALED_FRAME,
    firstFrame,
    skip: from - firstFrame * FRAME_BYTES,
    length: to - from,
  }
}

/** The number of the frame that ends a content of so many bytes. */
const lastFrameOf = (size: number): number => Math.max(0, Math.ceil(size / FRAME_BYTES) - 1)

/** The version of the data key that sealed a file. @param header its first bytes */
export function framesSealedWith(header: Uint8Array): number {
  if (header[0] !== FORMAT || header.length < FRAMES_HEADER) throw new Error('Not a sealed file')
  return ((header[2] ?? 0) << 8) | (header[3] ?? 0)
}

export type SealedFile = {
  place: Place
  /** The first FRAMES_HEADER bytes. */
  header: Buffer
  /** The bytes from stretch.sealedFrom to stretch.sealedTo, or to the end of the file. */
  sealed: AsyncIterable<Uint8Array>
  stretch: Stretch
  /** Bytes of the whole content. */
  size: number
}

/**
 * Opens a stretch of a sealed file, frame by frame.
 * @throws when anything was changed, moved, left out or cut off
 */
export async function* openFrames(
  key: DataKey,
  { place, header, sealed, stretch, size }: SealedFile,
): AsyncIterable<Buffer> {
  const own = fileKey(key, header)
  const last = lastFrameOf(size)
  let frame = stretch.firstFrame
  let { skip, length: left } = stretch
  for await (const bytes of framesIn(sealed)) {
    const content = openFrame(own, { header, place, frame, last: frame === last }, bytes)
    const wanted = content.subarray(skip, skip + left)
    skip = 0
    left -= wanted.length
    frame++
    if (wanted.length > 0) yield wanted
    if (left === 0) return
  }
  if (left > 0) throw new Error('A sealed file is shorter than it was')
}

function openFrame(
  own: KeyObject,
  { header, place, frame, last }: { header: Buffer; place: Place; frame: number; last: boolean },
  bytes: Buffer,
): Buffer {
  if (bytes.length < TAG) throw new Error('A sealed file is cut off')
  const decipher = createDecipheriv('aes-256-gcm', own, nonce(frame, last))
    .setAAD(aad(header, place))
    .setAuthTag(bytes.subarray(bytes.length - TAG))
  return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()])
}

async function* framesIn(sealed: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const part of sealed) {
    held.push(part)
    size += part.length
    if (size < SEALED_FRAME) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; all.length - at >= SEALED_FRAME; at += SEALED_FRAME) yield all.subarray(at, at + SEALED_FRAME)
    held = [all.subarray(at)]
    size = all.length - at
  }
  if (size > 0) yield Buffer.concat(held)
}

const fileKey = ({ key }: DataKey, header: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, header.subarray(4, FRAMES_HEADER), 'sidedesk/frames', 32)))

/** 11 bytes of number, one that says whether it is the last. */
function nonce(frame: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(frame, 5, 6)
  bytes[11] = last ? 1 : 0
  return bytes
}

const aad = (header: Buffer, { workspaceId, table, id }: Place): Buffer =>
  Buffer.concat([header, Buffer.from(`${workspaceId}/${table}/${id}`)])
