import type { Manifest } from '../places/layout.ts'
import { withEach } from '../places/many.ts'
import { LakeBroken, type LakePlace } from '../places/reading.ts'

/** Files are looked for this often: somebody may have taken one away. Milliseconds. */
const EVERY_MS = 5 * 60_000
/** So many workspaces are looked at before one pull, some at once: a bucket is asked for each, and changes wait meanwhile. */
const BEFORE_A_PULL = 64

/** @throws anything but what says that the lake is broken */
export function messageIfBroken(error: unknown): string {
  if (error instanceof LakeBroken) return error.message
  throw error
}

export type Checker = (manifests: ReadonlyMap<string, Manifest>) => Promise<Map<string, string>>

/**
 * Looks after the files of all workspaces in rounds, a part of them each time it is asked, so that a pull never waits for thousands.
 * @param nowMs of the machine
 * @returns to be asked before each pull: tells workspaces whose files are not as they should be, and why
 */
export function createChecker(
  place: Pick<LakePlace, 'check'>,
  nowMs: () => number,
  beforeAPull = BEFORE_A_PULL,
): Checker {
  let round: string[] = []
  let begunAt = nowMs()
  return async (manifests) => {
    if (round.length === 0 && nowMs() - begunAt > EVERY_MS) {
      round = [...manifests.keys()]
      begunAt = nowMs()
    }
    const found = new Map<string, string>()
    await withEach(round.splice(0, beforeAPull), async (workspaceId) => {
      const manifest = manifests.get(workspaceId)
      if (!manifest) return // erased meanwhile
      await place.check(manifest).catch((error: unknown) => found.set(workspaceId, messageIfBroken(error)))
    })
    return found
  }
}
