import type { Dirent } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { MadePart } from '../making/files.ts'
import { type Manifest, manifestName, PULSE, type Pulse, ROOT, type Root } from './layout.ts'
import { withEach } from './many.ts'

/** The lake as its writer sees it. */
export type LakeStore = {
  /** Where unfinished files lie; on the same disk, so that a finished one is moved by its name. */
  workFolder: string
  /** Takes files into the lake. Nobody reads them before a manifest names them. */
  keep(parts: readonly MadePart[]): Promise<void>
  putManifests(manifests: readonly Manifest[]): Promise<void>
  /** The moment at which all of it is seen. */
  swapRoot(root: Root): Promise<void>
  pulse(pulse: Pulse): Promise<void>
  /** Every file that a workspace has here, by its path in the lake. */
  files(): AsyncIterable<string>
  /** Takes away what killed writers began and never finished; nothing of this one is on its way meanwhile. */
  clear(): Promise<void>
  /** Takes files away, and folders that are empty then. */
  remove(files: readonly string[]): Promise<void>
}

/** A lake in a folder: everything is on disk before the name, and the name before what points to it. */
export function folderStore(dir: string): LakeStore {
  const folder = resolve(dir)
  const ensure = async (path: string) => {
    const first = await mkdir(path, { recursive: true, mode: 0o700 })
    if (first !== undefined)
      for (let at = path; at.length >= dirname(first).length; at = dirname(at)) await syncFolder(at)
  }
  const replace = async (path: string, text: string) => {
    await ensure(dirname(path))
    const draft = `${path}.draft`
    await writeFile(draft, text, { mode: 0o600, flush: true })
    await rename(draft, path)
    await syncFolder(dirname(path))
  }
  return {
    workFolder: join(folder, '.work'),
    async keep(parts) {
      const folders = new Set<string>()
      await withEach(parts, async ({ workspaceId, part, madeAt }) => {
        const path = join(folder, workspaceId, part.file)
        await ensure(dirname(path))
        await syncFile(madeAt)
        await rename(madeAt, path)
        folders.add(dirname(path))
      })
      await withEach([...folders], syncFolder)
    },
    putManifests: (manifests) =>
      withEach(manifests, (manifest) =>
        replace(join(folder, manifest.workspaceId, manifestName(manifest.commit)), JSON.stringify(manifest)),
      ),
    swapRoot: (root) => replace(join(folder, ROOT), JSON.stringify(root)),
    async pulse(pulse) {
      await ensure(folder)
      const path = join(folder, PULSE)
      await writeFile(`${path}.draft`, JSON.stringify(pulse), { mode: 0o600 })
      await rename(`${path}.draft`, path)
    },
    files: () => filesIn(folder),
    clear: async () => undefined, // the engine empties its folder when it begins
    async remove(files) {
      for (const file of files) await rm(join(folder, file), { force: true })
      for (const own of new Set(files.flatMap((file) => [dirname(file), dirname(dirname(file))])))
        if (own !== '.') await rmdir(join(folder, own)).catch(ignoreFull)
    },
  }
}

async function* filesIn(folder: string): AsyncIterable<string> {
  for (const workspace of await readdir(folder, { withFileTypes: true })) {
    if (!workspace.isDirectory() || workspace.name.startsWith('.')) continue
    for (const entry of await entriesIn(join(folder, workspace.name)))
      if (entry.isFile()) yield relative(folder, join(entry.parentPath, entry.name))
  }
}

/** A round over all files takes a while, and a workspace may be gone when its turn comes. */
const entriesIn = (folder: string): Promise<Dirent[]> =>
  readdir(folder, { withFileTypes: true, recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

function ignoreFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const syncFolder = syncFile
