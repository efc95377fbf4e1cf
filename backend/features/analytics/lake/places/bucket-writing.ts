import { join, resolve } from 'node:path'
import { ObjectChanged, sendFile } from '../../../../clients/objects/index.ts'
import type { Ground } from './bucket.ts'
import { manifestName, PULSE, type Pulse, ROOT } from './layout.ts'
import { withEach } from './many.ts'
import type { LakeStore } from './writing.ts'

/** How the writer is told this often when it is as before: each time is a request that somebody pays for. Milliseconds. */
const PULSE_MS = 5_000

/** What a lake consists of, below its prefix; nothing else is ever swept, whatever others keep there. */
const OURS = /^[0-9a-f-]{36}\/(?:.+\.parquet|manifest-[0-9a-f-]{36}\.json)$/

/** A lake in a bucket: the store has answered for everything before it is named, and for the names before what points to them. */
export function bucketStore(dir: string, ground: Ground): LakeStore {
  const { bucket, here, readRoot } = ground
  const put = (key: string, value: unknown) => bucket.put(key, Buffer.from(JSON.stringify(value)))
  let told: { pulse: Pulse; at: number } | null = null
  return {
    workFolder: join(resolve(dir), '.work'),
    keep: (parts) =>
      withEach(parts, async ({ workspaceId, part, madeAt }) => {
        const key = `${workspaceId}/${part.file}`
        await sendFile(bucket, key, madeAt)
        await here.take(key, madeAt) // what is put together later need not be fetched
      }),
    putManifests: (manifests) =>
      withEach(manifests, async (manifest) => {
        await put(`${manifest.workspaceId}/${manifestName(manifest.commit)}`, manifest)
      }),
    async swapRoot(root) {
      if (ground.tag === undefined) await readRoot()
      const before = ground.tag
      try {
        const only = before ? { tag: before } : ('new' as const)
        ground.tag = await bucket.put(ROOT, Buffer.from(JSON.stringify(root)), only)
      } catch (error) {
        if (!(error instanceof ObjectChanged)) throw error
        // the answer to a try that was done may have been lost
        if ((await readRoot())?.commit !== root.commit)
          throw new Error('Another process writes the lake now', { cause: error })
      }
    },
    async pulse(pulse) {
      const last = told?.pulse
      const isSame = last?.state === pulse.state && last.words === pulse.words && last.commit === pulse.commit
      if (told && isSame && performance.now() - told.at < PULSE_MS) return
      await put(PULSE, pulse)
      told = { pulse, at: performance.now() }
    },
    async *files() {
      for await (const { key } of bucket.list('')) if (OURS.test(key)) yield key
    },
    remove: (files) =>
      withEach(files, async (file) => {
        await bucket.remove(file)
        await here.remove(file)
      }),
    async clear() {
      for await (const upload of bucket.uploads('')) if (OURS.test(upload.key)) await bucket.giveUp(upload)
    },
  }
}
