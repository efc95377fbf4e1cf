import { readdir } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'

/**
 * Has this process give way to others that want the processor: it runs at full speed on an idle machine, and takes about a tenth beside a
 * busy one. Linux keeps that for each thread, so all that are there are told; those that come later inherit it.
 */
export async function giveWay(): Promise<void> {
  const threads = await readdir('/proc/self/task').catch(() => []) // other systems know processes alone, and 0 is this one
  for (const thread of threads.length > 0 ? threads.map(Number) : [0])
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch (error) {
      if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error // a thread may end meanwhile
    }
}
