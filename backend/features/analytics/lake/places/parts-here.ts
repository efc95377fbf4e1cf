import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { systemClock } from '../../../../platform/clock.ts'
import type { Part } from './layout.ts'
import { withEach } from './many.ts'

/** Files of a lake in a bucket that this machine holds, because somebody asked for them or made them. They never change. */
export type PartsHere = {
  folderOf(workspaceId: string): string
  /** Parts are here when this returns. @param fetch brings one to a path; what comes must be as long as the part says */
  bring(workspaceId: string, parts: readonly Part[], fetch: Fetch): Promise<void>
  /** A file that was made here. */
  take(file: string, madeAt: string): Promise<void>
  /** A small text that may be needed while the store is away. */
  note(file: string, text: string): Promise<void>
  /** @param file by its path in the lake */
  remove(file: string): Promise<void>
  forget(workspaceId: string): Promise<void>
}

type Fetch = (part: Part, path: string) => Promise<void>

export type HereBounds = {
  /** What all files together may take. */
  bytes: number
  /** What was used within so long stays in any case: somebody may be reading it, another process too. */
  graceMs?: number
  /** What nobody used for so long goes in any case. */
  unusedMs?: number
  /** Milliseconds between two looks at all of them. */
  lookMs?: number
}

/** When a file was used last is its time of change, so that all processes of a machine know; it is written down this often. */
const TOUCH_MS = 60_000

/** A bounded folder: over its bytes, what was not used for the longest time goes first. Several processes may share it. */
export function partsHere(dir: string, bounds: HereBounds): PartsHere {
  const { bytes: most, graceMs = 10 * 60_000, unusedMs = 24 * 3_600_000, lookMs = TOUCH_MS } = bounds
  const folder = resolve(dir)
  const nowMs = () => systemClock.now().getTime()
  const used = new Map<string, number>()
  const coming = new Map<string, Promise<void>>()
  let lookedAt = Number.NEGATIVE_INFINITY

  const isHere = async (path: string, bytes: number): Promise<boolean> => {
    const now = nowMs()
    if (now - (used.get(path) ?? Number.NEGATIVE_INFINITY) < TOUCH_MS) return true
    const size = await stat(path).then((found) => found.size, nullIfMissing)
    if (size !== bytes) return false
    await utimes(path, now / 1_000, now / 1_000).catch(nullIfMissing) // another process may have taken it away just now: then it is missed
    used.set(path, now)
    return true
  }
  const replace = async (path: string, make: (draft: string) => Promise<void>) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const draft = `${path}.${randomUUID()}.draft`
    try {
      await make(draft)
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    used.set(path, nowMs())
  }
  const fetchOnce = (path: string, make: (draft: string) => Promise<void>): Promise<void> => {
    const known = coming.get(path)
    if (known) return known
    const begun = replace(path, make).finally(() => coming.delete(path))
    coming.set(path, begun)
    return begun
  }
  const tidy = async () => {
    if (performance.now() - lookedAt < lookMs) return
    lookedAt = performance.now()
    const now = nowMs()
    const files = await filesIn(folder)
    let over = files.reduce((sum, { bytes }) => sum + bytes, 0) - most
    for (const { path, bytes, at } of files.sort((one, other) => one.at - other.at)) {
      if (now - at <= graceMs || (over <= 0 && now - at <= unusedMs)) break
      used.delete(path)
      await rm(path, { force: true })
      over -= bytes
    }
  }

  return {
    folderOf: (workspaceId) => join(folder, workspaceId),
    async bring(workspaceId, parts, fetch) {
      await mkdir(join(folder, workspaceId), { recursive: true, mode: 0o700 })
      await withEach(parts, async (part) => {
        const path = join(folder, workspaceId, part.file)
        if (!(await isHere(path, part.bytes))) await fetchOnce(path, (draft) => fetch(part, draft))
      })
      await tidy()
    },
    async take(file, madeAt) {
      await replace(join(folder, file), (draft) => rename(madeAt, draft))
      await tidy()
    },
    note: (file, text) => replace(join(folder, file), (draft) => writeFile(draft, text, { mode: 0o600 })),
    async remove(file) {
      used.delete(join(folder, file))
      await rm(join(folder, file), { force: true })
    },
    async forget(workspaceId) {
      const own = join(folder, workspaceId)
      for (const path of used.keys()) if (path.startsWith(`${own}/`)) used.delete(path)
      await rm(own, { recursive: true, force: true })
    },
  }
}

type Held = { path: string; bytes: number; at: number }

/** All that lies in folders of workspaces, drafts of killed processes too. */
async function filesIn(folder: string): Promise<Held[]> {
  const held: Held[] = []
  for (const workspace of await readdir(folder, { withFileTypes: true })) {
    if (!workspace.isDirectory() || workspace.name.startsWith('.')) continue
    const entries = await readdir(join(folder, workspace.name), { withFileTypes: true, recursive: true }).catch(
      nullIfMissing,
    )
    for (const entry of entries ?? []) {
      const path = join(entry.parentPath, entry.name)
      const found = entry.isFile() && (await stat(path).catch(nullIfMissing))
      if (found) held.push({ path, bytes: found.size, at: found.mtimeMs })
    }
  }
  return held
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
