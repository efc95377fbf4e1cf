import { BeyondTheEnd, ObjectsAway } from '../failures.ts'
import type { Bucket } from './bucket.ts'

/** A stretch that breaks off is begun again where it was so often without a byte in between. */
const RESUMES = 3

/**
 * A stretch of an object, all of it or an error: what is cut off in the middle goes on from there.
 * @param to the byte after the last one; Infinity or what is beyond the end means the end
 * @throws KeyUnknown, ObjectsAway
 */
export async function* readStretch(bucket: Bucket, key: string, from: number, to: number): AsyncIterable<Buffer> {
  let tag: string | undefined
  let end = to
  let breaks = 0
  for (let at = from; at < end; ) {
    const opened = await opening(bucket, key, { from: at, to: end, tag })
    if (opened === null) return
    tag = opened.tag
    end = Math.min(end, at + opened.bytes)
    try {
      for await (const part of opened.body) {
        at += part.length
        breaks = 0
        yield part
      }
      if (at < end) throw new ObjectsAway('unreachable', { cause: new Error('the answer ended early') })
    } catch (error) {
      if (!(error instanceof ObjectsAway) || ++breaks > RESUMES) throw error
    }
  }
}

/** @returns null behind the end */
const opening = (bucket: Bucket, key: string, stretch: { from: number; to: number; tag: string | undefined }) =>
  bucket.open(key, stretch).catch((error: unknown) => {
    if (error instanceof BeyondTheEnd) return null
    throw error
  })
