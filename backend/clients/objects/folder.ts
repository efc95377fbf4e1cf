import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkKey, ObjectMissing, type Objects } from './objects.ts'

/**
 * Objects in a folder of this machine.
 * @param root made when it is not there; private to the account that runs us
 */
export function folderObjects(root: string): Objects {
  const pathOf = (key: string) => join(root, checkKey(key))
  const made = new Map<string, Promise<void>>()
  const ensure = (folder: string): Promise<void> => {
    const known = made.get(folder) ?? makeFolder(folder)
    made.set(folder, known)
    return known.catch((error: unknown) => {
      made.delete(folder)
      throw error
    })
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await ensure(dirname(path))
      await writeWhole(path, bytes)
    },
    async get(key) {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        throw isMissing(error) ? new ObjectMissing(`Object ${key} is not in the store`, { cause: error }) : error
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: (workspaceId) => keysOf(root, workspaceId),
  }
}

/** Another process sees nothing or all of it, also after a power cut: the bytes are on disk before the name, the name before we return. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncFolder(dirname(path))
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first !== undefined)
    for (let made = folder; made.length >= dirname(first).length; made = dirname(made)) await syncFolder(made)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* keysOf(root: string, workspaceId: string): AsyncIterable<{ key: string; writtenAt: Date }> {
  for (const shard of await readdir(join(root, workspaceId)).catch(emptyIfMissing))
    for (const id of await readdir(join(root, workspaceId, shard)).catch(emptyIfMissing)) {
      const key = `${workspaceId}/${shard}/${id}`
      if (!id.endsWith('.part')) yield { key, writtenAt: (await stat(join(root, checkKey(key)))).mtime }
    }
}

function emptyIfMissing(error: unknown): string[] {
  if (isMissing(error)) return []
  throw error
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'
