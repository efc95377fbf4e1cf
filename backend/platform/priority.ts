import { readdir, readFile, writeFile } from 'node:fs/promises'
import { constants, getPriority, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Has this process give way to others that want the processor: it runs at full speed on an idle machine, and takes about a tenth beside a
 * busy one. One that gives way further already stays so: only an administrator may take that back. Linux keeps it for each thread, so all
 * that are there are told; those that come later inherit it.
 */
export async function giveWay(): Promise<void> {
  const threads = await readdir('/proc/self/task').catch(() => []) // other systems know processes alone, and 0 is this one
  for (const thread of threads.length > 0 ? threads.map(Number) : [0])
    try {
      if (getPriority(thread) < constants.priority.PRIORITY_BELOW_NORMAL)
        setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch (error) {
      if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error // a thread may end meanwhile
    }
  if (await leadsItsSession()) await lowerSession()
}

/** Field 6 of its stat (man 5 proc). Of a session that somebody else began, a process has nothing to say. */
async function leadsItsSession(): Promise<boolean> {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]) === process.pid
}

/**
 * Where Linux shares the processor among sessions first, each has as much as any other, and a thread is nicer only than others of its own
 * (man 7 sched). A service is a session of its own.
 */
async function lowerSession(): Promise<void> {
  try {
    await writeFile('/proc/self/autogroup', String(constants.priority.PRIORITY_BELOW_NORMAL))
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return sleep(ONE_AT_A_TIME_MS).then(lowerSession) // another process of this machine just did
    if (!NOT_HERE.includes(code)) throw error
  }
}

/** Linux takes one of these from all its users in a tenth of a second. */
const ONE_AT_A_TIME_MS = 150

/** A system without such groups, or a container that may not say so. */
const NOT_HERE = ['ENOENT', 'EACCES', 'EPERM', 'EROFS']
