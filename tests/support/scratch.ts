import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const TMPFS = 0x01021994 // what Linux calls a file system that lies in memory
const PREFIX = 'sidedesk-run-'

/** Bytes that a whole run may take there at once, and that must stay for its processes. */
const ROOM = 6e9
const PROCESSES = 10e9

/**
 * The folder of one run, in which everything lies that it makes and throws away. A database is 1,200 files: made in memory they cost 30
 * ms of a processor, made on a disk 400. A machine that has little memory takes its disk.
 * @param inMemory false for runs whose data is large, or who want a disk
 */
export async function makeScratch(inMemory: boolean): Promise<string> {
  const parent = inMemory && hasRoom() ? MEMORY : tmpdir()
  forgetDead(parent)
  const folder = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`))
  await chmod(folder, 0o711) // PostgreSQL's account has to pass through
  return folder
}

function hasRoom(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY)
    return type === TMPFS && bavail * bsize > ROOM && process.availableMemory() > ROOM + PROCESSES
  } catch {
    return false // no such folder: not a Linux
  }
}

/** A run that was killed leaves its folder, and what lies in memory stays there until the machine restarts. */
function forgetDead(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    const left = join(parent, name)
    if (pid && !isAlive(pid) && isOurs(left)) rmSync(left, { recursive: true, force: true })
  }
}

const isOurs = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
