import { ObjectsAway } from '../../../clients/objects/index.ts'
import type { Ctx } from '../../../context.ts'
import { lakeToRead } from './places/opening.ts'
import { TABLE_NAMES } from './tables.ts'

export type LakeStanding = {
  state: string
  asOf: string | null
  words: string
  workspaces: number
  files: number
  rows: number
  bytes: number
}

/** How the lake stands, as whoever runs the desk asks. */
export async function lakeStanding({ config, clock }: Pick<Ctx, 'config' | 'clock'>): Promise<LakeStanding> {
  const place = lakeToRead(config.lake, null)
  const freshness = await place.freshness(clock.now())
  const root = await place.root().catch(() => null)
  const sum = { files: 0, rows: 0, bytes: 0 }
  for (const [workspaceId, commit] of Object.entries(root?.workspaces ?? {})) {
    const manifest = await place.manifest(workspaceId, commit).catch(() => null)
    for (const name of TABLE_NAMES)
      for (const part of [...(manifest?.tables[name]?.base ?? []), ...(manifest?.tables[name]?.deltas ?? [])]) {
        sum.files++
        sum.rows += part.rows
        sum.bytes += part.bytes
      }
  }
  return { ...freshness, workspaces: Object.keys(root?.workspaces ?? {}).length, ...sum }
}

/** Has the writer read workspaces from the beginning at its next pull; old figures stay until then. @returns how many */
export async function rebuildLake({ config }: Pick<Ctx, 'config'>, workspaceId: string | null): Promise<number> {
  const place = lakeToRead(config.lake, null)
  const root = await place.root().catch(() => null)
  const all = Object.keys(root?.workspaces ?? {})
  const wanted = workspaceId === null ? all : all.filter((id) => id === workspaceId)
  for (const id of wanted) await place.report(id)
  return wanted.length
}

/** Why the place of the lake cannot be used, where that is a bucket; null when it can. */
export async function lakeProblem({ config }: Pick<Ctx, 'config'>): Promise<ObjectsAway | null> {
  if (config.lake.bucket === null) return null
  try {
    await lakeToRead(config.lake, null).reported()
    return null
  } catch (error) {
    if (error instanceof ObjectsAway) return error
    throw error
  }
}
