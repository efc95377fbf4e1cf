import files, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/** When a file may meet the end of the disk: begun, half written, forced to the disk, given its name. */
export const MOMENTS = ['open', 'write', 'sync', 'rename'] as const
export type Moment = (typeof MOMENTS)[number]

type Filling = {
  /** Only files that are begun in this folder. */
  under: string
  /** The moment that the next new file meets; undefined while there is space. */
  next: () => Moment | undefined
  /** Hears of each file that met it. */
  met?: (moment: Moment) => void
}

/**
 * Lets this process's disk fill: a new file of the folder takes what space is left and fails with ENOSPC, as a real one does; whatever
 * is on it already is read and removed as before. @returns ends it
 */
export function fillDisk({ under, next, met = () => undefined }: Filling): () => void {
  const { open, rename } = files
  const unnamed = new Set<string>()
  const fail = (moment: Moment, path: unknown): never => {
    met(moment)
    throw noSpace(moment, path)
  }

  files.open = async (path, ...more) => {
    const isNew = more[0] === 'wx' && String(path).startsWith(under)
    const moment = isNew ? next() : undefined
    if (moment === 'open') fail(moment, path)
    const file = await open(path, ...more)
    if (moment === 'rename') unnamed.add(String(path))
    if (moment === 'write') file.writeFile = (bytes) => writePart(file, bytes as Uint8Array, () => fail(moment, path))
    if (moment === 'sync') file.sync = async () => fail(moment, path)
    return file
  }
  files.rename = async (from, to) => (unnamed.delete(String(from)) ? fail('rename', from) : rename(from, to))
  syncBuiltinESMExports()
  return () => {
    Object.assign(files, { open, rename })
    syncBuiltinESMExports()
  }
}

/** What the disk still takes is there; the rest is not. */
async function writePart(file: FileHandle, bytes: Uint8Array, fail: () => never): Promise<void> {
  await file.write(bytes, 0, Math.floor(bytes.length / 2))
  fail()
}

function noSpace(moment: Moment, path: unknown): Error {
  const call = moment === 'sync' ? 'fsync' : moment
  return Object.assign(new Error(`ENOSPC: no space left on device, ${call} '${path}'`), { code: 'ENOSPC', errno: -28 })
}
