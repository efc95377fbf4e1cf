import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

/** Offset and length in the blob file, or index and length in memory. */
export type BlobRef = [at: number, length: number]

export interface Blobs {
  put(bytes: Buffer): BlobRef
  get(ref: BlobRef): Buffer
  close(): void
}

/** One append-only file: a write that ended survives the process, and what a crash left half written is never referred to. */
export function fileBlobs(path: string): Blobs {
  const file = openSync(path, 'a+', 0o600)
  let end = fstatSync(file).size
  return {
    put(bytes) {
      const ref: BlobRef = [end, bytes.length]
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
      end += bytes.length
      return ref
    },
    get([at, length]) {
      const bytes = Buffer.alloc(length)
      for (let done = 0; done < length; ) {
        const read = readSync(file, bytes, done, length - done, at + done)
        if (read === 0) throw new Error(`${path} ends before ${at + length}`)
        done += read
      }
      return bytes
    },
    close: () => closeSync(file),
  }
}

export function memoryBlobs(): Blobs {
  const kept: Buffer[] = []
  return {
    put: (bytes) => [kept.push(Buffer.from(bytes)) - 1, bytes.length],
    get: ([at]) => kept[at] ?? Buffer.alloc(0),
    close: () => {
      kept.length = 0
    },
  }
}
