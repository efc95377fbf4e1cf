import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Bucket } from './bucket.ts'
import { readStretch } from './reading.ts'
import { uploading } from './uploading.ts'

/** Brings a file of this machine into the store, whatever its length. Nothing is seen of it before it is whole. */
export async function sendFile(bucket: Bucket, key: string, path: string): Promise<void> {
  const writer = uploading(bucket, key)
  try {
    for await (const part of createReadStream(path, { highWaterMark: PIECE })) await writer.write(part as Buffer)
    await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  }
}

const PIECE = 1_048_576

/** Brings an object into a file. @throws KeyUnknown, ObjectsAway; then the file may be there in part */
export const fetchFile = (bucket: Bucket, key: string, path: string): Promise<void> =>
  pipeline(readStretch(bucket, key, 0, Number.POSITIVE_INFINITY), createWriteStream(path, { mode: 0o600 }))
