import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import type { Freshness } from '../../../../../shared/analytics.ts'
import { systemClock } from '../../../../platform/clock.ts'
import { TABLE_NAMES, type TableName } from '../tables.ts'
import { freshnessOf } from './freshness.ts'
import { Manifest, manifestName, type Part, PULSE, Pulse, ROOT, Root } from './layout.ts'

/** The lake is not as its root says: a file is missing or is no such file. The writer builds it anew. */
export class LakeBroken extends Error {
  override name = 'LakeBroken'
}

/** The lake as readers see it. */
export type LakePlace = {
  /** null while there is none. @throws LakeBroken */
  root(): Promise<Root | null>
  /** @throws LakeBroken */
  manifest(workspaceId: string, commit: string): Promise<Manifest>
  /** Where the parts of a workspace lie on this machine. A reader may see nothing else. */
  folderOf(workspaceId: string): string
  /** Brings the parts of a manifest there, of some tables or of all; they are never changed, so each is brought once. */
  ready(manifest: Manifest, tables?: readonly TableName[]): Promise<void>
  /** Looks whether everything of a manifest is where the lake lies, and as long as it should be. @throws LakeBroken */
  check(manifest: Manifest): Promise<void>
  freshness(now: Date): Promise<Freshness>
  /** Tells the writer that files of a workspace cannot be read: they are made anew. */
  report(workspaceId: string): Promise<void>
  /** Workspaces that readers have told of. */
  reported(): Promise<string[]>
  /** They were made anew. */
  forgive(workspaceId: string): Promise<void>
}

/** A lake in a folder. @param dir need not be there yet */
export function openLakePlace({ dir, everyMs }: { dir: string; everyMs: number }): LakePlace {
  const folder = resolve(dir)
  const root = () => readJson(join(folder, ROOT), Root)
  const folderOf = (workspaceId: string) => join(folder, workspaceId)
  const reports = join(folder, '.broken')
  return {
    root,
    folderOf,
    async manifest(workspaceId, commit) {
      const file = join(folderOf(workspaceId), manifestName(commit))
      const manifest = await readJson(file, Manifest)
      if (!manifest) throw new LakeBroken(`${file} is missing`)
      return manifest
    },
    async ready({ workspaceId }) {
      await mkdir(folderOf(workspaceId), { recursive: true, mode: 0o700 })
    },
    async check(manifest) {
      for (const { file, bytes } of partsOf(manifest)) {
        const size = await stat(join(folderOf(manifest.workspaceId), file)).then(
          (found) => found.size,
          () => null,
        )
        if (size === null) throw new LakeBroken(`${file} is missing`)
        if (size !== bytes) throw new LakeBroken(`${file} has ${size} bytes instead of ${bytes}`)
      }
    },
    async report(workspaceId) {
      await mkdir(reports, { recursive: true, mode: 0o700 })
      await writeFile(join(reports, workspaceId), '', { mode: 0o600 })
    },
    reported: () => readdir(reports).catch(noneIfMissing),
    forgive: (workspaceId) => rm(join(reports, workspaceId), { force: true }),
    async freshness(now) {
      const [known, pulse] = await Promise.all([
        root().catch(() => null),
        readJson(join(folder, PULSE), Pulse).catch(() => null),
      ])
      return freshnessOf({ root: known, pulse, now, machine: systemClock.now(), everyMs })
    },
  }
}

/** All files that a manifest names, of some tables or of all. */
export const partsOf = ({ tables }: Manifest, names: readonly TableName[] = TABLE_NAMES): Part[] =>
  names.flatMap((name) => [...(tables[name]?.base ?? []), ...(tables[name]?.deltas ?? [])])

/** @returns null when there is no such file. @throws LakeBroken when it is something else */
async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new LakeBroken(`${file} cannot be read`, { cause: error })
  }
  try {
    return shape.parse(JSON.parse(text))
  } catch (error) {
    throw new LakeBroken(`${file} is not what it should be`, { cause: error })
  }
}

function noneIfMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
