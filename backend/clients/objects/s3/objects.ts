import { KeyUnknown } from '../failures.ts'
import { checkKey, isKey, ObjectMissing, type Objects } from '../objects.ts'
import type { Bucket } from './bucket.ts'
import { readStretch } from './reading.ts'
import { PART_BYTES, uploading } from './uploading.ts'

/** Objects in a bucket. What the store has answered is kept by it: there is nothing to force to a disk. */
export function s3Objects(bucket: Bucket): Objects {
  const read = async function* (key: string, from: number, to: number): AsyncIterable<Buffer> {
    try {
      yield* readStretch(bucket, checkKey(key), from, to)
    } catch (error) {
      throw error instanceof KeyUnknown
        ? new ObjectMissing(`Object ${key} is not in the store`, { cause: error })
        : error
    }
  }
  return {
    async put(key, bytes) {
      if (bytes.length <= PART_BYTES) return void (await bucket.put(checkKey(key), bytes))
      const writer = uploading(bucket, checkKey(key))
      try {
        await writer.write(bytes)
        await writer.finish()
      } catch (error) {
        await writer.abort()
        throw error
      }
    },
    async get(key) {
      const parts: Buffer[] = []
      for await (const part of read(key, 0, Number.POSITIVE_INFINITY)) parts.push(part)
      return Buffer.concat(parts)
    },
    write: async (key) => uploading(bucket, checkKey(key)),
    read,
    remove: async (key) => bucket.remove(checkKey(key)),
    async *list(workspaceId) {
      for await (const { key } of bucket.list(workspaceId)) if (isKey(key)) yield { key, whole: true, name: key }
      for await (const { key, id } of bucket.uploads(workspaceId)) if (isKey(key)) yield { key, whole: false, name: id }
    },
    removeUnfinished: ({ key, name }) => bucket.giveUp({ key: checkKey(key), id: name }),
    async check() {
      for await (const _ of bucket.list('check')) return // what is there does not matter
    },
  }
}
