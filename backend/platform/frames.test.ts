import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dataKey } from './crypto.ts'
import { FRAME_BYTES, FRAMES_HEADER, frameSealer, framesSealedWith, openFrames, stretchOf } from './frames.ts'

const key = dataKey(7, randomBytes(32))
const place = { workspaceId: 'w', table: 'file', id: 'f' }

function sealInParts(content: Buffer, partSize: number): Buffer {
  const sealer = frameSealer(key, place)
  const parts: Buffer[] = []
  for (let at = 0; at < content.length; at += partSize) parts.push(sealer.add(content.subarray(at, at + partSize)))
  return Buffer.concat([...parts, sealer.end()])
}

async function* inParts(bytes: Buffer, size = 50_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function open(sealed: Buffer, size: number, from = 0, to = size, at = place): Promise<Buffer> {
  const stretch = stretchOf(from, to)
  const parts: Buffer[] = []
  const header = sealed.subarray(0, FRAMES_HEADER)
  const bytes = inParts(sealed.subarray(stretch.sealedFrom, stretch.sealedTo))
  for await (const part of openFrames(key, { place: at, header, sealed: bytes, stretch, size })) parts.push(part)
  return Buffer.concat(parts)
}

const SIZES = [0, 1, 100, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES, 3 * FRAME_BYTES + 17]

test.each(SIZES)('a file of %d bytes opens to the same bytes, however it came in', async (size) => {
  const content = randomBytes(size)
  for (const partSize of [1_000, FRAME_BYTES, 200_000]) {
    const sealed = sealInParts(content, partSize)
    expect(framesSealedWith(sealed)).toBe(7)
    expect((await open(sealed, size)).equals(content)).toBe(true)
  }
})

test('any stretch of a file opens without the rest', async () => {
  const size = 3 * FRAME_BYTES + 17
  const content = randomBytes(size)
  const sealed = sealInParts(content, 30_000)
  await fc.assert(
    fc.asyncProperty(fc.nat(size - 1), fc.nat(size), async (from, length) => {
      const to = Math.min(size, from + Math.max(1, length))
      expect((await open(sealed, size, from, to)).equals(content.subarray(from, to))).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test('a file that is changed, cut off, put in another order or into another row does not open', async () => {
  const size = 2 * FRAME_BYTES + 500
  const sealed = sealInParts(randomBytes(size), 30_000)
  const frame = FRAME_BYTES + 16
  for (const at of [3, 20, FRAMES_HEADER + 5, FRAMES_HEADER + frame + 5, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    if (at !== 3) await expect(open(changed, size)).rejects.toThrow()
    else expect(framesSealedWith(changed)).not.toBe(7)
  }
  await expect(open(sealed.subarray(0, FRAMES_HEADER + 2 * frame), size)).rejects.toThrow('shorter')
  await expect(open(sealed.subarray(0, FRAMES_HEADER + 2 * frame), 2 * FRAME_BYTES)).rejects.toThrow()
  const swapped = Buffer.concat([
    sealed.subarray(0, FRAMES_HEADER),
    sealed.subarray(FRAMES_HEADER + frame, FRAMES_HEADER + 2 * frame),
    sealed.subarray(FRAMES_HEADER, FRAMES_HEADER + frame),
    sealed.subarray(FRAMES_HEADER + 2 * frame),
  ])
  await expect(open(swapped, size)).rejects.toThrow()
  await expect(open(sealed, size, 0, size, { ...place, id: 'g' })).rejects.toThrow()
})
