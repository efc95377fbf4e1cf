import { existsSync } from 'node:fs'
import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Loaded into a backend process before anything else: while the file named by DISK_FULL is there, no new file can be begun in the object
 * store, as on a disk without space.
 */
const { DISK_FULL = '', OBJECTS_DIR = '' } = process.env
const open = files.open

files.open = async (path, ...more) => {
  const isNew = more[0] === 'wx' && String(path).startsWith(OBJECTS_DIR)
  if (isNew && existsSync(DISK_FULL))
    throw Object.assign(new Error(`ENOSPC: no space left on device, open '${path}'`), { code: 'ENOSPC', errno: -28 })
  return open(path, ...more)
}
syncBuiltinESMExports()
