import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { checkKey, ObjectMissing, type Objects, type ObjectWriter, type StoredObject } from './objects.ts'

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
    async write(key) {
      const path = pathOf(key)
      await ensure(dirname(path))
      return beginFile(path)
    },
    read: (key, from, to) => stretchOf(pathOf(key), key, { from, to }),
    remove: (key) => rm(pathOf(key), { force: true }),
    list: (workspaceId) => keysOf(root, workspaceId),
    removeUnfinished: ({ key, name }) => rm(join(dirname(pathOf(key)), basename(name)), { force: true }),
    check: () => checkFolder(root),
  }
}

/** It is made with the first object: until then the folder must be writable that it would be made in. */
async function checkFolder(root: string): Promise<void> {
  let folder = resolve(root)
  let found = await stat(folder).catch(nullIfMissing)
  for (; found === null && folder !== dirname(folder); found = await stat(folder).catch(nullIfMissing))
    folder = dirname(folder)
  if (!found?.isDirectory()) throw new Error(`${folder} is no folder.`)
  await access(folder, constants.W_OK | constants.X_OK).catch((cause: unknown) => {
    throw new Error(`The account that runs this may not write to ${folder}.`, { cause })
  })
}

/** The bytes at once. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await beginFile(path)
  try {
    await file.write(bytes)
  } catch (error) {
    await file.abort()
    throw error
  }
  await file.finish()
}

/** Another process sees nothing or all of it, also after a power cut: the bytes are on disk before the name, the name before we return. */
async function beginFile(path: string): Promise<ObjectWriter> {
  const draft = `${path}.${randomUUID()}.part`
  const file = await open(draft, 'wx', 0o600)
  const abort = () => file.close().finally(() => rm(draft, { force: true }))
  return {
    write: (bytes) => file.writeFile(bytes), // goes on where the last one ended
    abort,
    async finish() {
      try {
        await file.sync()
        await file.close()
        await rename(draft, path)
      } catch (error) {
        await abort() // a disk may be full for a name as well
        throw error
      }
      await syncFolder(dirname(path))
    },
  }
}

const PIECE = 65_536

async function* stretchOf(
  path: string,
  key: string,
  { from, to }: { from: number; to: number },
): AsyncIterable<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw isMissing(error) ? new ObjectMissing(`Object ${key} is not in the store`, { cause: error }) : error
  })
  try {
    for (let at = from; at < to; ) {
      const { bytesRead, buffer } = await file.read({
        buffer: Buffer.allocUnsafe(Math.min(PIECE, to - at)),
        position: at,
      })
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
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

async function* keysOf(root: string, workspaceId: string): AsyncIterable<StoredObject> {
  for (const shard of await readdir(join(root, workspaceId)).catch(emptyIfMissing))
    for (const name of await readdir(join(root, workspaceId, shard)).catch(emptyIfMissing)) {
      const whole = !name.endsWith('.part')
      yield { key: `${workspaceId}/${shard}/${whole ? name : name.slice(0, ID)}`, whole, name }
    }
}

/** Characters of an id. */
const ID = 36

function nullIfMissing(error: unknown): null {
  if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return null
  throw error
}

function emptyIfMissing(error: unknown): string[] {
  if (isMissing(error)) return []
  throw error
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code === 'ENOENT'
