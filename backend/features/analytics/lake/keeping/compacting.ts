import { join } from 'node:path'
import { newId } from '../../../../platform/ids.ts'
import { type Engine, type EngineLimits, openEngine } from '../engine.ts'
import { type Merged, mergeDeltas, mergeIntoMonths, type Wish } from '../making/merging.ts'
import type { Manifest, TableParts } from '../places/layout.ts'
import type { LakePlace } from '../places/reading.ts'
import type { LakeStore } from '../places/writing.ts'
import { TABLE_NAMES, type TableName } from '../tables.ts'
import type { Known } from './pulling.ts'

/** A reader opens every delta: more than that are put together. */
const MANY_DELTAS = 12
/** When so many rows wait in deltas, or this share of all rows, they go into the months that they belong to. */
const MANY_ROWS = 50_000
const SHARE = 0.05

type Need = { workspaceId: string; table: TableName; parts: TableParts; months: boolean; weight: number }

/** What has to be put together most; null when nothing has. */
function neediest(known: Known): Need | null {
  let found: Need | null = null
  for (const { workspaceId, tables } of known.manifests.values())
    for (const table of TABLE_NAMES) {
      const parts = tables[table]
      const need = parts && needOf(parts)
      if (need && need.weight > (found?.weight ?? 0)) found = { workspaceId, table, parts, ...need }
    }
  return found
}

function needOf({ base, deltas }: TableParts): Pick<Need, 'months' | 'weight'> | null {
  const rows = deltas.reduce((sum, part) => sum + part.rows, 0)
  const all = base.reduce((sum, part) => sum + part.rows, 0)
  if (deltas.length > 0 && rows > Math.max(MANY_ROWS, all * SHARE))
    return { months: true, weight: 1_000 + rows / MANY_ROWS }
  return deltas.length > MANY_DELTAS ? { months: false, weight: deltas.length } : null
}

/** The lake could not be put together there: a file of it is broken. */
export class PartsBroken extends Error {
  override name = 'PartsBroken'
  readonly workspaceId: string
  constructor(workspaceId: string, options: ErrorOptions) {
    super('Files of the lake of a workspace cannot be read', options)
    this.workspaceId = workspaceId
  }
}

/**
 * Puts together what waits most, so much at a time that a pull need not wait for long. What is known stays the same, in fewer files.
 * @returns null when there is nothing to do. @throws PartsBroken
 */
export async function compact(
  { store, place, limits }: { store: LakeStore; place: LakePlace; limits: EngineLimits },
  known: Known,
): Promise<Known | null> {
  const need = neediest(known)
  const before = need && known.manifests.get(need.workspaceId)
  if (!need || !before) return null
  await place.ready(before, [need.table])
  const engine = await openEngine(store.workFolder, limits)
  try {
    const pathOf: Wish['pathOf'] = ({ file }) => join(place.folderOf(need.workspaceId), file)
    const { made, parts } = await merged(engine, need, pathOf)
    await store.keep(made)
    const commit = newId()
    const manifest: Manifest = { ...before, commit, tables: { ...before.tables, [need.table]: parts } }
    await store.putManifests([manifest])
    const root = { ...known.root, commit, workspaces: { ...known.root.workspaces, [need.workspaceId]: commit } }
    await store.swapRoot(root)
    return { root, manifests: new Map(known.manifests).set(need.workspaceId, manifest) }
  } finally {
    await engine.close()
  }
}

async function merged(engine: Engine, need: Need, pathOf: Wish['pathOf']): Promise<Merged> {
  try {
    return await (need.months ? mergeIntoMonths : mergeDeltas)(engine, { ...need, pathOf })
  } catch (error) {
    if (isOwnTrouble(error)) throw error
    throw new PartsBroken(need.workspaceId, { cause: error })
  }
}

/** A full disk or too little memory says nothing about the files that were read. */
const isOwnTrouble = (error: unknown): boolean =>
  error instanceof Error &&
  /no space left|out of memory|permission denied|too many open files|write/i.test(error.message)
