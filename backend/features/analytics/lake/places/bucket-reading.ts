import { fetchFile, KeyUnknown, ObjectsAway } from '../../../../clients/objects/index.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { DeskError } from '../../../../platform/errors.ts'
import { type BucketLake, type Ground, parsed, textAt } from './bucket.ts'
import { freshnessOf } from './freshness.ts'
import { Manifest, manifestName, type Part, PULSE, Pulse, ROOT } from './layout.ts'
import { LakeBroken, type LakePlace, openLakePlace, partsOf } from './reading.ts'

/**
 * After a store was found away, what is here is believed for so long before it is asked again, and longer where it took long to find out:
 * few may read at a time, and they would all wait. Milliseconds.
 */
const AWAY_MS = 5_000
const TIMES_WAITED = 3
const BROKEN = '.broken'

/**
 * A lake in a bucket. Parts come to this machine when a manifest that is read names them, and are read from its disk.
 * @param whileAway `old`: what was known last is told while the store is away; `fail`: nothing is told then, as the writer needs it
 */
export function bucketPlace(
  { dir, everyMs }: Pick<BucketLake, 'dir' | 'everyMs'>,
  ground: Ground,
  whileAway: 'old' | 'fail',
): LakePlace {
  const { bucket, here, readRoot } = ground
  const known = openLakePlace({ dir, everyMs }) // root and manifests that were noted here have the names that they have in a folder
  const manifests = new Map<string, Manifest>()
  let awayUntil = Number.NEGATIVE_INFINITY
  let noted: string | null = null

  const orOld = async <T>(ask: () => Promise<T>, old: (away: ObjectsAway) => Promise<T>): Promise<T> => {
    if (whileAway === 'fail') return ask()
    if (performance.now() < awayUntil) return old(new ObjectsAway('unreachable'))
    const begun = performance.now()
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ObjectsAway)) throw error
      const now = performance.now()
      awayUntil = now + Math.max(AWAY_MS, (now - begun) * TIMES_WAITED)
      return old(error)
    }
  }
  const root = () =>
    orOld(
      async () => {
        const found = await readRoot()
        if (whileAway === 'old' && found && found.commit !== noted) {
          await here.note(ROOT, JSON.stringify(found))
          noted = found.commit
        }
        return found
      },
      () => known.root(),
    )
  const manifestAt = async (workspaceId: string, commit: string): Promise<Manifest> => {
    const key = `${workspaceId}/${manifestName(commit)}`
    const found = await textAt(bucket, key)
    if (!found) throw new LakeBroken(`${key} is missing`)
    const manifest = parsed(key, found.text, Manifest)
    await here.note(key, found.text)
    return manifest
  }
  const fetched = (workspaceId: string) => async (part: Part, path: string) => {
    await fetchFile(bucket, `${workspaceId}/${part.file}`, path).catch((error: unknown) => {
      if (error instanceof KeyUnknown) throw new LakeBroken(`${part.file} is missing`, { cause: error })
      throw diskInWords(error)
    })
  }

  return {
    root,
    folderOf: here.folderOf,
    async manifest(workspaceId, commit) {
      const last = manifests.get(workspaceId)
      if (last?.commit === commit) return last
      const manifest = await orOld(
        () => manifestAt(workspaceId, commit),
        (away) =>
          known.manifest(workspaceId, commit).catch(() => {
            throw away
          }),
      )
      manifests.set(workspaceId, manifest)
      return manifest
    },
    ready: (manifest, tables) =>
      here.bring(manifest.workspaceId, partsOf(manifest, tables), fetched(manifest.workspaceId)),
    async check(manifest) {
      const there = new Map<string, number>()
      for await (const { key, bytes } of bucket.list(manifest.workspaceId)) there.set(key, bytes)
      const nameOf = (file: string) => `${manifest.workspaceId}/${file}`
      if (!there.has(nameOf(manifestName(manifest.commit)))) throw new LakeBroken('The manifest is missing')
      for (const { file, bytes } of partsOf(manifest)) {
        const size = there.get(nameOf(file))
        if (size === undefined) throw new LakeBroken(`${file} is missing`)
        if (size !== bytes) throw new LakeBroken(`${file} has ${size} bytes instead of ${bytes}`)
      }
    },
    async report(workspaceId) {
      manifests.delete(workspaceId)
      await here.forget(workspaceId) // what is broken may be what is here
      await bucket.put(`${BROKEN}/${workspaceId}`, Buffer.alloc(0))
    },
    async reported() {
      const told: string[] = []
      for await (const { key } of bucket.list(BROKEN)) told.push(key.slice(BROKEN.length + 1))
      return told
    },
    async forgive(workspaceId) {
      manifests.delete(workspaceId)
      await bucket.remove(`${BROKEN}/${workspaceId}`)
    },
    async freshness(now) {
      const [found, pulse] = await Promise.all([root().catch(() => null), pulseOf(ground, orOld)])
      return freshnessOf({ root: found, pulse, now, machine: systemClock.now(), everyMs })
    },
  }
}

type OrOld = <T>(ask: () => Promise<T>, old: (away: ObjectsAway) => Promise<T>) => Promise<T>

/** How the writer is; while the store is away nobody here knows, and that is what is told. */
const pulseOf = ({ bucket }: Ground, orOld: OrOld): Promise<Pulse | null> =>
  orOld<Pulse | null>(
    async () => {
      const found = await textAt(bucket, PULSE)
      return found && parsed(PULSE, found.text, Pulse)
    },
    async ({ message }) => ({
      at: new Date(0).toISOString(),
      commit: null,
      state: 'failing',
      words: `${message} The figures are as old as they say.`,
    }),
  ).catch(() => null)

const diskInWords = (error: unknown): unknown =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new DeskError('unavailable', 'The disk on which this machine holds figures (LAKE_DIR) is full.', { cause: error })
    : error
