import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ObjectStorage } from '../../../workbench/emulators/objects/objects.ts'

/** Where a desk under trouble keeps its objects, as far as it can be disturbed. */
export type Store = {
  /** What leads the desk there. @param folder the desk's own */
  env(folder: string): Record<string, string>
  /** Whether there is room for a new object. */
  setFull(folder: string, isFull: boolean): void
  /** Out of reach, and back. */
  leave(folder: string): Promise<void>
  come(folder: string): Promise<void>
  /** How often a new object met a full store, by the moment. */
  ends(folder: string): Record<string, number>
}

const fullDiskOf = (folder: string): string => join(folder, 'disk-is-full')
const objectsOf = (folder: string): string => join(folder, 'objects')

/** A folder on a disk that this process can have filled, and taken away. */
export const folderStore: Store = {
  env: (folder) => ({
    NODE_OPTIONS: `--import ${new URL('full-disk.ts', import.meta.url).href}`,
    DISK_FULL: fullDiskOf(folder),
  }),
  setFull(folder, isFull) {
    if (isFull) writeFileSync(fullDiskOf(folder), '')
    else rmSync(fullDiskOf(folder), { force: true })
  },
  async leave(folder) {
    const objects = objectsOf(folder)
    mkdirSync(objects, { recursive: true }) // it is made with the first object
    renameSync(objects, `${objects}-away`)
    writeFileSync(objects, 'no folder')
  },
  async come(folder) {
    const objects = objectsOf(folder)
    rmSync(objects, { force: true })
    renameSync(`${objects}-away`, objects)
  },
  ends(folder) {
    const met = `${fullDiskOf(folder)}.met`
    return counted(existsSync(met) ? readFileSync(met, 'utf8').trim().split('\n') : [])
  },
}

/** Object storage that runs out of room, or is not there. */
export const bucketStore = (storage: ObjectStorage): Store => ({
  env: () => storage.env(),
  setFull(_, isFull) {
    const moments = ['put', 'begin', 'add', 'complete'] as const
    if (isFull)
      for (const operation of moments) storage.faults.add({ operation, kind: 'XMinioStorageFull', times: 1_000_000 })
    else storage.faults.clear()
  },
  leave: () => storage.stop(),
  come: () => storage.start(),
  ends: () => counted(storage.faults.met('XMinioStorageFull')),
})

function counted(moments: readonly string[]): Record<string, number> {
  const times: Record<string, number> = {}
  for (const moment of moments) times[moment] = (times[moment] ?? 0) + 1
  return times
}
