import { join } from 'node:path'
import { manifestName } from '../places/layout.ts'
import { partsOf } from '../places/reading.ts'
import type { LakeStore } from '../places/writing.ts'
import type { Known } from './pulling.ts'

/** A reader that found a file in a manifest has so long to read it. Milliseconds. */
const GRACE_MS = 5 * 60_000

/** So many files are looked at after one pull: the next one waits meanwhile, and a bucket lists a thousand for each question. */
const AFTER_A_PULL = 5_000

/** @returns how many files a round took away; null while it goes on */
export type Sweeper = (known: Known) => Promise<number | null>

type Round = {
  known: Known
  files: AsyncIterator<string>
  needed: ReadonlySet<string>
  unnamed: Map<string, number>
  due: string[]
}

/**
 * Takes files away that no manifest names any more, some time after they were seen so first. What a killed writer left is never named.
 * A round may take several pulls: what is written meanwhile is new, a round takes only what an earlier one saw, and nothing that was named
 * again meanwhile.
 * @param nowMs of the machine, which is what waits are counted by
 */
export function createSweeper(
  store: LakeStore,
  nowMs: () => number,
  { graceMs = GRACE_MS, afterAPull = AFTER_A_PULL }: { graceMs?: number; afterAPull?: number } = {},
): Sweeper {
  let before = new Map<string, number>()
  let underWay: Round | null = null
  const begin = (known: Known): Round => ({
    known,
    files: store.files()[Symbol.asyncIterator](),
    needed: neededBy(known),
    unnamed: new Map(),
    due: [],
  })
  return async (known) => {
    const round = underWay ?? begin(known)
    underWay = null // one that fails is begun anew
    const now = nowMs()
    for (let seen = 0; ; seen++) {
      if (seen === afterAPull) {
        underWay = round
        return null
      }
      const { done, value: file } = await round.files.next()
      if (done) break
      if (round.needed.has(file)) continue
      const since = before.get(file) ?? now
      if (now - since >= graceMs) round.due.push(file)
      else round.unnamed.set(file, since)
    }
    before = round.unnamed
    const needed = round.known === known ? round.needed : neededBy(known)
    const due = round.due.filter((file) => !needed.has(file))
    await store.remove(due)
    await store.clear()
    return due.length
  }
}

/** Every file that a manifest names, and the manifests. */
function neededBy(known: Known): Set<string> {
  const needed = new Set<string>()
  for (const manifest of known.manifests.values()) {
    needed.add(join(manifest.workspaceId, manifestName(manifest.commit)))
    for (const { file } of partsOf(manifest)) needed.add(join(manifest.workspaceId, file))
  }
  return needed
}
