import { createHash, randomUUID } from 'node:crypto'
import { Refusal } from './refusal.ts'

export interface Stored {
  bytes: Buffer
  etag: string
  at: Date
}

interface Upload {
  key: string
  parts: Map<number, Stored>
}

/** All parts but the last are at least as long. */
const LEAST_PART = 5_242_880

export type Store = ReturnType<typeof storeOf>

/** What one bucket holds, in memory. */
export function storeOf() {
  const objects = new Map<string, Stored>()
  const uploads = new Map<string, Upload>()

  const uploadOf = (key: string, id: string): Upload => {
    const upload = uploads.get(id)
    if (upload?.key !== key) throw new Refusal('NoSuchUpload')
    return upload
  }

  return {
    objects,
    /** @param only what the object's tag must be; `*` with `isNew` for none at all */
    put(key: string, bytes: Buffer, only: { match?: string | undefined; isNew?: boolean } = {}): Stored {
      const there = objects.get(key)
      if (only.isNew && there) throw new Refusal('PreconditionFailed')
      if (only.match !== undefined && !there) throw new Refusal('NoSuchKey')
      if (only.match !== undefined && there?.etag !== only.match) throw new Refusal('PreconditionFailed')
      const made = stored(bytes)
      objects.set(key, made)
      return made
    },
    get(key: string): Stored {
      const there = objects.get(key)
      if (!there) throw new Refusal('NoSuchKey')
      return there
    },
    remove: (key: string) => void objects.delete(key),
    begin(key: string): string {
      const id = randomUUID()
      uploads.set(id, { key, parts: new Map() })
      return id
    },
    add(key: string, id: string, number: number, bytes: Buffer): Stored {
      if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new Refusal('InvalidArgument')
      const part = stored(bytes)
      uploadOf(key, id).parts.set(number, part)
      return part
    },
    complete(key: string, id: string, listed: readonly { number: number; etag: string }[]): Stored {
      const { parts } = uploadOf(key, id)
      if (listed.length === 0) throw new Refusal('MalformedXML')
      const taken = listed.map(({ number, etag }, at) => {
        const part = parts.get(number)
        if (!part || part.etag !== etag || number <= (listed[at - 1]?.number ?? 0)) throw new Refusal('InvalidPart')
        if (at < listed.length - 1 && part.bytes.length < LEAST_PART) throw new Refusal('EntityTooSmall')
        return part
      })
      const made = stored(Buffer.concat(taken.map(({ bytes }) => bytes)))
      const whole = { ...made, etag: `${made.etag.slice(0, -1)}-${listed.length}"` }
      objects.set(key, whole)
      uploads.delete(id)
      return whole
    },
    giveUp(key: string, id: string): void {
      uploadOf(key, id)
      uploads.delete(id)
    },
    /** By key and, among the same, by when they began. */
    unfinished: (prefix: string) =>
      [...uploads]
        .map(([id, { key }]) => ({ id, key }))
        .filter(({ key }) => key.startsWith(prefix))
        .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)),
  }
}

const stored = (bytes: Buffer): Stored => ({
  bytes,
  etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
  at: new Date(),
})
