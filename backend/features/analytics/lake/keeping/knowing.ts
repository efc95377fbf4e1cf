import type { Manifest, Root } from '../places/layout.ts'
import { LakeBroken, type LakePlace } from '../places/reading.ts'
import { LAKE_SCHEMA } from '../tables.ts'
import type { Known } from './pulling.ts'

/** What a writer finds that begins: the lake of its predecessor, and workspaces of it that have to be made anew. */
export type Found = { known: Known | null; broken: Map<string, string> }

/** @returns nothing known when there is no lake, or one whose root cannot be read or has other columns */
export async function findLake(place: LakePlace): Promise<Found & { why: string }> {
  let root: Root | null
  try {
    root = await place.root()
  } catch (error) {
    if (!(error instanceof LakeBroken)) throw error
    return { known: null, broken: new Map(), why: error.message }
  }
  if (!root) return { known: null, broken: new Map(), why: 'There is no lake yet.' }
  if (root.schema !== LAKE_SCHEMA)
    return { known: null, broken: new Map(), why: 'Its columns are those of another version.' }
  const manifests = new Map<string, Manifest>()
  const broken = new Map<string, string>()
  for (const [workspaceId, commit] of Object.entries(root.workspaces)) {
    const problem = await readManifest(place, workspaceId, commit).catch((error: unknown) => {
      if (error instanceof LakeBroken) return error.message
      throw error
    })
    if (typeof problem === 'string') broken.set(workspaceId, problem)
    else manifests.set(workspaceId, problem)
  }
  return { known: { root, manifests }, broken, why: '' }
}

async function readManifest(place: LakePlace, workspaceId: string, commit: string): Promise<Manifest> {
  const manifest = await place.manifest(workspaceId, commit)
  await place.check(manifest)
  return manifest
}
