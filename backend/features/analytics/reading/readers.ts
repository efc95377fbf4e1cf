import type { Freshness } from '../../../../shared/analytics.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Manifest } from '../lake/places/layout.ts'
import { LakeBroken, type LakePlace } from '../lake/places/reading.ts'
import { isBroken } from './broken.ts'
import { type Engine, openEngine, type Row, type Values } from './engine.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { createTurns } from './turns.ts'
import type { Narrowing } from './views.ts'

/**
 * Asks the lake of one workspace; every question of one reading sees the same state of it, and two are answered at a time.
 * @param within which rows the answer can be made of; all when left out
 */
export type Ask = (sql: string, values?: Values, within?: Narrowing | null) => Promise<Row[]>

export type Readers = {
  /**
   * Takes a turn, and lets `work` ask the newest state of a workspace's lake. It may be begun again when parts of that state were swept
   * meanwhile.
   * @param isSingle whether it asks for one figure alone, whose statements then have two threads
   * @returns null while there is no lake of that workspace, while it does not have its first tickets, and while one that broke is not made anew
   * @throws DeskError unavailable when too many ask, or when it takes too long or too much memory
   */
  read<T>(workspaceId: string, work: (ask: Ask) => Promise<T>, isSingle?: boolean): Promise<T | null>
  /** How old the figures are. */
  freshness(now: Date): Promise<Freshness>
  /** The newest state of a workspace's lake; null while there is none, and while it does not have its first tickets. */
  version(workspaceId: string): Promise<string | null>
  close(): Promise<void>
}

/** Bounds of one process, so that reports never take the machine from the desk. */
export type Bounds = {
  atOnce: number
  waiting: number
  waitMs: number
  /** A reading that takes longer is interrupted. */
  limitMs: number
  /** Workspaces whose engines are kept; the one that nobody asked for the longest time goes first. */
  kept: number
}

export const BOUNDS: Bounds = { atOnce: 2, waiting: 40, waitMs: 15_000, limitMs: 20_000, kept: 6 }

const ATTEMPTS = 4

type Kept = { engine: Promise<Engine>; idle: Lanes[]; users: number; retired: boolean }

/**
 * One engine for each workspace that somebody asks about, in this process.
 * @param hasNewTickets of the desk itself, that a lake with this snapshot has not seen: asked while it has none, for what was written meanwhile is not nothing
 */
export function createReaders(
  place: LakePlace,
  log: Logger,
  bounds: Bounds = BOUNDS,
  hasNewTickets: (workspaceId: string, seen: string) => Promise<boolean> = async () => false,
): Readers {
  const turns = createTurns(bounds)
  const engines = new Map<string, Kept>()

  const filled = new Set<string>()

  /** Of a desk that was filled at once the lake has nothing for a while, which must not be told as nothing. */
  const isBehindTheFirst = async (workspaceId: string, commit: string, seen: string): Promise<boolean> => {
    if (filled.has(workspaceId)) return false
    const manifest = await place.manifest(workspaceId, commit).catch(missing)
    if (!manifest || manifest.tables.ticket) {
      if (manifest) filled.add(workspaceId)
      return false
    }
    return hasNewTickets(workspaceId, seen)
  }

  const version = async (workspaceId: string): Promise<string | null> => {
    const root = await place.root().catch(missing)
    const commit = root?.workspaces[workspaceId] ?? null
    if (!root || commit === null) return null
    return (await isBehindTheFirst(workspaceId, commit, root.snapshot)) ? null : commit
  }

  const engineOf = (workspaceId: string): Kept => {
    const known = engines.get(workspaceId)
    engines.delete(workspaceId)
    const kept = known ?? begin(workspaceId)
    engines.set(workspaceId, kept) // the last in the map is the last that was asked
    for (const [oldest, one] of engines) {
      if (engines.size <= bounds.kept) break
      engines.delete(oldest)
      retire(one)
    }
    return kept
  }

  const begin = (workspaceId: string): Kept => {
    const kept: Kept = { engine: openEngine(place.folderOf(workspaceId)), idle: [], users: 0, retired: false }
    kept.engine.catch(() => engines.get(workspaceId) === kept && engines.delete(workspaceId)) // the next who asks tries again
    return kept
  }

  const once = async <T>(manifest: Manifest, work: (ask: Ask) => Promise<T>, isSingle: boolean): Promise<T> => {
    const { workspaceId } = manifest
    const kept = engineOf(workspaceId)
    kept.users++
    try {
      const engine = await kept.engine
      const lanes = kept.idle.pop() ?? createLanes(engine)
      const state = { manifest, folder: place.folderOf(workspaceId) }
      const result = await withinTime(lanes, bounds.limitMs, () =>
        work((sql, values = {}, within = null) => lanes.ask(state, { sql, values, within, isSingle })),
      )
      if (lanes.isStopped()) lanes.close()
      else kept.idle.push(lanes) // those that failed are closed and left behind
      return result
    } finally {
      kept.users--
      if (kept.retired) retire(kept)
    }
  }

  return {
    version,
    freshness: (now) => place.freshness(now),
    read: (workspaceId, work, isSingle = false) =>
      turns.take(async () => {
        for (let attempt = 1; ; attempt++) {
          const commit = await version(workspaceId)
          if (commit === null) return null
          try {
            const manifest = await place.manifest(workspaceId, commit)
            await place.ready(manifest)
            return await once(manifest, work, isSingle)
          } catch (error) {
            if (!isBroken(error)) throw inWords(error)
            // its parts were swept while it was read: what is newer has its own
            if (attempt < ATTEMPTS && (await version(workspaceId)) !== commit) continue
            log.error({ err: error, workspaceId, commit }, 'a part of the lake is missing or broken')
            await place.report(workspaceId) // the writer makes it anew
            return null
          }
        }
      }),
    async close() {
      const all = [...engines.values()]
      engines.clear()
      for (const kept of all) retire(kept)
      await Promise.allSettled(all.map(({ engine }) => engine))
    },
  }
}

/** Closes an engine as soon as nobody uses it. */
function retire(kept: Kept): void {
  kept.retired = true
  if (kept.users > 0) return
  for (const lanes of kept.idle.splice(0)) lanes.close()
  kept.engine.then(
    (engine) => engine.close(),
    () => undefined, // it never opened
  )
}

async function withinTime<T>(lanes: Lanes, limitMs: number, work: () => Promise<T>): Promise<T> {
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    lanes.stop()
  }, limitMs)
  try {
    return await work()
  } catch (error) {
    lanes.stop() // what else is asked is asked for nobody any more
    await lanes.still()
    lanes.close()
    if (isLate)
      throw new DeskError(
        'unavailable',
        `This takes longer than ${limitMs / 1_000} seconds, and was stopped. Choose a shorter period or fewer splits.`,
        { cause: error },
      )
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A root that cannot be read is as good as none: the writer makes everything anew. */
function missing(error: unknown): null {
  if (error instanceof LakeBroken) return null
  throw error
}

/** What a person can do about it; anything else is a bug. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DeskError) return error
  if (error.message.startsWith('Out of Memory'))
    return new DeskError('unavailable', 'This takes more memory than a report may have. Choose a shorter period.', {
      cause: error,
    })
  return error
}
