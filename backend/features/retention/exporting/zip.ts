import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** What compresses no further. */
const PACKED = /\.(jpe?g|png|gif|webp|zip|gz|docx|xlsx|pptx|mp[34])$/i

export type ZipFile = {
  add(name: string, content: AsyncIterable<Uint8Array> | string): Promise<void>
  end(): Promise<void>
}

/** A ZIP that is written while it is made: no more than a piece of it is held. @param write takes its bytes in order */
export function zipInto(write: (bytes: Uint8Array) => Promise<void>): ZipFile {
  const ready: Uint8Array[] = []
  let failure: Error | null = null
  const zip = new Zip((error, bytes) => {
    if (error) failure = error
    else ready.push(bytes)
  })
  const flush = async () => {
    if (failure) throw failure
    for (const bytes of ready.splice(0)) await write(bytes)
  }
  return {
    async add(name, content) {
      const file = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
      zip.add(file)
      for await (const part of typeof content === 'string' ? [Buffer.from(content)] : content) {
        file.push(part)
        await flush()
      }
      file.push(new Uint8Array(0), true)
      await flush()
    },
    async end() {
      zip.end()
      await flush()
    },
  }
}

/** A file name that no system takes for a path or a device. */
export const safeName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120) || 'file'
