import type { Manifest, Root } from '../places/layout.ts'
import { withEach } from '../places/many.ts'
import { LakeBroken, type LakePlace } from '../places/reading.ts'
import { LAKE_SCHEMA } from '../tables.ts'
import { messageIfBroken } from './checking.ts'
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
  await withEach(Object.entries(root.workspaces), async ([workspaceId, commit]) => {
    const found = await soundManifest(place, workspaceId, commit).catch(messageIfBroken)
    if (typeof found === 'string') broken.set(workspaceId, found)
    else manifests.set(workspaceId, found)
  })
  return { known: { root, manifests }, broken, why: '' }
}

async function soundManifest(place: LakePlace, workspaceId: string, commit: string): Promise<Manifest> {
  const manifest = await place.manifest(workspaceId, commit)
  await place.check(manifest)
  return manifest
}
