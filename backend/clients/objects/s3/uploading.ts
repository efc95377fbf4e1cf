import { KeyUnknown, ObjectsAway, UploadUnknown } from '../failures.ts'
import type { ObjectWriter } from '../objects.ts'
import type { Bucket, Upload } from './bucket.ts'

/** Bytes of a part; all but the last are as large, which some stores ask for. The least that S3 takes is five million and a bit. */
export const PART_BYTES = 8_388_608

/** An object whose bytes come one after another: at once when they are few, else as parts of which nothing is seen before the end. */
export function uploading(bucket: Bucket, key: string): ObjectWriter {
  let held: Buffer[] = []
  let waiting = 0
  let size = 0
  let upload: Upload | undefined
  const tags: string[] = []
  const add = async (bytes: Buffer) => {
    upload ??= await bucket.begin(key)
    tags.push(await bucket.add(upload, tags.length + 1, bytes))
  }
  return {
    async write(bytes) {
      held.push(Buffer.from(bytes)) // who gave them may use their place again
      waiting += bytes.length
      size += bytes.length
      if (waiting < PART_BYTES) return
      const all = Buffer.concat(held)
      const whole = all.length - (all.length % PART_BYTES)
      held = [all.subarray(whole)]
      waiting = all.length - whole
      for (let at = 0; at < whole; at += PART_BYTES) await add(all.subarray(at, at + PART_BYTES))
    },
    async finish() {
      const rest = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
      if (upload === undefined) return void (await bucket.put(key, rest))
      if (rest.length > 0) await add(rest)
      await completed(bucket, upload, { tags, size })
    },
    async abort() {
      held = []
      if (upload === undefined) return
      // Out of reach there is nothing to take away now; whoever sweeps finds it unfinished.
      await bucket.giveUp(upload).catch((error: unknown) => {
        if (!(error instanceof ObjectsAway)) throw error
      })
    },
  }
}

/** An answer that was lost makes the next try find no upload any more: then the object is there, and as long as it was made. */
async function completed(bucket: Bucket, upload: Upload, { tags, size }: { tags: string[]; size: number }) {
  try {
    await bucket.complete(upload, tags)
  } catch (error) {
    if (!(error instanceof UploadUnknown)) throw error
    if ((await sizeIfThere(bucket, upload.key)) !== size) throw new ObjectsAway('failing', { cause: error })
  }
}

const sizeIfThere = (bucket: Bucket, key: string): Promise<number | null> =>
  bucket.sizeOf(key).catch((error: unknown) => {
    if (error instanceof KeyUnknown) return null
    throw error
  })
