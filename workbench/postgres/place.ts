import { createHash } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { type Account, accountFor } from './account.ts'

/** Where the data of `dataDir` really lies: there, unless the database's account cannot enter that folder. */
export function placeOf(dataDir: string, account: Account | undefined = accountFor(dataDir)): string {
  const wanted = resolve(dataDir)
  if (!account || mayEnter(account, dirname(wanted))) return wanted
  const key = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  return join(outside(), `${basename(wanted)}-${key}`)
}

/** A folder of this machine that every account may enter and that survives a restart. */
export function outside(): string {
  for (const folder of ['/var/lib/sidedesk', join(tmpdir(), 'sidedesk')]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 })
      return folder
    } catch (error) {
      if (folder !== '/var/lib/sidedesk') throw error
    }
  }
  throw new Error('unreachable')
}

/** Folders that do not exist yet will be made enterable, so only those that exist count. */
export function mayEnter(account: Account, folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false })
  const here = !stat || allows(stat, account, 1)
  return here && (folder === dirname(folder) || mayEnter(account, dirname(folder)))
}

/** bit: 4 read, 2 write, 1 execute or enter. */
export function allows(stat: { mode: number; uid: number; gid: number }, account: Account, bit: 1 | 2 | 4): boolean {
  const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0
  return ((stat.mode >> shift) & bit) !== 0
}
