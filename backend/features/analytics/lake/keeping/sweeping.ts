import { join } from 'node:path'
import { manifestName } from '../places/layout.ts'
import type { LakeStore } from '../places/writing.ts'
import { TABLE_NAMES } from '../tables.ts'
import type { Known } from './pulling.ts'

/** A reader that found a file in a manifest has so long to read it. Milliseconds. */
const GRACE_MS = 5 * 60_000

export type Sweeper = (known: Known) => Promise<number>

/**
 * Takes files away that no manifest names any more, some time after they were seen so first. What a killed writer left is never named.
 * @param nowMs of the machine, which is what waits are counted by
 */
export function createSweeper(store: LakeStore, nowMs: () => number, graceMs = GRACE_MS): Sweeper {
  let unnamed = new Map<string, number>()
  return async (known) => {
    const needed = new Set<string>()
    for (const { workspaceId, commit, tables } of known.manifests.values()) {
      needed.add(join(workspaceId, manifestName(commit)))
      for (const name of TABLE_NAMES)
        for (const { file } of [...(tables[name]?.base ?? []), ...(tables[name]?.deltas ?? [])])
          needed.add(join(workspaceId, file))
    }
    const now = nowMs()
    const before = unnamed
    unnamed = new Map()
    const due: string[] = []
    for await (const file of store.files()) {
      if (needed.has(file)) continue
      const since = before.get(file) ?? now
      if (now - since >= graceMs) due.push(file)
      else unnamed.set(file, since)
    }
    await store.remove(due)
    await store.clear()
    return due.length
  }
}
